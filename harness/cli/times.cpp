#include "cli/times.hpp"

#include "base/fields.hpp"
#include "base/time.hpp"

namespace guise::cli {

std::optional<std::chrono::sys_seconds> parse_time(const std::string& text,
                                                   std::chrono::sys_seconds machine) {
    if (text.starts_with('+') || text.starts_with('-')) {
        const auto span = yaml::parse_span(text);
        return span ? std::optional(machine + *span) : std::nullopt;
    }
    return time_of(text);
}

}  // namespace guise::cli
