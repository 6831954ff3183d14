// One line that says how far a run is, rewritten in place.
#pragma once

#include <chrono>
#include <string>

namespace guise::report {

/// `[########------------]  34/96  12 s`, at most `width` characters.
[[nodiscard]] std::string progress_line(std::size_t done, std::size_t all, std::chrono::seconds lasted,
                                        std::size_t width);

}  // namespace guise::report
