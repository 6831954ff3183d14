// Connects to a server and asks which certificates it shows.
#pragma once

#include "base/problem.hpp"
#include "net/resolve.hpp"
#include "tls/chain_probe.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace guise::net {

/// Connects, shakes hands, closes. Blocks for `deadline` at the most, also where `resolve` blocks for longer.
/// Errors: no such host, no server there, no TLS, or the time is over; a server that fails after it has shown
/// its certificates is no error.
[[nodiscard]] Result<tls::ShownChain> fetch_chain(
    const std::string& host, std::uint16_t port,
    std::chrono::milliseconds deadline = std::chrono::seconds(10), const Resolve& resolve = system_resolve);

}  // namespace guise::net
