// The groups of the key exchange, by the names that this BoringSSL has for them.
#pragma once

#include <openssl/ssl.h>

#include <string>

namespace guise::tls {

/// Offers what the library has of X25519MLKEM768, X25519, P-256, P-384 and P-521, in this order. False: it
/// refuses.
[[nodiscard]] bool set_groups(SSL_CTX& context) noexcept;

/// The group of a finished handshake: `X25519`; empty where there was none, as in TLS 1.2 without (EC)DHE.
[[nodiscard]] std::string group_name(const SSL& ssl);

}  // namespace guise::tls
