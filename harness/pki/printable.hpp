// Names of certificates as text for people: what a hostile certificate says must not go to a terminal raw.
#pragma once

#include "base/bytes.hpp"

#include <string>
#include <string_view>

namespace guise::pki {

/// The bytes as text. What is no UTF-8, control characters and `\` are written as `\xx`.
[[nodiscard]] std::string printable(ByteView octets);

/// A Name in DER as RFC 4514 text, most special attribute first. Nothing is lost: what has no short form is
/// written as `#hex`, and so is all of a name that cannot be read.
[[nodiscard]] std::string name_text(ByteView name);

/// The value of the most special common name in a text that `name_text` has written, without its escapes; the
/// whole text where there is none. Bytes that are no printable ASCII stay escaped.
[[nodiscard]] std::string common_name(std::string_view name);

/// One GeneralName in DER: `dns:example`, `ip:::1`, `directory:CN=x`, `other:#hex`.
[[nodiscard]] std::string general_name_text(ByteView name);

}  // namespace guise::pki
