#include "pki/base64.hpp"

#include <openssl/base64.h>

namespace guise::pki {

std::string to_base64(ByteView octets) {
    std::string out(4 * ((octets.size() + 2) / 3) + 1, '\0');  // BoringSSL ends it by a zero
    out.resize(EVP_EncodeBlock(reinterpret_cast<std::uint8_t*>(out.data()), octets.data(), octets.size()));
    return out;
}

std::optional<Bytes> from_base64(std::string_view text) {
    std::string digits(text);
    std::erase_if(digits, [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; });
    Bytes out(digits.size());
    std::size_t size = 0;
    if (!EVP_DecodeBase64(out.data(), &size, out.size(), as_bytes(digits).data(), digits.size()))
        return std::nullopt;
    out.resize(size);
    return out;
}

}  // namespace guise::pki
