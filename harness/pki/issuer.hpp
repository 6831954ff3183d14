// Who issued a certificate.
#pragma once

#include "pki/elements.hpp"

#include <openssl/evp.h>

namespace guise::pki {

/// The key of a SubjectPublicKeyInfo; null where the library knows none of that kind.
[[nodiscard]] bssl::UniquePtr<EVP_PKEY> read_public_key(ByteView info);

/// Whether two names in DER are the same (RFC 5280 7.1): case, white space and the kinds of their strings do
/// not count. Names that cannot be read are the same where their bytes are equal.
[[nodiscard]] bool same_name(ByteView one, ByteView other);

/// Whether `issuer` has the name that issued `subject`, and its key made the signature. No where the library
/// knows not the key or the algorithm.
[[nodiscard]] bool issued_by(const Elements& subject, const Elements& issuer);

}  // namespace guise::pki
