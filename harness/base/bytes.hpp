// Bytes, and their two usual spellings.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace guise {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// Lower-case hexadecimal digits, two per byte, with `separator` between bytes.
[[nodiscard]] std::string to_hex(ByteView bytes, std::string_view separator = "");

/// Bytes from an even number of hexadecimal digits in either case; nothing for any other text.
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view digits);

/// The bytes of a text, and the text of bytes, unchanged.
[[nodiscard]] inline ByteView as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view as_text(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace guise
