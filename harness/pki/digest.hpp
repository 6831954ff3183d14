// Digests, for names and identities.
#pragma once

#include "base/bytes.hpp"

namespace guise::pki {

/// SHA-256 (FIPS 180-4), 32 octets.
[[nodiscard]] Bytes sha256(ByteView bytes);

}  // namespace guise::pki
