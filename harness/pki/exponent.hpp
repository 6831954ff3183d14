// RSA keys with public exponents that no library makes a key for.
//
// With d the private exponent to 65537, applying d to a message k times makes a signature that verifies with
// the exponent 65537 to the power of k: the message itself for 1, which anybody can make, and three times d
// for one of 49 bits.
#pragma once

#include "base/bytes.hpp"

#include <openssl/base.h>

#include <memory>

namespace guise::pki {

/// A key that signs and decrypts with what goes with the exponent 65537 to the power of `power` (0 or more),
/// and has otherwise the modulus and the public exponent of `ordinary`: an RSA key with its private half and
/// the exponent 65537, which the result keeps alive.
[[nodiscard]] std::shared_ptr<EVP_PKEY> with_exponent_power(std::shared_ptr<EVP_PKEY> ordinary, int power);

/// SubjectPublicKeyInfo of an RSA key's modulus with the exponent 65537 to the power of `power` (RFC 8017
/// A.1.1).
[[nodiscard]] Bytes key_info_with_exponent(EVP_PKEY* key, int power);

}  // namespace guise::pki
