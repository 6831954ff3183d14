// Compressed data inside a longer text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guise::secrets {

/// What was found unpacked, and how it was packed: `gzip`, `zlib`, `deflate`, `brotli`.
struct Unpacked {
    std::string_view form;
    std::string text;
};

/// What of `text` can be unpacked: gzip (RFC 1952) and zlib (RFC 1950) wherever they begin; deflate (RFC
/// 1951) and brotli (RFC 7932), which have no mark, where the text or the body of an HTTP message in it
/// begins. At most 256 KiB of each, and at most eight places: what goes on, or is broken, is given as far as
/// it came.
[[nodiscard]] std::vector<Unpacked> unpacked(std::string_view text);

}  // namespace guise::secrets
