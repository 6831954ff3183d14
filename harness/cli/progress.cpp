#include "cli/progress.hpp"

#include "cli/screen.hpp"
#include "report/progress.hpp"

#include <chrono>
#include <iostream>
#include <string>

namespace guise::cli {

std::function<void(std::size_t, std::size_t)> progress_on_screen() {
    using Clock = std::chrono::steady_clock;
    if (!shows_progress()) return {};
    return [start = Clock::now(), last = Clock::time_point()](std::size_t done, std::size_t all) mutable {
        const auto now = Clock::now();
        if (done < all && now - last < std::chrono::milliseconds(100)) return;
        last = now;
        const auto lasted = std::chrono::duration_cast<std::chrono::seconds>(now - start);
        const std::string line = report::progress_line(done, all, lasted, line_width() - 1);
        std::cerr << "\r\x1b[2K" << (done < all ? line : "") << std::flush;
    };
}

}  // namespace guise::cli
