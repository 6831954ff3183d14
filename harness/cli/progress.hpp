// How far long work is, on standard error.
#pragma once

#include "report/progress.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <iosfwd>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>

namespace guise::cli {

using OnProgress = std::function<void(const report::Progress&)>;

/// Writes a line every `interval`, whether or not there was progress in between: whoever reads a log sees
/// that the work goes on.
///
/// Threads: writes from a thread of its own, which ends with this; `update` may be called from any.
class ProgressLines final {
 public:
    ProgressLines(std::ostream& out, std::string_view things, std::chrono::milliseconds interval);
    ~ProgressLines();
    ProgressLines(const ProgressLines&) = delete;
    ProgressLines& operator=(const ProgressLines&) = delete;

    void update(const report::Progress& progress);

 private:
    void write();

    std::ostream& out_;
    std::mutex mutex_;
    std::condition_variable over_;
    bool ended_ = false;
    report::ProgressLog log_;
    std::thread writer_;
};

/// What `--quiet` does, for the help.
constexpr const char* no_progress = "Do not show progress";

/// Shows progress as long as the returned function, or a copy of it, lives. On a terminal one line is
/// rewritten, at most ten times a second, and wiped at the end; elsewhere there is a line every ten seconds.
/// Empty where `quiet`.
[[nodiscard]] OnProgress show_progress(std::string_view things, bool quiet);

}  // namespace guise::cli
