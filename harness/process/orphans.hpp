// What a client leaves behind: processes of its own that have left its group, and outlive it.
//
// They may send what the client has just refused to send, a moment later. So they are looked for when the
// client has ended, and the visit lasts for as long as one of them, or for a while.
#pragma once

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <string>
#include <sys/types.h>
#include <vector>

namespace guise::process {

/// From now on what has lost its parent below this process becomes its child. Without it none is found.
void adopt_orphans();

/// A process that lives on.
struct Orphan {
    pid_t pid = -1;
    std::string name;  // of its program
};

/// The adopted processes that have this HOME. Those that have ended are reaped on the way.
[[nodiscard]] std::vector<Orphan> orphans_of(const std::string& home);

/// Waits until none is left of a client with this home, and after `patience` ends those that are. Returns how
/// each is called: `sleep (process 4711)`.
boost::asio::awaitable<std::vector<std::string>> outlive_orphans(std::string home,
                                                                 std::chrono::milliseconds patience);

}  // namespace guise::process
