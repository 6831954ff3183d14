// RSA keys that look alike where a client looks at a part of them: at the beginning of the key, or of its
// hash.
//
// Whoever makes both keys finds such a pair in a moment. To find a second key for one that is given takes an
// attacker longer, and no more than hours for the eight digits that a user interface shows of a hash.
#pragma once

#include "pki/keys.hpp"

#include <utility>

namespace guise::pki {

/// How many bytes the moduli of `with_same_start` have in common at their start.
constexpr int same_start = 64;
/// How many bytes the hashes of `with_same_hash` have in common at their start.
constexpr int same_hash = 4;

/// `first`, an RSA key of 2048 bits, and another key whose modulus begins as its does.
[[nodiscard]] std::pair<Key, Key> with_same_start(Key first);

/// The moduli of two RSA keys of 2048 bits, with other exponents: the SHA-256 of the two
/// SubjectPublicKeyInfos begin alike.
[[nodiscard]] std::pair<Key, Key> with_same_hash(const Key& first, const Key& second);

}  // namespace guise::pki
