// Finds events in the lines of a log.
#pragma once

#include "base/problem.hpp"
#include "service/event.hpp"

#include <map>
#include <regex>

namespace guise::service {

/// A regular expression for the lines that are events. Its groups `(?<name>…)`, `(?<server>…)` and
/// `(?<faults>…)` (words between commas) are the fields; `(?i)` at its beginning makes it ignore case.
struct EventPattern {
    std::regex line;
    std::map<std::string, std::size_t> groups;  // the number of each named group
};

/// Errors: what is no regular expression, and a group of another name.
[[nodiscard]] Result<EventPattern> event_pattern(const std::string& text);

/// The events of the whole lines of `text`, in their order. A line without its end is not yet one.
[[nodiscard]] std::vector<Event> events_in(std::string_view text, const EventPattern& pattern);

}  // namespace guise::service
