// The handshake messages by their names, and the few facts that are read from a ServerHello.
#pragma once

#include "base/bytes.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace guise::tls {

/// The message types that have a meaning here (RFC 8446 section 4).
inline constexpr std::uint8_t client_hello_message = 1;
inline constexpr std::uint8_t server_hello_message = 2;
inline constexpr std::uint8_t encrypted_extensions_message = 8;
inline constexpr std::uint8_t certificate_message = 11;
inline constexpr std::uint8_t server_key_exchange_message = 12;
inline constexpr std::uint8_t server_hello_done_message = 14;
inline constexpr std::uint8_t certificate_verify_message = 15;
inline constexpr std::uint8_t finished_message = 20;
inline constexpr std::uint8_t compressed_certificate_message = 25;

/// The name of a whole handshake message, as the RFCs write it: `Certificate`; `HelloRetryRequest` where a
/// ServerHello is one; `message_200` for a type without a name.
[[nodiscard]] std::string message_name(ByteView message);

/// Whether a ServerHello asks for another ClientHello instead of answering (RFC 8446 section 4.1.3).
[[nodiscard]] bool is_hello_retry_request(ByteView message);

/// The cipher suite of a ServerHello; nothing where there is none to read.
[[nodiscard]] std::optional<std::uint16_t> cipher_of_server_hello(ByteView message);

}  // namespace guise::tls
