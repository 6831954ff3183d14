// Letters of protocols: ASCII alone, whatever the locale.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace guise {

/// A to Z in small, all else as it is.
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// A letter or a digit.
constexpr bool is_alnum(char c) { return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z'); }

/// As `lower` for each byte.
inline std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) { return lower(c); });
    return out;
}

/// The letters, in small, and the digits of a text: what is left of a name in any spelling.
inline std::string letters_and_digits(std::string_view text) {
    std::string out = lower(text);
    std::erase_if(out, [](char c) { return !is_alnum(c); });
    return out;
}

/// Whether both are the same but for the size of their letters.
inline bool same_but_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(
        a, b, {}, [](char c) { return lower(c); }, [](char c) { return lower(c); });
}

/// A host as it stands before a port: an IPv6 address in brackets (RFC 3986 section 3.2.2).
inline std::string in_url(const std::string& host) {
    return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

}  // namespace guise
