// What the terminal is: whether there is one, how wide it is, and whether it wants colours.
#pragma once

#include <cstddef>

namespace guise::cli {

/// Standard output takes colours: it is a terminal, TERM is not `dumb`, NO_COLOR is not set (no-color.org).
[[nodiscard]] bool wants_colour();

/// Standard error is a terminal, so that a line can be rewritten.
[[nodiscard]] bool shows_progress();

/// Characters in a line of standard output: the terminal's, else COLUMNS, else 120.
[[nodiscard]] std::size_t line_width();

}  // namespace guise::cli
