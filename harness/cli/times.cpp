#include "cli/times.hpp"

#include "base/fields.hpp"
#include "base/time.hpp"

#include <fmt/format.h>

namespace guise::cli {

std::optional<std::chrono::sys_seconds> parse_time(const std::string& text,
                                                   std::chrono::sys_seconds machine) {
    if (text.starts_with('+') || text.starts_with('-')) {
        const auto span = yaml::parse_span(text);
        return span ? std::optional(machine + *span) : std::nullopt;
    }
    return time_of(text);
}

Result<std::chrono::sys_seconds> time_given(const std::string& text) {
    const auto machine = machine_clock();
    const auto given = text.empty() ? machine : parse_time(text, machine);
    if (given) return *given;
    return Problem{{"--now", 0, 0}, "a time such as 2027-01-31T12:00:00Z or +30d", fmt::format("'{}'", text)};
}

}  // namespace guise::cli
