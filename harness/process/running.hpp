// A process that has been started: how its end is seen, how it is killed, how it is reaped.
#pragma once

#include "evidence/client_record.hpp"
#include "process/spawn.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <chrono>
#include <functional>

namespace guise::process {

/// Closes it where it is open; never throws.
void close(boost::asio::posix::stream_descriptor& stream);

/// Whether somebody waits for the end of this process.
[[nodiscard]] bool is_watched(pid_t pid);

/// Owns the process from `take` until it is reaped. A process that is still running is killed with its group,
/// and reaped, before the destructor returns.
///
/// The group is signalled only while its leader has not been reaped: until then its number cannot belong to
/// anybody else. Threads: all of it on the executor, which is a strand or has one thread.
class Running final {
 public:
    explicit Running(const boost::asio::any_io_executor& executor) : end_(executor) {}
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    ~Running();

    /// Takes the process and its pidfd from `spawned`.
    void take(Spawned& spawned);
    [[nodiscard]] bool is_there() const noexcept { return pid_ > 0; }
    [[nodiscard]] bool has_ended() const;
    /// Calls `ended` when it has ended, unless it is reaped before.
    ///
    /// Lifetime: `ended` keeps the owner of this object alive.
    void on_end(std::function<void()> ended);
    void kill_group() const;
    /// Kills what is left, the leader too if it still lives, and records how it ended.
    void reap(evidence::ProcessRecord& record);
    /// Looks for the end no more.
    void stop_watching();

 private:
    using Clock = std::chrono::steady_clock;

    boost::asio::posix::stream_descriptor end_;
    Clock::time_point started_ = Clock::now();
    pid_t pid_ = -1;  // until it is reaped
};

}  // namespace guise::process
