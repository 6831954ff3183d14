// Times as the command line takes them.
#pragma once

#include "base/problem.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace guise::cli {

/// `2027-01-31T12:00:00Z`, `2027-01-31`, or relative to `machine`: `+30d`, `-1d`. Nothing for any other text.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_time(const std::string& text,
                                                                 std::chrono::sys_seconds machine);

/// The time that `--now` gives; that of the machine where it is empty. Errors: what is no time.
[[nodiscard]] Result<std::chrono::sys_seconds> time_given(const std::string& text);

}  // namespace guise::cli
