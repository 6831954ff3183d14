// The transports of the control channel: standard input and output, or a Unix socket.
#pragma once

#include "base/problem.hpp"
#include "server/chain_provider.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace guise::serve {

/// Serves one peer over two descriptors, until `in` ends or SIGINT or SIGTERM comes; requests that are under
/// way at the end of `in` are still answered. The descriptors stay open. Problems: a folder that cannot be
/// made, a peer that does not read.
[[nodiscard]] Problems control_on(server::ChainProvider& provider, int in, int out,
                                  const std::filesystem::path& dir);

/// Listens on a Unix socket, for peers that have nothing to do with each other, until SIGINT or SIGTERM; at
/// most 256 at the same time, and an error for those beyond. `on_ready` is called once it can be connected
/// to. The socket is for its owner alone, and is removed at the end. Problems: a path that is in use, or
/// cannot be made.
[[nodiscard]] Problems control_at(server::ChainProvider& provider, const std::filesystem::path& socket,
                                  const std::filesystem::path& dir, const std::function<void()>& on_ready);

}  // namespace guise::serve
