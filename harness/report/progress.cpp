#include "report/progress.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::report {

std::string progress_line(std::size_t done, std::size_t all, std::chrono::seconds lasted, std::size_t width) {
    const std::string numbers = fmt::format("  {}/{}  {} s", done, all, lasted.count());
    const std::size_t room =
        width > numbers.size() + 2 ? std::min<std::size_t>(width - numbers.size() - 2, 40) : 0;
    if (room == 0) return numbers.substr(2, width);
    const std::size_t full = all == 0 ? room : room * std::min(done, all) / all;
    return fmt::format("[{}{}]{}", std::string(full, '#'), std::string(room - full, '-'), numbers);
}

}  // namespace guise::report
