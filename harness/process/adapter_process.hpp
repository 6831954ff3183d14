// An adapter's process: lines to its standard input, lines from its standard output, its end.
//
// Unlike a client that is started for one visit it stays alive over many, so nothing here waits for its end:
// its owner gets each line, and the end, as they come.
#pragma once

#include "process/process.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace guise::process {

/// The longest line of the protocol, without its line end.
constexpr std::size_t longest_line = 1 << 20;

/// A running adapter. It is killed, with its whole group, and reaped before the destructor returns.
///
/// Lifetime: the handlers are not called after the destructor. Threads: runs on `executor`, which is a strand
/// or has one thread; the members too.
class AdapterProcess final {
 public:
    /// What its owner receives. A handler may call any member, but must not destroy the object.
    struct Handlers {
        /// One line of its output, without the line end. A line that grows beyond `longest_line` comes
        /// once, as far as it came, and nothing is read after it.
        std::function<void(std::string_view line)> line;
        /// It has ended; `record()` says how. Called once, after its last line; not after `kill()`.
        std::function<void()> ended;
    };

    /// Starts it: `launch.argv`, `env` and `directory`. What cannot be started has a `record().start_error`,
    /// and calls no handler.
    AdapterProcess(const boost::asio::any_io_executor& executor, const Launch& launch, Handlers handlers);
    AdapterProcess(const AdapterProcess&) = delete;
    AdapterProcess& operator=(const AdapterProcess&) = delete;
    ~AdapterProcess();

    /// Writes `line` and a line end when the adapter reads it. Nothing after its end.
    void send(std::string_view line);
    /// Kills the group and waits for its end. `record()` is then complete.
    void kill();

    [[nodiscard]] bool is_running() const;
    /// How it went, so far; both outputs since the last `forget_output()`, the first 64 KiB of each.
    [[nodiscard]] const evidence::ProcessRecord& record() const;
    void forget_output();
    /// What it wrote after its last line end; empty for an adapter that ended its lines.
    [[nodiscard]] const std::string& unfinished_line() const;
    /// Whether it closed its standard output while it went on running.
    [[nodiscard]] bool has_closed_output() const;

 private:
    class Child;
    std::shared_ptr<Child> child_;
};

}  // namespace guise::process
