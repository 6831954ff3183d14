// Certificates as text (RFC 7468).
#pragma once

#include "base/bytes.hpp"
#include "base/problem.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace guise::pki {

/// One CERTIFICATE block, each line ended by a newline. Any bytes.
[[nodiscard]] std::string to_pem(ByteView der);
[[nodiscard]] std::string to_pem(const std::vector<Bytes>& certificates);

/// No text has more certificates, or blocks of another kind.
constexpr std::size_t most_blocks = 1000;

/// The bytes of all CERTIFICATE blocks of a text, in their order; other blocks and text around them are
/// passed over. `name` stands in places. Errors: a block that does not end or is no base64,
/// and more than `most_blocks`.
[[nodiscard]] Result<std::vector<Bytes>> from_pem(std::string_view text, const std::string& name);

}  // namespace guise::pki
