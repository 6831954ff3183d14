// How far long work is: a line that is rewritten in place on a terminal, a line now and then elsewhere.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace guise::report {

/// How far it is.
struct Progress {
    std::size_t done = 0;
    std::size_t all = 0;
    std::map<std::string, std::size_t> verdicts = {};  // of what has been judged so far; empty where nothing
};

/// `[########------------]  34/96  12 s`, at most `width` characters.
[[nodiscard]] std::string progress_line(std::size_t done, std::size_t all, std::chrono::seconds lasted,
                                        std::size_t width);

/// About how long so many cases take, `at_once` of them at a time: what they took on two cores, all clients
/// of Debian together.
[[nodiscard]] std::chrono::seconds usual_duration(std::size_t cases, std::size_t at_once);

/// `1 h 2 min`, `2 min 5 s`, `12 s`.
[[nodiscard]] std::string duration_text(std::chrono::seconds lasted);

/// Decides when the next line is due where lines cannot be rewritten, and what it says.
class ProgressLog final {
 public:
    using Clock = std::chrono::steady_clock;

    /// `things` are counted, for example "cases". The first line is due an `interval` after `start`.
    ProgressLog(std::string_view things, Clock::time_point start, std::chrono::milliseconds interval)
        : things_(things), start_(start), interval_(interval), next_(start + interval) {}

    void update(Progress progress);
    [[nodiscard]] Clock::time_point next() const noexcept { return next_; }
    /// `340 of 1473 cases (23%) after 1 min 10 s, about 3 min 53 s left; so far 300 pass, 20 known`, where a
    /// line is due; the next is due an interval later.
    [[nodiscard]] std::optional<std::string> line_at(Clock::time_point now);

 private:
    [[nodiscard]] std::string left(std::chrono::seconds lasted) const;

    std::string things_;
    Clock::time_point start_;
    std::chrono::milliseconds interval_;
    Clock::time_point next_;
    std::optional<std::size_t> first_;  // what an earlier run had done already
    Progress progress_;
};

}  // namespace guise::report
