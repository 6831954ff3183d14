// How far long work is, on the terminal.
#pragma once

#include <cstddef>
#include <functional>

namespace guise::cli {

/// Shows how much is done in a line of standard error that is rewritten at most ten times a second and wiped
/// at the end. Empty where standard error is no terminal.
[[nodiscard]] std::function<void(std::size_t done, std::size_t all)> progress_on_screen();

}  // namespace guise::cli
