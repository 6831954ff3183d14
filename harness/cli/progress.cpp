#include "cli/progress.hpp"

#include "cli/screen.hpp"

#include <iostream>
#include <string>

namespace guise::cli {

namespace {

using Clock = report::ProgressLog::Clock;

constexpr std::chrono::seconds between_lines{10};

OnProgress rewritten_line() {
    return [start = Clock::now(), last = Clock::time_point()](const report::Progress& progress) mutable {
        const auto now = Clock::now();
        if (progress.done < progress.all && now - last < std::chrono::milliseconds(100)) return;
        last = now;
        const auto lasted = std::chrono::duration_cast<std::chrono::seconds>(now - start);
        const std::string line = report::progress_line(progress.done, progress.all, lasted, line_width() - 1);
        std::cerr << "\r\x1b[2K" << (progress.done < progress.all ? line : "") << std::flush;
    };
}

}  // namespace

ProgressLines::ProgressLines(std::ostream& out, std::string_view things, std::chrono::milliseconds interval)
    : out_(out), log_(things, Clock::now(), interval), writer_([this] { write(); }) {}

ProgressLines::~ProgressLines() {
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
    }
    over_.notify_one();
    writer_.join();
}

void ProgressLines::update(const report::Progress& progress) {
    const std::lock_guard lock(mutex_);
    log_.update(progress);
}

void ProgressLines::write() {
    std::unique_lock lock(mutex_);
    while (!over_.wait_until(lock, log_.next(), [this] { return ended_; }))
        if (const auto line = log_.line_at(Clock::now())) out_ << "guise: " + *line + "\n" << std::flush;
}

OnProgress show_progress(std::string_view things, bool quiet) {
    if (quiet) return {};
    if (shows_progress()) return rewritten_line();
    const auto lines = std::make_shared<ProgressLines>(std::cerr, things, between_lines);
    return [lines](const report::Progress& progress) { lines->update(progress); };
}

}  // namespace guise::cli
