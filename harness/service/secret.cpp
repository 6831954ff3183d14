// A secret inside a longer text in base64 looks different by the number of octets before it, modulo three.
// Of each of the three spellings the characters that depend on the neighbours are left out, and what remains
// is looked for. Nothing needs to be decoded, and it does not matter where the base64 begins.
#include "service/secret.hpp"

#include "pki/base64.hpp"

#include <algorithm>

namespace guise::service {

namespace {

// The characters that six bits of the secret alone decide, when `before` octets stand before it.
std::string core(std::string_view secret, std::size_t before) {
    std::string text(before, '\0');
    text += secret;
    const std::size_t first = (before * 8 + 5) / 6;
    const std::size_t end = text.size() * 8 / 6;
    return pki::to_base64(as_bytes(text)).substr(first, end - first);
}

std::string url_safe(std::string text) {
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return text;
}

}  // namespace

bool holds_secret(std::string_view text, std::string_view secret) {
    constexpr std::size_t shortest = 6;  // what is shorter could stand in any base64 by chance
    if (secret.empty()) return false;
    if (text.find(secret) != std::string_view::npos) return true;
    if (secret.size() < shortest) return false;
    for (std::size_t before = 0; before < 3; ++before) {
        const std::string wanted = core(secret, before);
        if (text.find(wanted) != std::string_view::npos) return true;
        if (text.find(url_safe(wanted)) != std::string_view::npos) return true;
    }
    return false;
}

}  // namespace guise::service
