// Writes TLS records: in clear, and from some point on sealed with the server's keys.
//
// BoringSSL writes its own; this one is for handshakes that BoringSSL would not write (tls/mutator.hpp).
#pragma once

#include "base/bytes.hpp"

#include <openssl/aead.h>
#include <openssl/ssl.h>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace guise::tls {

/// What seals the records of one direction.
struct SealKeys {
    const EVP_AEAD* aead = nullptr;
    Bytes key{};
    Bytes iv{};
    bool tls13 = false;
};

/// The keys that follow from a traffic secret (RFC 8446 section 7.3). Nothing for a cipher that is no AEAD.
[[nodiscard]] std::optional<SealKeys> keys_from_secret(const SSL_CIPHER& cipher, ByteView secret);
/// The server's keys of a key block (RFC 5246 section 6.3). Nothing for a cipher that is no AEAD, or a block
/// that is too short for it.
[[nodiscard]] std::optional<SealKeys> keys_from_block(const SSL_CIPHER& cipher, ByteView block);

/// A record's type and what it carries.
struct Record {
    std::uint8_t type = 0;
    Bytes body{};
};

class RecordWriter final {
 public:
    /// From here on records are sealed, but for the ChangeCipherSpec of TLS 1.3.
    void seal_with(SealKeys keys);
    /// Appends a body to `out`, in records that carry at most `most` bytes of it each (at least 1).
    /// False where it could not be sealed.
    [[nodiscard]] bool write(const Record& record, std::size_t most, Bytes& out);

 private:
    [[nodiscard]] bool write_sealed(std::uint8_t type, ByteView part, Bytes& out);

    std::optional<SealKeys> keys_;
    bssl::ScopedEVP_AEAD_CTX context_;
    std::uint64_t sequence_ = 0;
};

}  // namespace guise::tls
