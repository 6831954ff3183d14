// DER, built from the inside out: each function returns one complete element.
//
// Lengths are always minimal; other forms are made by edits of the finished bytes (pki/edits.hpp).
// The functions fail only when memory does, except where they return an optional.
#pragma once

#include "base/bytes.hpp"

#include <openssl/bytestring.h>

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace guise::pki::der {

/// The tag `[number]` of a context, primitive or constructed.
[[nodiscard]] constexpr unsigned context(unsigned number) { return CBS_ASN1_CONTEXT_SPECIFIC | number; }
[[nodiscard]] constexpr unsigned context_constructed(unsigned number) {
    return context(number) | CBS_ASN1_CONSTRUCTED;
}

/// A reader of bytes from their beginning, and the bytes that it has not read.
[[nodiscard]] inline CBS reader(ByteView octets) {
    CBS cbs;
    CBS_init(&cbs, octets.data(), octets.size());
    return cbs;
}
[[nodiscard]] inline ByteView view(const CBS& cbs) { return {CBS_data(&cbs), CBS_len(&cbs)}; }

[[nodiscard]] Bytes join(std::initializer_list<ByteView> parts);
[[nodiscard]] Bytes element(unsigned tag, ByteView content);
[[nodiscard]] Bytes sequence(std::initializer_list<ByteView> parts);

[[nodiscard]] Bytes integer(std::uint64_t value);
[[nodiscard]] Bytes enumerated(std::uint8_t value);
[[nodiscard]] Bytes boolean_true();
/// BIT STRING of whole bytes.
[[nodiscard]] Bytes bit_string(ByteView octets);
/// BIT STRING of a named bit list: bit 0 is the first, trailing zero bits are left out (X.690 11.2.2).
[[nodiscard]] Bytes named_bits(std::uint32_t bits);

/// OBJECT IDENTIFIER; nothing where `dotted` is none.
[[nodiscard]] std::optional<Bytes> oid(std::string_view dotted);

/// A Time: UTCTime from 1950 to 2049, GeneralizedTime else (RFC 5280 4.1.2.5). Nothing outside of the years
/// 0 to 9999, which have no encoding.
[[nodiscard]] std::optional<Bytes> time(std::chrono::sys_seconds when);
/// A GeneralizedTime, whatever the year; nothing outside of the years 0 to 9999.
[[nodiscard]] std::optional<Bytes> generalized_time(std::chrono::sys_seconds when);

}  // namespace guise::pki::der
