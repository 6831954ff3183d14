// Puts a leaf on the wire that BoringSSL refuses to install.
#pragma once

#include "base/bytes.hpp"

#include <openssl/base.h>

#include <optional>

namespace guise::tls {

/// A certificate of exactly `size` bytes, with nothing in it but the public half of `key`, that BoringSSL
/// takes for a leaf. Nothing where `size` is too small for one (109 bytes are enough for a P-256 key), or is
/// a size that no DER value has: 130, 259 or 65540 bytes.
[[nodiscard]] std::optional<Bytes> decoy_leaf(const EVP_PKEY& key, std::size_t size);

/// The leaf of one connection, which is a decoy until `swap`.
///
/// Lifetime: BoringSSL reads the memory of `decoy` until the connection's SSL is gone, so this object must
/// outlive it. It must not move once `decoy` has been handed out.
class LeafSwap final {
 public:
    LeafSwap() = default;
    LeafSwap(const LeafSwap&) = delete;
    LeafSwap& operator=(const LeafSwap&) = delete;

    /// Makes the decoy for `leaf`. False where there is none of that size.
    /// Lifetime: keeps a view of `leaf`.
    [[nodiscard]] bool prepare(const EVP_PKEY& key, ByteView leaf);
    /// The memory that holds the decoy now and the leaf later.
    [[nodiscard]] ByteView decoy() const noexcept { return memory_; }
    /// Writes the leaf over the decoy; does nothing where none was prepared.
    void swap() noexcept;

 private:
    Bytes memory_;
    ByteView leaf_;
};

}  // namespace guise::tls
