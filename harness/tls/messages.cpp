#include "tls/messages.hpp"

#include <openssl/bytestring.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace guise::tls {

namespace {

using Named = std::pair<std::uint8_t, std::string_view>;

// The TLS HandshakeType registry of IANA, without what only DTLS uses.
constexpr auto message_names = std::to_array<Named>({{0, "HelloRequest"},
                                                     {client_hello_message, "ClientHello"},
                                                     {server_hello_message, "ServerHello"},
                                                     {4, "NewSessionTicket"},
                                                     {5, "EndOfEarlyData"},
                                                     {8, "EncryptedExtensions"},
                                                     {certificate_message, "Certificate"},
                                                     {12, "ServerKeyExchange"},
                                                     {13, "CertificateRequest"},
                                                     {14, "ServerHelloDone"},
                                                     {15, "CertificateVerify"},
                                                     {16, "ClientKeyExchange"},
                                                     {20, "Finished"},
                                                     {21, "CertificateURL"},
                                                     {22, "CertificateStatus"},
                                                     {23, "SupplementalData"},
                                                     {24, "KeyUpdate"},
                                                     {25, "CompressedCertificate"},
                                                     {67, "NextProtocol"}});

constexpr std::size_t header_size = 4;

// The random of a HelloRetryRequest: the SHA-256 of "HelloRetryRequest".
constexpr auto retry_random = std::to_array<std::uint8_t>(
    {0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
     0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C});

}  // namespace

std::string message_name(ByteView message) {
    if (message.empty()) return "message";
    if (is_hello_retry_request(message)) return "HelloRetryRequest";
    const auto found = std::ranges::find(message_names, message.front(), &Named::first);
    if (found != message_names.end()) return std::string(found->second);
    return "message_" + std::to_string(message.front());
}

bool is_hello_retry_request(ByteView message) {
    constexpr std::size_t random_at = header_size + 2;  // 2: the version
    return message.size() >= random_at + retry_random.size() && message.front() == server_hello_message &&
           std::ranges::equal(message.subspan(random_at, retry_random.size()), retry_random);
}

std::optional<std::uint16_t> cipher_of_server_hello(ByteView message) {
    CBS rest, session_id;
    std::uint16_t cipher = 0;
    CBS_init(&rest, message.data(), message.size());
    if (!CBS_skip(&rest, header_size + 2 + retry_random.size()) ||
        !CBS_get_u8_length_prefixed(&rest, &session_id) || !CBS_get_u16(&rest, &cipher))
        return std::nullopt;
    return cipher;
}

}  // namespace guise::tls
