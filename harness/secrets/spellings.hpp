// What a secret looks like in those encodings that turn it into another text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guise::secrets {

/// A text that gives the secret back, or lets a guess of it be tested.
struct Spelling {
    std::string how;  // `in base64`, `as its SHA-256` …
    std::string text;
    bool any_case = false;  // `text` is in small letters, and letters of any size are the same
};

/// Base64 of both alphabets, hexadecimal digits, base32, and the secret from its end.
[[nodiscard]] std::vector<Spelling> spellings_of(std::string_view secret);

/// MD5, SHA-1 and SHA-256 of the secret (bytes, hexadecimal digits, base64): alone, and after each of
/// `names` (users, realms) with a colon between them, as logins hash them.
[[nodiscard]] std::vector<Spelling> digests_of(std::string_view secret,
                                               const std::vector<std::string>& names);

/// The secret inside a longer text in base64, of both alphabets of RFC 4648, whatever stands before and after
/// it there: six texts. Nothing needs to be decoded, and it does not matter where the base64 begins.
[[nodiscard]] std::vector<std::string> base64_cores(std::string_view secret);

}  // namespace guise::secrets
