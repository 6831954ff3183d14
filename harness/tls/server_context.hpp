// The one BoringSSL context that all connections share.
#pragma once

#include <openssl/ssl.h>

namespace guise::tls {

/// A server's context: TLS 1.0 to 1.3, every curve, no resumption, nothing of X.509. What differs between
/// connections comes from the `Session` that must be attached to each SSL made from it.
///
/// Threads: safe.
[[nodiscard]] SSL_CTX& server_context();

}  // namespace guise::tls
