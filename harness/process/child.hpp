// A process that is started, listened to, spoken to and seen to its end.
#pragma once

#include "process/input.hpp"
#include "process/output.hpp"
#include "process/process.hpp"
#include "process/running.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace guise::process {

/// Threads: all of it on the executor, which is a strand or has one thread.
class Child final : public std::enable_shared_from_this<Child> {
 public:
    using Done = std::function<void(evidence::ProcessRecord)>;
    /// Gets each piece of output, the last ones after the end of the process. It may call `say` and
    /// `end_after`.
    using OnOutput = std::function<void(std::string_view)>;

    Child(const boost::asio::any_io_executor& executor, Launch launch, OnOutput on_output = {});
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// `done` gets the record once the process has ended; no output is reported after that.
    void start(Done done);
    /// To its standard input, after what was said before. Nothing happens where that is closed.
    void say(std::string_view text);
    /// It has been seen enough of: its group is killed after `patience`, unless it ends or its deadline comes
    /// first. The record does not call that `killed`.
    void end_after(std::chrono::milliseconds patience);
    /// Kills the group; the end is then seen like any other.
    void stop();

 private:
    using Clock = std::chrono::steady_clock;

    void watch_deadline(std::chrono::milliseconds after);
    void finish();

    Launch launch_;
    evidence::ProcessRecord record_;
    Running running_;
    Input input_;
    Output output_;
    Output errors_;
    boost::asio::steady_timer deadline_;
    Done done_;
    bool dismissed_ = false;
    bool stopped_ = false;
};

/// Runs it to its end. Cancelling stops it and waits for its end. Lifetime: whoever else needs the child
/// holds it weakly, or an io_context that is gone leaves the process behind.
boost::asio::awaitable<evidence::ProcessRecord> run(std::shared_ptr<Child> child);

}  // namespace guise::process
