// Signs handshakes in the wrong way.
#pragma once

#include "tls/presentation.hpp"

#include <openssl/ssl.h>

namespace guise::tls {

/// BoringSSL's view of a key that signs with the fault of the connection's presentation. The SSL must be
/// attached to a `Session`.
[[nodiscard]] const SSL_PRIVATE_KEY_METHOD& faulty_signer() noexcept;

/// The signature scheme that a handshake with this fault claims, where that is not the one it is signed with.
[[nodiscard]] std::optional<std::uint16_t> false_scheme(SignatureFault fault, const EVP_PKEY& key) noexcept;

/// The signature of `input` under a TLS signature scheme; nothing where the key cannot make it.
[[nodiscard]] std::optional<Bytes> sign(EVP_PKEY& key, std::uint16_t scheme, ByteView input);

}  // namespace guise::tls
