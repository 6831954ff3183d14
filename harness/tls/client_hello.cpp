// Reads a ClientHello (RFC 8446 section 4.1.2) independently of BoringSSL's own reading.
//
// BoringSSL tells its callback of a hello before it has looked into most extensions; here all of those that
// say something about the client are read at once, strictly, and everything else is passed over.
#include "tls/client_hello.hpp"

#include <openssl/bytestring.h>

namespace guise::tls {

namespace {

enum : std::uint16_t {
    server_name = 0,
    supported_groups = 10,
    signature_algorithms = 13,
    application_layer_protocol_negotiation = 16,
    session_ticket = 35,
    pre_shared_key = 41,
    supported_versions = 43
};

std::string text_of(const CBS& bytes) {
    return {reinterpret_cast<const char*>(CBS_data(&bytes)), CBS_len(&bytes)};
}

bool read_numbers(CBS list, std::vector<std::uint16_t>& out) {
    out.reserve(CBS_len(&list) / 2);
    while (CBS_len(&list) > 0) {
        std::uint16_t number = 0;
        if (!CBS_get_u16(&list, &number)) return false;
        out.push_back(number);
    }
    return true;
}

bool read_u16_list(CBS data, std::vector<std::uint16_t>& out) {
    CBS list;
    out.clear();
    return CBS_get_u16_length_prefixed(&data, &list) && CBS_len(&data) == 0 && read_numbers(list, out);
}

// RFC 6066 section 3. The first host_name counts; there is no other type of name.
bool read_server_name(CBS data, std::string& out) {
    CBS list;
    if (!CBS_get_u16_length_prefixed(&data, &list) || CBS_len(&data) != 0) return false;
    while (CBS_len(&list) > 0) {
        std::uint8_t type = 0;
        CBS name;
        if (!CBS_get_u8(&list, &type) || !CBS_get_u16_length_prefixed(&list, &name)) return false;
        if (type == 0 && out.empty()) out = text_of(name);
    }
    return true;
}

// RFC 7301 section 3.1.
bool read_alpn(CBS data, std::vector<std::string>& out) {
    CBS list;
    if (!CBS_get_u16_length_prefixed(&data, &list) || CBS_len(&data) != 0) return false;
    while (CBS_len(&list) > 0) {
        CBS name;
        if (!CBS_get_u8_length_prefixed(&list, &name)) return false;
        out.push_back(text_of(name));
    }
    return true;
}

bool read_versions(CBS data, std::vector<std::uint16_t>& out) {
    CBS list;
    out.clear();
    return CBS_get_u8_length_prefixed(&data, &list) && CBS_len(&data) == 0 && read_numbers(list, out);
}

bool read_extension(std::uint16_t type, const CBS& data, ClientHello& hello) {
    switch (type) {
        case server_name:
            return read_server_name(data, hello.server_name);
        case supported_groups:
            return read_u16_list(data, hello.groups);
        case signature_algorithms:
            return read_u16_list(data, hello.signature_schemes);
        case application_layer_protocol_negotiation:
            return read_alpn(data, hello.alpn);
        case session_ticket:  // RFC 5077 section 3.2: empty asks for a ticket, anything else is one
            hello.offers_resumption |= CBS_len(&data) > 0;
            return true;
        case pre_shared_key:
            hello.offers_resumption = true;
            return true;
        case supported_versions:
            return read_versions(data, hello.versions);
        default:
            return true;
    }
}

bool read_extensions(CBS& message, ClientHello& hello) {
    if (CBS_len(&message) == 0) return true;  // RFC 5246 section 7.4.1.2: there may be none
    CBS all;
    if (!CBS_get_u16_length_prefixed(&message, &all) || CBS_len(&message) != 0) return false;
    while (CBS_len(&all) > 0) {
        std::uint16_t type = 0;
        CBS data;
        if (!CBS_get_u16(&all, &type) || !CBS_get_u16_length_prefixed(&all, &data)) return false;
        hello.extensions.push_back(type);
        if (!read_extension(type, data, hello)) return false;
    }
    return true;
}

}  // namespace

std::optional<ClientHello> parse_client_hello(ByteView body) {
    ClientHello hello;
    CBS message, session_id, suites, compression;
    std::uint16_t legacy_version = 0;
    CBS_init(&message, body.data(), body.size());
    if (!CBS_get_u16(&message, &legacy_version) || !CBS_skip(&message, 32) ||  // 32: random
        !CBS_get_u8_length_prefixed(&message, &session_id) ||
        !CBS_get_u16_length_prefixed(&message, &suites) || !read_numbers(suites, hello.cipher_suites) ||
        !CBS_get_u8_length_prefixed(&message, &compression))
        return std::nullopt;
    hello.versions = {legacy_version};
    if (!read_extensions(message, hello)) return std::nullopt;
    return hello;
}

}  // namespace guise::tls
