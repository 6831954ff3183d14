// Finds a secret in what a client sent, in the forms in which logins carry it.
#pragma once

#include <string>
#include <string_view>

namespace guise::service {

/// Whether `text` holds the secret as it is, or inside a text in base64 (Basic authorization, SASL PLAIN and
/// LOGIN), whatever stands before and after it there; of both alphabets of RFC 4648. Never for an empty
/// secret.
[[nodiscard]] bool holds_secret(std::string_view text, std::string_view secret);

}  // namespace guise::service
