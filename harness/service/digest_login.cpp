#include "service/digest_login.hpp"

#include "base/ascii.hpp"
#include "pki/digest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace guise::service {

namespace {

using Parameters = std::map<std::string, std::string>;
using Hash = Bytes (*)(ByteView);

// Takes a token off the front of `text`.
std::string token(std::string_view& text) {
    const std::size_t end = std::min(text.find_first_of("=, \t"), text.size());
    const std::string out(text.substr(0, end));
    text.remove_prefix(end);
    return out;
}

// Takes a quoted string off the front of `text`.
std::string quoted(std::string_view& text) {
    std::string out;
    std::size_t at = 1;
    for (; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\' && at + 1 < text.size()) ++at;
        out += text[at];
    }
    text.remove_prefix(std::min(at + 1, text.size()));
    return out;
}

void skip(std::string_view& text, std::string_view what) {
    text.remove_prefix(std::min(text.find_first_not_of(what), text.size()));
}

// `a=b, c="d"`.
Parameters parameters(std::string_view text) {
    Parameters out;
    for (skip(text, ", \t"); !text.empty(); skip(text, ", \t")) {
        const std::string name = lower(token(text));
        skip(text, " \t");
        if (!text.starts_with('=')) return out;
        skip(text, "= \t");
        out[name] = text.starts_with('"') ? quoted(text) : token(text);
    }
    return out;
}

// The hash of an algorithm's name without its `-sess`; null for one that is not known.
Hash hash_named(std::string_view name) {
    if (name.empty() || name == "md5") return pki::md5;
    return name == "sha-256" ? pki::sha256 : Hash(nullptr);
}

// RFC 7616 section 3.4.1; empty for an unknown algorithm.
std::string response_for(Parameters& given, std::string_view method, std::string_view password) {
    constexpr std::string_view session = "-sess";
    std::string algorithm = lower(given["algorithm"]);
    const bool by_session = algorithm.ends_with(session);
    if (by_session) algorithm.resize(algorithm.size() - session.size());
    const Hash made = hash_named(algorithm);
    if (!made) return {};
    const auto hash = [&](const std::string& text) { return to_hex(made(as_bytes(text))); };
    std::string key = hash(fmt::format("{}:{}:{}", given["username"], given["realm"], password));
    if (by_session) key = hash(fmt::format("{}:{}:{}", key, given["nonce"], given["cnonce"]));
    const std::string request = hash(fmt::format("{}:{}", method, given["uri"]));
    const std::string counted =  // RFC 2069 clients name no quality
        given["qop"].empty() ? "" : fmt::format("{}:{}:{}:", given["nc"], given["cnonce"], given["qop"]);
    return hash(fmt::format("{}:{}:{}{}", key, given["nonce"], counted, request));
}

}  // namespace

std::vector<std::string> challenges(const DigestChallenge& challenge, std::string_view nonce) {
    std::vector<std::string> out;
    for (const std::string_view algorithm : {"MD5", "SHA-256"})
        out.push_back(fmt::format(R"(Digest realm="{}", qop="{}", algorithm={}, nonce="{}")", challenge.realm,
                                  challenge.qop, algorithm, nonce));
    return out;
}

bool proves(std::string_view authorization, std::string_view method, std::string_view password) {
    constexpr std::string_view scheme = "digest ";
    if (password.empty() || lower(authorization.substr(0, scheme.size())) != scheme) return false;
    Parameters given = parameters(authorization.substr(scheme.size()));
    const std::string expected = response_for(given, method, password);
    return !expected.empty() && lower(given["response"]) == expected;
}

}  // namespace guise::service
