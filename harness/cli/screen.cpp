#include "cli/screen.hpp"

#include <cstdlib>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace guise::cli {

bool wants_colour() {
    const char* term = std::getenv("TERM");
    const char* refused = std::getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) && term && std::string_view(term) != "dumb" && !(refused && *refused);
}

bool shows_progress() { return isatty(STDERR_FILENO); }

std::size_t line_width() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    const char* columns = std::getenv("COLUMNS");
    const long given = columns ? std::strtol(columns, nullptr, 10) : 0;
    return given > 20 ? static_cast<std::size_t>(given) : 120;
}

}  // namespace guise::cli
