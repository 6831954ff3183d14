// Keys that are forged by choosing the curve's generator (CVE-2020-0601).
//
// A public key is a point Q = d * G, and only who knows d can sign. Whoever may choose the generator takes
// G = Q: then d is 1, for the public key of anybody. A verifier that compares a key with a trusted one by the
// point alone, and then computes with the parameters that the certificate brings along, takes the mutator for
// its owner.
#pragma once

#include "base/bytes.hpp"

#include <openssl/base.h>

namespace guise::pki {

/// SubjectPublicKeyInfo of a P-256 key on a curve of spelt-out parameters (SpecifiedECDomain of SEC 1, C.2),
/// which are those of P-256 but for the generator: that is the key's own point. RFC 5480 2.1.1 forbids such
/// parameters. Needs the public half alone.
[[nodiscard]] Bytes forged_key_info(EVP_PKEY* key);

/// ECDSA with SHA-256 over the message, which verifies with that generator. Needs the public half alone.
[[nodiscard]] Bytes forged_signature(EVP_PKEY* key, ByteView message);

}  // namespace guise::pki
