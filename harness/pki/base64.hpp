// Base64 (RFC 4648 section 4).
#pragma once

#include "base/bytes.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace guise::pki {

/// With padding, without line ends.
[[nodiscard]] std::string to_base64(ByteView octets);

/// The bytes of a text with its padding; blanks and line ends are passed over. Nothing for any other text.
[[nodiscard]] std::optional<Bytes> from_base64(std::string_view text);

}  // namespace guise::pki
