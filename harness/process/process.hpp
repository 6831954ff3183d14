// Starts a client's process and watches it to its end.
//
// posix_spawn and a pidfd, not fork: a fork of a large parent costs tens of milliseconds. The process gets a
// process group of its own, only the three standard descriptors, and at the deadline SIGKILL goes to the
// whole group.
#pragma once

#include "evidence/client_record.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace guise::process {

/// What the three standard descriptors of a process are.
enum class Streams {
    apart,     // a pipe each
    together,  // one pipe for both outputs, so that their order is known
    terminal   // a pseudo-terminal for all three
};

/// What to start.
struct Launch {
    std::vector<std::string> argv;           // argv[0] is looked up in PATH of `env`, else of the harness
    std::map<std::string, std::string> env;  // the whole environment
    std::string directory;                   // the working directory; empty: the harness's
    std::string input;                       // written to standard input, which is then closed
    std::chrono::milliseconds deadline{15'000};
    Streams streams = Streams::apart;
    bool input_stays_open = false;  // more may be said; a terminal's input has no end in any case
};

/// Runs to the end of the process (and then kills what is left of its group). Never throws for what a process
/// can do: a program that cannot be started is `start_error`. Cancelling the coroutine kills the group and
/// waits for its end; the record is that of a killed process.
///
/// Threads: runs on the executor of the coroutine, which is a strand or has one thread.
boost::asio::awaitable<evidence::ProcessRecord> run_process(Launch launch);

}  // namespace guise::process
