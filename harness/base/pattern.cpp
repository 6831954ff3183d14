// Boost.Regex, because it knows named groups and keeps its state on the heap: the standard library's matcher
// recurses for every byte, and a client that prints one endless line would end the harness.
#include "base/pattern.hpp"

#include <boost/regex.hpp>
#include <fmt/format.h>

#include <compare>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace guise {
namespace {

const boost::match_flag_type whole_text =
    boost::match_default | boost::match_single_line | boost::match_not_dot_newline;

struct Translated {
    std::string text;
    std::vector<std::string> names;
};

// Python's `(?P<name>` is `(?<name>` elsewhere. Notes the names on the way.
Translated translate(std::string_view text) {
    constexpr std::string_view python = "(?P<";
    constexpr std::string_view perl = "(?<";
    Translated out;
    while (!text.empty()) {
        const bool escape = text[0] == '\\' && text.size() > 1;
        const std::string_view open = text.starts_with(python) ? python : perl;
        const bool look_behind = text.starts_with("(?<=") || text.starts_with("(?<!");
        if (!escape && !look_behind && text.starts_with(open)) {
            text.remove_prefix(open.size());
            out.names.emplace_back(text.substr(0, text.find('>')));
            out.text += perl;
        } else {
            out.text += text.substr(0, escape ? 2 : 1);
            text.remove_prefix(escape ? 2 : 1);
        }
    }
    return out;
}

// A place in a text that counts how often it is read. Boost's own bound grows with the square of the text.
class Counted {
 public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    Counted() = default;
    Counted(const char* at, std::size_t& left) : at_(at), left_(&left) {}

    reference operator*() const {
        if ((*left_)-- == 0) throw std::runtime_error("too much work");
        return *at_;
    }
    reference operator[](difference_type n) const { return *(*this + n); }
    Counted& operator++() { return *this += 1; }
    Counted& operator--() { return *this += -1; }
    Counted operator++(int) { return std::exchange(*this, *this + 1); }
    Counted operator--(int) { return std::exchange(*this, *this + -1); }
    Counted& operator+=(difference_type n) {
        at_ += n;
        return *this;
    }
    Counted& operator-=(difference_type n) { return *this += -n; }
    Counted operator+(difference_type n) const { return Counted(*this) += n; }
    Counted operator-(difference_type n) const { return Counted(*this) -= n; }
    difference_type operator-(const Counted& other) const { return at_ - other.at_; }
    auto operator<=>(const Counted& other) const { return at_ <=> other.at_; }
    bool operator==(const Counted& other) const { return at_ == other.at_; }

 private:
    const char* at_ = nullptr;
    std::size_t* left_ = nullptr;
};

// How often a search may read a character: for a text of usual length a fraction of a second.
std::size_t work_for(std::string_view text) { return 4'000'000 + 4 * text.size(); }

}  // namespace

struct Pattern::Compiled {
    explicit Compiled(Translated from)
        : names(std::move(from.names)), anywhere(from.text), at_end("(?:" + from.text + ")\\z") {}

    [[nodiscard]] std::optional<Match> find(const boost::regex& regex, std::string_view text) const {
        try {
            return first_match(regex, text);
        } catch (const std::runtime_error&) {  // too much work
            return std::nullopt;
        }
    }

    [[nodiscard]] std::optional<Match> first_match(const boost::regex& regex, std::string_view text) const {
        std::size_t left = work_for(text);
        const Counted begin(text.data(), left);
        boost::match_results<Counted> found;
        if (!boost::regex_search(begin, begin + std::ssize(text), found, regex, whole_text))
            return std::nullopt;
        Match match;
        match.begin = static_cast<std::size_t>(found.position());
        match.end = match.begin + static_cast<std::size_t>(found.length());
        match.value = found[found.size() > 1 ? 1 : 0].str();
        for (const std::string& name : names)
            if (const auto& group = found[name]; group.matched) match.named[name] = group.str();
        return match;
    }

    std::vector<std::string> names;
    boost::regex anywhere;
    boost::regex at_end;
};

std::optional<Pattern> Pattern::compile(std::string_view text, std::string& error) {
    Pattern pattern;
    if (text.size() > longest_pattern) {
        error = fmt::format("it is longer than {} bytes", longest_pattern);
        return std::nullopt;
    }
    try {
        pattern.compiled_ = std::make_shared<const Compiled>(translate(text));
    } catch (const std::runtime_error& why) {
        error = why.what();
        return std::nullopt;
    }
    return pattern;
}

std::optional<Match> Pattern::search(std::string_view text) const {
    return compiled_ ? compiled_->find(compiled_->anywhere, text) : std::nullopt;
}

std::optional<Match> Pattern::search_at_end(std::string_view text) const {
    return compiled_ ? compiled_->find(compiled_->at_end, text) : std::nullopt;
}

std::size_t Pattern::groups() const { return compiled_ ? compiled_->anywhere.mark_count() : 0; }

const std::vector<std::string>& Pattern::names() const {
    static const std::vector<std::string> none;
    return compiled_ ? compiled_->names : none;
}

}  // namespace guise
