// The BoringSSL context that all connections share, and those of the few that are out of the ordinary.
#pragma once

#include <openssl/ssl.h>

namespace guise::tls {

/// A server's context: TLS 1.0 to 1.3, every curve, no resumption, nothing of X.509. What differs between
/// connections comes from the `Session` that must be attached to each SSL made from it.
///
/// Threads: safe.
[[nodiscard]] SSL_CTX& server_context();
/// The same, and it tells the connection's mutator the keys.
[[nodiscard]] SSL_CTX& watched_context();
/// The same again, and certificates are compressed where the client takes zlib's form (RFC 8879).
[[nodiscard]] SSL_CTX& compressing_context();

}  // namespace guise::tls
