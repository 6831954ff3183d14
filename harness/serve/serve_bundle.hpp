// Serves a `cert.pem` of the user's.
#pragma once

#include "base/problem.hpp"
#include "pki/bundle.hpp"
#include "tls/transcript.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace guise::serve {

/// Serves key and chain as the file has them, without its root where that signed itself and is not the leaf
/// (a server does not send it, RFC 8446 section 4.4.2), until SIGINT or SIGTERM. Problems: an address that
/// cannot be listened on.
[[nodiscard]] Problems serve_bundle(const pki::Bundle& bundle, const std::string& address, std::uint16_t port,
                                    const std::function<void(std::uint16_t port)>& on_ready,
                                    const std::function<void(const tls::Transcript&)>& on_connection);

}  // namespace guise::serve
