// Points in time as text.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace guise {

/// As RFC 3339, in UTC: `2027-01-31T12:00:00Z`.
[[nodiscard]] std::string time_text(std::chrono::sys_seconds time);

/// The machine's clock, in whole seconds.
[[nodiscard]] std::chrono::sys_seconds machine_clock();

/// `2027-01-31T12:00:00Z` or `2027-01-31`, in UTC. Nothing for any other text, or a day that does not exist.
[[nodiscard]] std::optional<std::chrono::sys_seconds> time_of(std::string_view text);

}  // namespace guise
