// A process that is started, listened to, spoken to and seen to its end.
#pragma once

#include "process/process.hpp"
#include "process/spawn.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace guise::process {

/// One of the outputs of a process: keeps the beginning, and swallows the rest.
struct Capture {
    boost::asio::posix::stream_descriptor pipe;
    std::string& text;
    std::function<void(std::string_view)> on_output;  // each piece, as it comes; may be empty

    /// As read(2).
    ssize_t read();
    /// Takes what is there now, as much as a pipe can hold and no more.
    void drain();
};

/// Threads: all of it on the executor, which is a strand or has one thread.
class Child final : public std::enable_shared_from_this<Child> {
 public:
    using Done = std::function<void(evidence::ProcessRecord)>;
    /// Told of each piece of output, the last ones after the end of the process. It may call `say` and
    /// `end_after`.
    using OnOutput = std::function<void(std::string_view)>;

    Child(const boost::asio::any_io_executor& executor, Launch launch, OnOutput on_output = {});
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child();

    /// `done` gets the record once the process has ended; nobody is told of output after that.
    void start(Done done);
    /// To its standard input, after what was said before. Nothing happens where that is closed.
    void say(std::string_view text);
    /// It has been seen enough of: its group is killed after `patience`, unless it ends or its deadline comes
    /// first. The record does not call that `killed`.
    void end_after(std::chrono::milliseconds patience);
    /// Kills the group; the end is then seen like any other.
    void stop();

 private:
    using Stream = boost::asio::posix::stream_descriptor;
    using Clock = std::chrono::steady_clock;

    void take(Spawned spawned);
    void watch_end();
    [[nodiscard]] bool has_ended() const;
    void watch_deadline(std::chrono::milliseconds after);
    void read(Capture& from);
    void write();
    void kill_group() const;
    void reap();
    void finish();

    Launch launch_;
    evidence::ProcessRecord record_;
    Stream end_;
    Stream input_;
    Capture output_;
    Capture errors_;
    boost::asio::steady_timer deadline_;
    Done done_;
    Clock::time_point started_ = Clock::now();
    std::size_t written_ = 0;
    pid_t pid_ = -1;  // until it is reaped
    bool writing_ = false;
    bool dismissed_ = false;
    bool stopped_ = false;
};

/// Runs it to its end. Cancelling stops it and waits for its end. Lifetime: whoever else needs the child
/// holds it weakly, or an io_context that is gone leaves the process behind.
boost::asio::awaitable<evidence::ProcessRecord> run(std::shared_ptr<Child> child);

}  // namespace guise::process
