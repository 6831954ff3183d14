// Changes to whole handshake messages: bytes in, bytes out. A message that is not of the expected form
// comes back as it was.
#pragma once

#include "base/bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace guise::tls {

/// The message of a type with a body, its length in three bytes between them (RFC 8446 section 4).
[[nodiscard]] Bytes message_of(std::uint8_t type, ByteView body);

/// The type of the extension ec_point_formats (RFC 8422 section 5.1.2).
constexpr std::uint16_t point_formats = 11;

/// A ServerHello or EncryptedExtensions with one more extension, given as type, length and body. One of the
/// same type gives way.
[[nodiscard]] Bytes with_extension(ByteView message, ByteView extension);
/// How many bytes an extension of this type takes in a ServerHello or EncryptedExtensions; 0 without one.
[[nodiscard]] std::size_t extension_size(ByteView message, std::uint16_t type);

/// A Certificate message without a certificate (RFC 8446 section 4.4.2, RFC 5246 section 7.4.2).
[[nodiscard]] Bytes empty_certificate(bool tls13);
/// A Certificate message without the last entry of its list.
[[nodiscard]] Bytes without_last_certificate(ByteView message, bool tls13);

/// A ServerKeyExchange of ECDH without its signature: what anonymous suites have (RFC 8422 section 5.4).
[[nodiscard]] Bytes without_signature(ByteView server_key_exchange);

/// Puts another cipher suite into a ServerHello.
void set_cipher(std::span<std::uint8_t> server_hello, std::uint16_t suite);
/// Puts another signature scheme into a CertificateVerify or a ServerKeyExchange of ECDH.
void set_scheme(std::span<std::uint8_t> message, std::uint16_t scheme);

/// An extension of exactly `size` bytes that a client reads and has no use for: unknown groups in TLS 1.3
/// (RFC 8446 section 4.2.7; `size` is even), the one point format over and over in TLS 1.2 (RFC 8422
/// section 5.2; at most 260).
[[nodiscard]] Bytes filler_extension(std::size_t size, bool tls13);

}  // namespace guise::tls
