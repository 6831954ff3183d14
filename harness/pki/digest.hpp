// Digests, for names and identities.
#pragma once

#include "base/bytes.hpp"

namespace guise::pki {

/// SHA-256 (FIPS 180-4), 32 bytes.
[[nodiscard]] Bytes sha256(ByteView bytes);

/// SHA-1 (FIPS 180-4), 20 bytes: for the names of keys and issuers in OCSP, which are no signatures.
[[nodiscard]] Bytes sha1(ByteView bytes);

/// MD5 (RFC 1321), 16 bytes: for the old HTTP login that is made of it, and for nothing else.
[[nodiscard]] Bytes md5(ByteView bytes);

}  // namespace guise::pki
