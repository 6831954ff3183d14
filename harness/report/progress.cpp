#include "report/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace guise::report {

std::string progress_line(std::size_t done, std::size_t all, std::chrono::seconds lasted, std::size_t width) {
    const std::string numbers = fmt::format("  {}/{}  {} s", done, all, lasted.count());
    const std::size_t room =
        width > numbers.size() + 2 ? std::min<std::size_t>(width - numbers.size() - 2, 40) : 0;
    if (room == 0) return numbers.substr(2, width);
    const std::size_t full = all == 0 ? room : room * std::min(done, all) / all;
    return fmt::format("[{}{}]{}", std::string(full, '#'), std::string(room - full, '-'), numbers);
}

std::chrono::seconds usual_duration(std::size_t cases, std::size_t at_once) {
    constexpr std::chrono::milliseconds one{90};
    const auto all =
        one * static_cast<std::int64_t>(cases) / static_cast<std::int64_t>(std::max<std::size_t>(at_once, 1));
    return std::chrono::ceil<std::chrono::seconds>(all);
}

std::string duration_text(std::chrono::seconds lasted) {
    const auto seconds = lasted.count();
    if (seconds < 60) return fmt::format("{} s", seconds);
    if (seconds < 3600) return fmt::format("{} min {} s", seconds / 60, seconds % 60);
    return fmt::format("{} h {} min", seconds / 3600, seconds / 60 % 60);
}

void ProgressLog::update(Progress progress) {
    if (!first_) first_ = progress.done;
    progress_ = std::move(progress);
}

std::optional<std::string> ProgressLog::line_at(Clock::time_point now) {
    if (now < next_) return std::nullopt;
    next_ = now + interval_;
    const auto lasted = std::chrono::duration_cast<std::chrono::seconds>(now - start_);
    if (progress_.all == 0) return fmt::format("preparing {}, {}", things_, duration_text(lasted));
    std::string verdicts;
    for (const auto& [verdict, number] : progress_.verdicts)
        verdicts += fmt::format("{}{} {}", verdicts.empty() ? "; so far " : ", ", number, verdict);
    return fmt::format("{} of {} {} ({}%) after {}{}{}", progress_.done, progress_.all, things_,
                       100 * progress_.done / progress_.all, duration_text(lasted), left(lasted), verdicts);
}

// Nothing where none has been done yet: then there is nothing to reckon from.
std::string ProgressLog::left(std::chrono::seconds lasted) const {
    const std::size_t here = progress_.done - std::min(progress_.done, first_.value_or(0));
    if (here == 0 || progress_.done >= progress_.all) return {};
    const double each = static_cast<double>(lasted.count()) / static_cast<double>(here);
    const double rest = each * static_cast<double>(progress_.all - progress_.done);
    return fmt::format(", about {} left", duration_text(std::chrono::seconds(std::llround(rest))));
}

}  // namespace guise::report
