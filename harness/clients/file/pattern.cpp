// Boost.Regex, because it knows named groups and keeps its state on the heap: the standard library's matcher
// recurses for every octet, and a client that prints one endless line would end the harness.
#include "clients/file/pattern.hpp"

#include <boost/regex.hpp>

#include <stdexcept>

namespace guise::clients {
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

}  // namespace

struct Pattern::Compiled {
    explicit Compiled(Translated from)
        : names(std::move(from.names)), anywhere(from.text), at_end("(?:" + from.text + ")\\z") {}

    [[nodiscard]] std::optional<Match> find(const boost::regex& regex, std::string_view text) const {
        boost::cmatch found;
        try {
            if (!boost::regex_search(text.data(), text.data() + text.size(), found, regex, whole_text))
                return std::nullopt;
        } catch (const std::runtime_error&) {
            return std::nullopt;
        }
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

const std::vector<std::string>& Pattern::names() const {
    static const std::vector<std::string> none;
    return compiled_ ? compiled_->names : none;
}

}  // namespace guise::clients
