#include "tls/ja4.hpp"

#include <fmt/format.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace guise::tls {

namespace {

constexpr std::uint16_t server_name_extension = 0;
constexpr std::uint16_t alpn_extension = 16;

// RFC 8701: 0x0a0a, 0x1a1a … 0xfafa mean nothing.
bool is_grease(std::uint16_t value) { return (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 0xff); }

std::vector<std::uint16_t> without_grease(std::vector<std::uint16_t> values) {
    std::erase_if(values, is_grease);
    return values;
}

std::string listed(const std::vector<std::uint16_t>& values) {
    std::string out;
    for (const std::uint16_t value : values) out += fmt::format("{}{:04x}", out.empty() ? "" : ",", value);
    return out;
}

std::string short_hash(const std::string& text) {
    if (text.empty()) return "000000000000";
    std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), digest.data());
    return to_hex(digest).substr(0, 12);
}

std::string version_code(const std::vector<std::uint16_t>& versions) {
    switch (versions.empty() ? 0 : *std::max_element(versions.begin(), versions.end())) {
        case 0x0304:
            return "13";
        case 0x0303:
            return "12";
        case 0x0302:
            return "11";
        case 0x0301:
            return "10";
        case 0x0300:
            return "s3";
        default:
            return "00";
    }
}

// The first and the last character of the first protocol; of its hexadecimal digits where they are no letters
// or digits.
std::string alpn_code(const std::vector<std::string>& alpn) {
    if (alpn.empty() || alpn[0].empty()) return "00";
    const std::string& name = alpn[0];
    const auto plain = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    const std::string shown = plain(name.front()) && plain(name.back()) ? name : to_hex(as_bytes(name));
    return {shown.front(), shown.back()};
}

std::string extensions_text(const ClientHello& hello) {
    std::vector<std::uint16_t> extensions = without_grease(hello.extensions);
    std::erase(extensions, server_name_extension);
    std::erase(extensions, alpn_extension);
    std::sort(extensions.begin(), extensions.end());
    const std::string schemes = listed(without_grease(hello.signature_schemes));
    return listed(extensions) + (schemes.empty() ? "" : "_" + schemes);
}

}  // namespace

std::string ja4(const ClientHello& hello) {
    std::vector<std::uint16_t> suites = without_grease(hello.cipher_suites);
    std::sort(suites.begin(), suites.end());
    const auto extensions = without_grease(hello.extensions);
    const bool named =
        std::find(extensions.begin(), extensions.end(), server_name_extension) != extensions.end();
    return fmt::format("t{}{}{:02}{:02}{}_{}_{}", version_code(without_grease(hello.versions)),
                       named ? 'd' : 'i', std::min<std::size_t>(suites.size(), 99),
                       std::min<std::size_t>(extensions.size(), 99), alpn_code(hello.alpn),
                       short_hash(listed(suites)), short_hash(extensions_text(hello)));
}

}  // namespace guise::tls
