#include "pki/der.hpp"

#include <fmt/format.h>
#include <openssl/mem.h>

#include <bit>
#include <new>

namespace guise::pki::der {

namespace {

// Runs `add` on a fresh builder and returns what it wrote; nothing where it refused.
template <class Add>
std::optional<Bytes> built(Add add) {
    bssl::ScopedCBB cbb;
    if (!CBB_init(cbb.get(), 64)) throw std::bad_alloc();
    std::uint8_t* data = nullptr;
    std::size_t size = 0;
    if (!add(cbb.get()) || !CBB_finish(cbb.get(), &data, &size)) return std::nullopt;
    const bssl::UniquePtr<std::uint8_t> owner(data);
    return Bytes(data, data + size);
}

Bytes must(std::optional<Bytes> bytes) {
    if (!bytes) throw std::bad_alloc();
    return std::move(*bytes);
}

// YYYYMMDDHHMMSSZ.
std::optional<std::string> digits_of(std::chrono::sys_seconds when) {
    using namespace std::chrono;
    if (when < sys_days(year(0) / 1 / 1) || when >= sys_days(year(10000) / 1 / 1)) return std::nullopt;
    const auto day = floor<days>(when);
    const year_month_day date(day);
    const hh_mm_ss clock(when - day);
    return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace

Bytes join(std::initializer_list<ByteView> parts) {
    Bytes out;
    for (const ByteView part : parts) out.insert(out.end(), part.begin(), part.end());
    return out;
}

Bytes element(unsigned tag, ByteView content) {
    return must(built([&](CBB* out) {
        CBB child;
        return CBB_add_asn1(out, &child, tag) && CBB_add_bytes(&child, content.data(), content.size()) &&
               CBB_flush(out);
    }));
}

Bytes sequence(std::initializer_list<ByteView> parts) { return element(CBS_ASN1_SEQUENCE, join(parts)); }

Bytes integer(std::uint64_t value) {
    return must(built([&](CBB* out) { return CBB_add_asn1_uint64(out, value); }));
}

Bytes enumerated(std::uint8_t value) { return element(CBS_ASN1_ENUMERATED, Bytes{value}); }

Bytes boolean_true() { return element(CBS_ASN1_BOOLEAN, Bytes{0xff}); }

Bytes bit_string(ByteView octets) {
    const Bytes none_unused{0};
    return element(CBS_ASN1_BITSTRING, join({none_unused, octets}));
}

Bytes named_bits(std::uint32_t bits) {
    Bytes content{0};
    for (unsigned bit = 0; bits >> bit != 0; ++bit) {
        if (bit % 8 == 0) content.push_back(0);
        if (bits >> bit & 1) content.back() |= static_cast<std::uint8_t>(0x80 >> bit % 8);
    }
    if (content.size() > 1) content[0] = static_cast<std::uint8_t>(std::countr_zero(content.back()));
    return element(CBS_ASN1_BITSTRING, content);
}

std::optional<Bytes> oid(std::string_view dotted) {
    return built([&](CBB* out) {
        CBB child;
        return CBB_add_asn1(out, &child, CBS_ASN1_OBJECT) &&
               CBB_add_asn1_oid_from_text(&child, dotted.data(), dotted.size()) && CBB_flush(out);
    });
}

std::optional<Bytes> time(std::chrono::sys_seconds when) {
    const auto digits = digits_of(when);
    if (!digits) return std::nullopt;
    const bool utc = *digits >= "1950" && *digits < "2050";
    if (!utc) return element(CBS_ASN1_GENERALIZEDTIME, as_bytes(*digits));
    return element(CBS_ASN1_UTCTIME, as_bytes(std::string_view(*digits).substr(2)));
}

std::optional<Bytes> generalized_time(std::chrono::sys_seconds when) {
    const auto digits = digits_of(when);
    if (!digits) return std::nullopt;
    return element(CBS_ASN1_GENERALIZEDTIME, as_bytes(*digits));
}

}  // namespace guise::pki::der
