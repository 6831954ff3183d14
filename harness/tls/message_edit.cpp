#include "tls/message_edit.hpp"

#include "tls/messages.hpp"

#include <openssl/bytestring.h>

#include <algorithm>
#include <optional>

namespace guise::tls {

namespace {

constexpr std::size_t message_header_size = 4;
constexpr std::size_t random_end = message_header_size + 2 + 32;  // 2: the version
constexpr std::uint16_t supported_groups_extension = 10;          // RFC 8446
constexpr std::uint16_t first_private_group = 0xFE00;             // RFC 8422: for private use
constexpr std::size_t private_groups = 256;

void put16(Bytes& out, std::size_t value) {
    out.push_back(static_cast<std::uint8_t>(value >> 8));
    out.push_back(static_cast<std::uint8_t>(value));
}

void put24(Bytes& out, std::size_t value) {
    out.push_back(static_cast<std::uint8_t>(value >> 16));
    put16(out, value);
}

void append(Bytes& out, ByteView more) { out.insert(out.end(), more.begin(), more.end()); }

// A message in two parts: what stands before the extensions, and their list without its length.
struct Parts {
    ByteView before;
    ByteView list;
};

std::optional<Parts> parts_of(ByteView message) {
    CBS rest, session_id, list;
    CBS_init(&rest, message.data(), message.size());
    if (message.empty()) return std::nullopt;
    const bool hello = message.front() == server_hello_message;
    if (!CBS_skip(&rest, hello ? random_end : message_header_size)) return std::nullopt;
    if (hello && (!CBS_get_u8_length_prefixed(&rest, &session_id) || !CBS_skip(&rest, 3)))
        return std::nullopt;
    const ByteView before = message.first(message.size() - CBS_len(&rest));
    if (CBS_len(&rest) == 0) return Parts{before, {}};  // TLS 1.2 leaves an empty list out
    if (!CBS_get_u16_length_prefixed(&rest, &list) || CBS_len(&rest) != 0) return std::nullopt;
    return Parts{before, {CBS_data(&list), CBS_len(&list)}};
}

std::uint16_t type_of(ByteView extension) {
    return extension.size() < 2 ? std::uint16_t{0}
                                : static_cast<std::uint16_t>(extension[0] << 8 | extension[1]);
}

// The bytes of one extension in a list, its type and length included; nothing where it is not there.
ByteView find_extension(ByteView list, std::uint16_t wanted) {
    while (list.size() >= 4) {
        const std::size_t size = std::min<std::size_t>(4 + (list[2] << 8 | list[3]), list.size());
        if (type_of(list) == wanted) return list.first(size);
        list = list.subspan(size);
    }
    return {};
}

}  // namespace

Bytes message_of(std::uint8_t type, ByteView body) {
    Bytes out{type};
    put24(out, body.size());
    append(out, body);
    return out;
}

Bytes with_extension(ByteView message, ByteView extension) {
    const auto parts = parts_of(message);
    if (!parts) return {message.begin(), message.end()};
    const ByteView old = find_extension(parts->list, type_of(extension));
    const auto at =
        old.empty() ? parts->list.size() : static_cast<std::size_t>(old.data() - parts->list.data());
    Bytes body(parts->before.begin() + message_header_size, parts->before.end());
    put16(body, parts->list.size() - old.size() + extension.size());
    append(body, parts->list.first(at));
    append(body, parts->list.subspan(at + old.size()));
    append(body, extension);
    return message_of(message.front(), body);
}

std::size_t extension_size(ByteView message, std::uint16_t type) {
    const auto parts = parts_of(message);
    return parts ? find_extension(parts->list, type).size() : 0;
}

Bytes empty_certificate(bool tls13) { return message_of(certificate_message, Bytes(tls13 ? 4 : 3, 0)); }

Bytes without_last_certificate(ByteView message, bool tls13) {
    CBS rest, list, certificate, extensions;
    CBS_init(&rest, message.data(), message.size());
    if (!CBS_skip(&rest, message_header_size + (tls13 ? 1 : 0)) || !CBS_get_u24_length_prefixed(&rest, &list))
        return {message.begin(), message.end()};
    const ByteView all(CBS_data(&list), CBS_len(&list));
    std::size_t kept = 0;
    while (CBS_len(&list) > 0) {
        kept = all.size() - CBS_len(&list);
        if (!CBS_get_u24_length_prefixed(&list, &certificate) ||
            (tls13 && !CBS_get_u16_length_prefixed(&list, &extensions)))
            return {message.begin(), message.end()};
    }
    Bytes body(tls13 ? 1 : 0, 0);
    put24(body, kept);
    append(body, all.first(kept));
    return message_of(certificate_message, body);
}

Bytes without_signature(ByteView message) {
    constexpr std::size_t point_at = message_header_size + 3;  // 3: the type of the curve and its name
    if (message.size() <= point_at || message.size() < point_at + 1 + message[point_at])
        return {message.begin(), message.end()};
    return message_of(
        server_key_exchange_message,
        message.subspan(message_header_size, point_at - message_header_size + 1 + message[point_at]));
}

void set_cipher(std::span<std::uint8_t> message, std::uint16_t suite) {
    if (message.size() <= random_end) return;
    const std::size_t at = random_end + 1 + message[random_end];
    if (message.size() < at + 2) return;
    message[at] = static_cast<std::uint8_t>(suite >> 8);
    message[at + 1] = static_cast<std::uint8_t>(suite);
}

void set_scheme(std::span<std::uint8_t> message, std::uint16_t scheme) {
    if (message.empty()) return;
    const bool exchange = message.front() == server_key_exchange_message;
    const std::size_t at = exchange ? without_signature(message).size() : message_header_size;
    if (message.size() < at + 2) return;
    message[at] = static_cast<std::uint8_t>(scheme >> 8);
    message[at + 1] = static_cast<std::uint8_t>(scheme);
}

Bytes filler_extension(std::size_t size, bool tls13) {
    Bytes out;
    put16(out, tls13 ? supported_groups_extension : point_formats);
    put16(out, size - 4);
    if (!tls13) {
        out.push_back(static_cast<std::uint8_t>(size - 5));
        out.resize(size, 0);  // 0: uncompressed
        return out;
    }
    put16(out, size - 6);
    for (std::size_t i = 0; out.size() < size; ++i) put16(out, first_private_group + i % private_groups);
    return out;
}

}  // namespace guise::tls
