#include "pki/inspect.hpp"

#include "pki/der.hpp"
#include "pki/digest.hpp"
#include "pki/elements.hpp"
#include "pki/issuer.hpp"
#include "pki/keys.hpp"
#include "pki/printable.hpp"
#include "pki/signature.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/mem.h>

#include <algorithm>
#include <optional>

namespace guise::pki {

namespace {

std::optional<int> number(std::string_view digits) {
    int out = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        out = out * 10 + (c - '0');
    }
    return out;
}

std::optional<std::chrono::sys_seconds> read_time(CBS& in) {
    using namespace std::chrono;
    CBS content;
    const bool utc = CBS_peek_asn1_tag(&in, CBS_ASN1_UTCTIME);
    if (!CBS_get_asn1(&in, &content, utc ? CBS_ASN1_UTCTIME : CBS_ASN1_GENERALIZEDTIME)) return std::nullopt;
    std::string text(as_text(der::view(content)));
    if (utc) text.insert(0, text >= "5" ? "19" : "20");
    if (text.size() != 15 || text.back() != 'Z') return std::nullopt;
    const auto part = [&](std::size_t at, std::size_t size) { return number(text.substr(at, size)); };
    const auto y = part(0, 4), m = part(4, 2), d = part(6, 2), h = part(8, 2), min = part(10, 2),
               s = part(12, 2);
    if (!y || !m || !d || !h || !min || !s || *h > 23 || *min > 59 || *s > 59) return std::nullopt;
    const year_month_day date(year(*y), month(static_cast<unsigned>(*m)), day(static_cast<unsigned>(*d)));
    if (!date.ok()) return std::nullopt;
    return sys_days(date) + hours(*h) + minutes(*min) + seconds(*s);
}

bool read_validity(ByteView element, CertificateFacts& facts) {
    CBS validity = der::reader(content_of_element(element));
    const auto from = read_time(validity);
    const auto to = read_time(validity);
    if (!from || !to || CBS_len(&validity) != 0) return false;
    facts.not_before = *from;
    facts.not_after = *to;
    return true;
}

// `constraints`: what the `OCTET STRING` of the extension holds.
bool read_basic_constraints(CBS constraints, CertificateFacts& facts) {
    CBS content, ca;
    int said = 0;
    if (!CBS_get_asn1(&constraints, &content, CBS_ASN1_SEQUENCE) ||
        !CBS_get_optional_asn1(&content, &ca, &said, CBS_ASN1_BOOLEAN) || (said && CBS_len(&ca) != 1))
        return false;
    facts.is_ca = said && CBS_data(&ca)[0] != 0;
    return true;
}

bool read_names(CBS names, CertificateFacts& facts) {
    CBS list, name;
    if (!CBS_get_asn1(&names, &list, CBS_ASN1_SEQUENCE)) return false;
    while (CBS_len(&list) != 0) {
        if (!CBS_get_any_asn1_element(&list, &name, nullptr, nullptr)) return false;
        facts.names.push_back(general_name_text(der::view(name)));
    }
    return true;
}

bool read_extension(CBS& list, CertificateFacts& facts) {
    CBS extension, oid, value;
    if (!CBS_get_asn1(&list, &extension, CBS_ASN1_SEQUENCE) ||
        !CBS_get_asn1(&extension, &oid, CBS_ASN1_OBJECT) ||
        !CBS_get_optional_asn1(&extension, nullptr, nullptr, CBS_ASN1_BOOLEAN) ||
        !CBS_get_asn1(&extension, &value, CBS_ASN1_OCTETSTRING))
        return false;
    const std::string id = to_hex(der::view(oid));
    if (id == "551d13") return read_basic_constraints(value, facts);
    if (id == "551d11") return read_names(value, facts);
    return true;
}

bool read_extensions(const Elements& parts, CertificateFacts& facts) {
    if (!parts.extensions) return true;
    CBS wrapped = der::reader(*parts.extensions), list;
    if (!CBS_get_asn1(&wrapped, &list, CBS_ASN1_SEQUENCE) || CBS_len(&wrapped) != 0) return false;
    while (CBS_len(&list) != 0)
        if (!read_extension(list, facts)) return false;
    return true;
}

// The identifier at the start of an AlgorithmIdentifier.
std::string identifier_text(ByteView element) {
    CBS algorithm = der::reader(element), content, oid;
    if (!CBS_get_asn1(&algorithm, &content, CBS_ASN1_SEQUENCE) ||
        !CBS_get_asn1(&content, &oid, CBS_ASN1_OBJECT))
        return "unknown";
    const bssl::UniquePtr<char> dotted(CBS_asn1_oid_to_text(&oid));
    return dotted ? dotted.get() : "unknown";
}

std::string key_text(EVP_PKEY* key, ByteView info) {
    if (!key) return identifier_text(content_of_element(info));
    const int bits = static_cast<int>(EVP_PKEY_bits(key));
    switch (EVP_PKEY_id(key)) {
        case EVP_PKEY_RSA:
            return fmt::format("rsa{}", bits);
        case EVP_PKEY_EC:
            return fmt::format("{}{}", bits == 256 || bits == 384 || bits == 521 ? "p" : "ec", bits);
        case EVP_PKEY_ED25519:
            return std::string(word(Algorithm::ed25519));
        default:
            return identifier_text(content_of_element(info));
    }
}

void read_keys(const Elements& parts, CertificateFacts& facts) {
    const auto key = read_public_key(parts.key);
    const auto algorithm = signature_of_identifier(parts.algorithm);
    facts.key = key_text(key.get(), parts.key);
    facts.signature = algorithm ? std::string(word(*algorithm)) : identifier_text(parts.algorithm);
    facts.self_signed = issued_by(parts, parts);
}

}  // namespace

Result<CertificateFacts> inspect(ByteView der, const std::string& name) {
    const auto parts = read_elements(der, name);
    if (!parts) return parts.error();
    const auto problem = [&](std::string expected) {
        return Problem{{name, 0, 0}, std::move(expected), fmt::format("other octets (of {})", der.size())};
    };
    CertificateFacts facts;
    if (!read_validity(parts->validity, facts)) return problem("a validity of two times");
    if (!read_extensions(*parts, facts)) return problem("readable extensions");
    facts.subject = name_text(parts->subject);
    facts.issuer = name_text(parts->issuer);
    facts.serial = to_hex(content_of_element(parts->serial));
    read_keys(*parts, facts);
    facts.sha1 = to_hex(sha1(der));
    facts.sha256 = to_hex(sha256(der));
    facts.key_sha256 = to_hex(sha256(parts->key));
    return facts;
}

Result<std::vector<CertificateFacts>> inspect_chain(const std::vector<Bytes>& chain,
                                                    const std::string& name) {
    std::vector<CertificateFacts> out;
    for (const Bytes& der : chain) {
        auto facts =
            inspect(der, fmt::format("{}{}certificate {}", name, name.empty() ? "" : " ", out.size() + 1));
        if (!facts) return facts.error();
        out.push_back(std::move(*facts));
    }
    return out;
}

}  // namespace guise::pki
