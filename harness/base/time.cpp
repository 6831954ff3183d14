#include "base/time.hpp"

#include <fmt/chrono.h>

#include <cstdlib>
#include <ctime>

namespace guise {

namespace {

// `text` looks like `shape`, in which every 0 stands for a digit.
bool has_shape(std::string_view text, std::string_view shape) {
    if (text.size() != shape.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (shape[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i]) return false;
    return true;
}

}  // namespace

std::chrono::sys_seconds machine_clock() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::string time_text(std::chrono::sys_seconds time) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                       fmt::gmtime(static_cast<std::time_t>(time.time_since_epoch().count())));
}

std::optional<std::chrono::sys_seconds> time_of(std::string_view text) {
    if (!has_shape(text, "0000-00-00") && !has_shape(text, "0000-00-00T00:00:00Z")) return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t digits) {
        return at < text.size() ? std::atoi(std::string(text.substr(at, digits)).c_str()) : 0;
    };
    const int hour = number(11, 2);
    const int minute = number(14, 2);
    const int second = number(17, 2);
    const std::chrono::year_month_day date{std::chrono::year(number(0, 4)),
                                           std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                           std::chrono::day(static_cast<unsigned>(number(8, 2)))};
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second);
}

}  // namespace guise
