// What is out of the ordinary about a handshake, besides its certificates and its signature.
#pragma once

#include "base/bytes.hpp"
#include "base/words.hpp"

#include <cstdint>

namespace guise::tls {

enum class MutationKind {
    none,
    corrupted_finished,   // the server's Finished is right but for its last bit
    empty_certificate,    // a Certificate message without a certificate
    no_certificate,       // TLS 1.2: an anonymous cipher suite, neither Certificate nor signature
    large_certificate,    // the chain's last certificate again and again, to 200,000 bytes
    early_cipher_change,  // TLS 1.2: a ChangeCipherSpec right after the ServerHello
    heartbeat,            // TLS 1.2: after the ServerHello a request for 16 KiB that brings nothing
    extension,            // `octets` stand in the ServerHello (TLS 1.2) or the EncryptedExtensions (1.3)
    downgrade,            // TLS 1.2 chosen by a server that was offered no other, with the downgrade sentinel
    stall,                // silence for a second after the message `after`, then the end
    reset,                // the transport is reset after the message `after`
    close,                // the transport is closed after the message `after`
    one_octet_records,    // each record of the first flight carries one byte
    compressed,           // RFC 8879: a Certificate in zlib's form, where the client takes it
    compressed_too_long,  // it is decompressed to one byte more than it says
    compressed_bomb,      // it is decompressed to 8 MiB
    compressed_garbage,   // it cannot be decompressed
    client_certificate,   // the server asks for a certificate, and is content with none
    slow,                 // what it sends in the handshake comes in small pieces, with a pause before each
    slow_answers          // so does what it sends after the handshake
};
constexpr auto words(MutationKind) {
    return std::to_array<std::string_view>({"none",
                                            "corrupted-finished",
                                            "empty-certificate",
                                            "no-certificate",
                                            "large-certificate",
                                            "early-cipher-change",
                                            "heartbeat",
                                            "extension",
                                            "downgrade",
                                            "stall",
                                            "reset",
                                            "close",
                                            "one-octet-records",
                                            "compressed",
                                            "compressed-too-long",
                                            "compressed-bomb",
                                            "compressed-garbage",
                                            "client-certificate",
                                            "slow",
                                            "slow-answers"});
}

/// A point in the server's first flight: the message that is the last to be sent.
enum class Milestone {
    server_hello,
    certificate,
    proof  // CertificateVerify in TLS 1.3, ServerKeyExchange in TLS 1.2
};
constexpr auto words(Milestone) {
    return std::to_array<std::string_view>({"server-hello", "certificate", "proof"});
}

struct Mutation {
    MutationKind kind = MutationKind::none;
    Bytes octets{};                             // of `extension`: type, length, body
    Milestone after = Milestone::server_hello;  // of `stall`, `reset` and `close`
    bool operator==(const Mutation&) const = default;

    [[nodiscard]] bool stops() const noexcept {
        return kind == MutationKind::stall || kind == MutationKind::reset || kind == MutationKind::close;
    }
    /// The client is shown no certificate at all.
    [[nodiscard]] bool hides_certificate() const noexcept {
        return kind == MutationKind::empty_certificate || kind == MutationKind::no_certificate;
    }
    [[nodiscard]] bool compresses() const noexcept {
        return kind >= MutationKind::compressed && kind <= MutationKind::compressed_garbage;
    }
};

}  // namespace guise::tls
