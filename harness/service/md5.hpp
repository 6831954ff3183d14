// MD5 (RFC 1321): for the old HTTP login that is made of it, and for nothing else.
#pragma once

#include "base/bytes.hpp"

namespace guise::service {

/// 16 octets.
[[nodiscard]] Bytes md5(ByteView bytes);

}  // namespace guise::service
