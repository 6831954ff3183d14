// The forms of a compressed certificate (RFC 8879), right and wrong. All are zlib's (RFC 1950), with the
// simplest blocks of RFC 1951, so that no compressor is needed to make them.
#pragma once

#include "base/bytes.hpp"

#include <cstddef>

namespace guise::tls {

/// What is decompressed to `content`: stored blocks.
[[nodiscard]] Bytes zlib_of(ByteView content);
/// What is decompressed to `size` zeros, and takes about a hundred-and-sixtieth of that.
[[nodiscard]] Bytes zlib_of_zeros(std::size_t size);

}  // namespace guise::tls
