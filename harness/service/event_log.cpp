// The standard library's expressions have no named groups. So the names are taken out of the text, and the
// number of each group is counted: a group begins at a parenthesis that is not escaped, not in brackets and
// not followed by a question mark.
#include "service/event_log.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::service {

namespace {

constexpr std::size_t longest_matched = 1'024;  // the matcher takes a frame of the stack for each character

// Copies an expression without the names of its groups.
class Names final {
 public:
    explicit Names(std::string_view text) : text_(text) {}
    void read() {
        while (!text_.empty()) step();
    }
    std::string plain;
    std::map<std::string, std::size_t> groups;

 private:
    void copy(std::size_t count) {
        plain += text_.substr(0, count);
        text_.remove_prefix(std::min(count, text_.size()));
    }
    void step() {
        const char c = text_.front();
        if (c == '\\') return copy(2);
        if (c == '[') in_brackets_ = true;
        if (c == ']') in_brackets_ = false;
        if (c == '(' && !in_brackets_) return group();
        copy(1);
    }
    void group() {
        const bool named =
            text_.starts_with("(?<") && !text_.starts_with("(?<=") && !text_.starts_with("(?<!");
        if (named || !text_.starts_with("(?")) ++count_;
        const std::size_t end = named ? text_.find('>') : std::string_view::npos;
        if (end == std::string_view::npos) return copy(1);
        groups[std::string(text_.substr(3, end - 3))] = count_;
        plain += '(';
        text_.remove_prefix(end + 1);
    }

    std::string_view text_;
    std::size_t count_ = 0;
    bool in_brackets_ = false;
};

Event event_in(const std::string& line, const std::smatch& found, const EventPattern& pattern) {
    const auto field = [&](const char* name) {
        const auto group = pattern.groups.find(name);
        return group == pattern.groups.end() ? std::string() : found[group->second].str();
    };
    Event out;
    out.name = field("name");
    out.server = field("server");
    out.faults = words_of(field("faults"));
    out.text = line;
    return out;
}

}  // namespace

Result<EventPattern> event_pattern(const std::string& text) {
    constexpr std::string_view ignore_case = "(?i)";
    const bool any_case = text.starts_with(ignore_case);
    Names names(std::string_view(text).substr(any_case ? ignore_case.size() : 0));
    names.read();
    for (const auto& [name, number] : names.groups)
        if (name != "name" && name != "server" && name != "faults")
            return Problem{{}, "one of the groups name, server, faults", fmt::format("'{}'", name)};
    const auto flags = any_case ? std::regex::ECMAScript | std::regex::icase : std::regex::ECMAScript;
    try {
        return EventPattern{std::regex(names.plain, flags), std::move(names.groups)};
    } catch (const std::regex_error&) {
        return Problem{{}, "a regular expression", fmt::format("'{}'", text)};
    }
}

std::vector<Event> events_in(std::string_view text, const EventPattern& pattern) {
    std::vector<Event> out;
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        std::string line(text.substr(0, std::min(end, longest_matched)));
        text.remove_prefix(end + 1);
        if (line.ends_with('\r')) line.pop_back();
        std::smatch found;
        if (std::regex_search(line, found, pattern.line)) out.push_back(event_in(line, found, pattern));
    }
    return out;
}

}  // namespace guise::service
