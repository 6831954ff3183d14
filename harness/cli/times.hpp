// Times as the command line takes them.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace guise::cli {

/// `2027-01-31T12:00:00Z`, `2027-01-31`, or relative to `machine`: `+30d`, `-1d`. Nothing for any other text.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_time(const std::string& text,
                                                                 std::chrono::sys_seconds machine);

}  // namespace guise::cli
