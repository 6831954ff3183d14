// Finds a secret in what a client sent, in whatever form gives it back or lets a guess of it be tested
// (TL-03).
#pragma once

#include <string>
#include <string_view>

namespace guise::secrets {

/// How `text` holds the secret, for a sentence: `as it is`, `in base64`, `in hexadecimal digits,
/// percent-encoded`, `as its SHA-256`, `in part` …; empty where it does not, or the secret is empty.
///
/// A secret of fewer than 16 characters, which could stand in other texts by chance, is looked for as it is
/// and in base64 alone. Time grows with the text; a text of 64 KiB without the secret takes some 50 ms.
[[nodiscard]] std::string form_of_secret(std::string_view text, std::string_view secret);

/// Whether `text` holds the secret in the forms in which logins carry it: as it is, or inside a text in
/// base64 (Basic authorization, SASL PLAIN and LOGIN), whatever stands around it there. Never for an empty
/// secret.
[[nodiscard]] bool holds_login_secret(std::string_view text, std::string_view secret);

}  // namespace guise::secrets
