// The signature algorithms of certificates: their words, their identifiers, and signing.
#pragma once

#include "base/bytes.hpp"
#include "base/words.hpp"
#include "pki/keys.hpp"

#include <openssl/base.h>

#include <optional>

namespace guise::pki {

/// How a certificate is signed.
enum class SignatureAlgorithm {
    ecdsa_sha1,
    ecdsa_sha256,
    ecdsa_sha384,
    ecdsa_sha512,
    rsa_md4,
    rsa_md5,
    rsa_sha1,
    rsa_sha256,
    rsa_sha384,
    rsa_sha512,
    rsa_pss_sha256,  // salt as long as the hash
    ed25519,
    rsa_sha256_short_padding  // says rsa-sha256, and has zeros behind the hash: RFC 8017 9.2 has none
};
constexpr auto words(SignatureAlgorithm) {
    return std::to_array<std::string_view>(
        {"ecdsa-sha1", "ecdsa-sha256", "ecdsa-sha384", "ecdsa-sha512", "rsa-md4", "rsa-md5", "rsa-sha1",
         "rsa-sha256", "rsa-sha384", "rsa-sha512", "rsa-pss-sha256", "ed25519", "rsa-sha256-short-padding"});
}

/// What an issuer with such a key signs with when the recipe says nothing.
[[nodiscard]] SignatureAlgorithm default_signature(Algorithm issuer_key);

/// Whether a key of this kind can make this signature.
[[nodiscard]] bool fits(SignatureAlgorithm signature, Algorithm issuer_key);

/// AlgorithmIdentifier in DER.
[[nodiscard]] Bytes signature_identifier(SignatureAlgorithm signature);

/// The algorithm whose identifier this is, parameters and all; the right one, where a wrong one says the
/// same.
[[nodiscard]] std::optional<SignatureAlgorithm> signature_of_identifier(ByteView identifier);

/// Signs. The key must fit the algorithm; anything else is a broken invariant and throws.
[[nodiscard]] Bytes sign(EVP_PKEY* key, SignatureAlgorithm signature, ByteView message);

/// Whether `value` is this key's signature of the message. False also for a key that does not fit.
[[nodiscard]] bool verifies(EVP_PKEY* key, SignatureAlgorithm signature, ByteView message, ByteView value);

}  // namespace guise::pki
