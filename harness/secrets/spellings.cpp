#include "secrets/spellings.hpp"

#include "base/ascii.hpp"
#include "base/bytes.hpp"
#include "pki/base64.hpp"
#include "pki/digest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::secrets {

namespace {

std::string url_safe(std::string text) {
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return text;
}

// A secret inside a longer text in base64 looks different by the number of bytes before it, modulo three. Of
// each of the three spellings the characters that depend on the neighbours are left out: here are those that
// six bits of the secret alone decide, when `before` bytes stand before it.
std::string base64_core(std::string_view secret, std::size_t before) {
    std::string text(before, '\0');
    text += secret;
    const std::size_t first = (before * 8 + 5) / 6;
    const std::size_t end = text.size() * 8 / 6;
    return pki::to_base64(as_bytes(text)).substr(first, end - first);
}

// RFC 4648 section 6, as far as whole groups of the secret decide it.
std::string base32(std::string_view secret) {
    constexpr std::string_view digits = "abcdefghijklmnopqrstuvwxyz234567";
    std::string out;
    unsigned bits = 0, held = 0;
    for (const unsigned char octet : secret) {
        held = (held << 8 | octet) & 0xfff;
        for (bits += 8; bits >= 5; bits -= 5) out += digits[held >> (bits - 5) & 31];
    }
    return out;
}

void add_digest(const std::string& how, const Bytes& digest, std::vector<Spelling>& out) {
    std::string base64 = pki::to_base64(digest);
    base64.erase(base64.find_last_not_of('=') + 1);
    out.push_back({how, to_hex(digest), true});
    out.push_back({how, url_safe(base64)});
    out.push_back({how, std::move(base64)});
    out.push_back({how, std::string(as_text(digest))});
}

void add_digests(const std::string& of, const std::string& name, std::vector<Spelling>& out) {
    const std::string with = name.empty() ? "" : fmt::format(" with {}", name);
    add_digest("as its MD5" + with, pki::md5(as_bytes(of)), out);
    add_digest("as its SHA-1" + with, pki::sha1(as_bytes(of)), out);
    add_digest("as its SHA-256" + with, pki::sha256(as_bytes(of)), out);
}

}  // namespace

std::vector<std::string> base64_cores(std::string_view secret) {
    std::vector<std::string> out;
    for (std::size_t before = 0; before < 3; ++before) {
        const std::string core = base64_core(secret, before);
        out.push_back(url_safe(core));
        out.push_back(core);
    }
    return out;
}

std::vector<Spelling> spellings_of(std::string_view secret) {
    std::vector<Spelling> out;
    for (std::string& core : base64_cores(secret)) out.push_back({"in base64", std::move(core)});
    out.push_back({"in hexadecimal digits", to_hex(as_bytes(secret)), true});
    out.push_back({"in base32", base32(secret), true});
    out.push_back({"reversed", lower(std::string(secret.rbegin(), secret.rend())), true});
    return out;
}

std::vector<Spelling> digests_of(std::string_view secret, const std::vector<std::string>& names) {
    const std::string text(secret);
    std::vector<Spelling> out;
    add_digests(text, "", out);
    add_digests(":" + text, "", out);
    add_digests(text + "\n", "", out);
    for (const std::string& user : names) {
        add_digests(fmt::format("{}:{}", user, text), user, out);
        add_digests(fmt::format("{}:{}", text, user), user, out);
        add_digests(user + text, user, out);
        add_digests(text + user, user, out);
        for (const std::string& realm : names)
            if (realm != user)
                add_digests(fmt::format("{}:{}:{}", user, realm, text), fmt::format("{} and {}", user, realm),
                            out);
    }
    return out;
}

}  // namespace guise::secrets
