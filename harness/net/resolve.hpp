// The addresses of a host, within a deadline.
#pragma once

#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace guise::net {

/// The addresses of a host, or why there are none.
struct Resolved {
    std::vector<boost::asio::ip::address> addresses;
    boost::system::error_code error;
};

/// Finds them, and may block for as long as it likes.
using Resolve = std::function<Resolved(const std::string& host)>;

/// What the system says (getaddrinfo): its hosts file, its name servers. It blocks for as long as those do,
/// which nothing can interrupt.
[[nodiscard]] Resolved system_resolve(const std::string& host);

/// What `resolve` says until the deadline; nothing where it has not answered by then. A numeric address is
/// its own and needs no `resolve`.
///
/// Threads: `resolve` is called in a thread of its own, which may go on after the return; so it must own what
/// it uses.
[[nodiscard]] std::optional<Resolved> resolve_until(std::chrono::steady_clock::time_point deadline,
                                                    const std::string& host, const Resolve& resolve);

}  // namespace guise::net
