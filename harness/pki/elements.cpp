#include "pki/elements.hpp"

#include "pki/der.hpp"

#include <fmt/format.h>
#include <openssl/bytestring.h>

#include <stdexcept>

namespace guise::pki {

namespace {

bool take(CBS& from, unsigned tag, ByteView& out) {
    CBS element;
    if (!CBS_get_asn1_element(&from, &element, tag)) return false;
    out = der::view(element);
    return true;
}

// What was expected where the bytes stop being a certificate; nothing where they are one.
std::optional<std::string> read_tbs(CBS tbs, Elements& out) {
    constexpr unsigned version = der::context_constructed(0), extensions = der::context_constructed(3);
    CBS content, inner;
    int has_extensions = 0;
    if (!CBS_get_asn1(&tbs, &content, CBS_ASN1_SEQUENCE)) return "the signed part";
    if (CBS_peek_asn1_tag(&content, version) && !take(content, version, out.version)) return "a version";
    if (!take(content, CBS_ASN1_INTEGER, out.serial)) return "a serial number";
    if (!CBS_get_asn1(&content, nullptr, CBS_ASN1_SEQUENCE)) return "a signature algorithm";
    if (!take(content, CBS_ASN1_SEQUENCE, out.issuer)) return "an issuer";
    if (!take(content, CBS_ASN1_SEQUENCE, out.validity)) return "a validity";
    if (!take(content, CBS_ASN1_SEQUENCE, out.subject)) return "a subject";
    if (!take(content, CBS_ASN1_SEQUENCE, out.key)) return "a public key";
    out.rest = der::view(content);
    for (const unsigned unique : {der::context(1), der::context(2)})
        if (!CBS_get_optional_asn1(&content, nullptr, nullptr, unique)) return "a unique identifier";
    if (!CBS_get_optional_asn1(&content, &inner, &has_extensions, extensions)) return "extensions";
    if (has_extensions) out.extensions = der::view(inner);
    return CBS_len(&content) == 0 ? std::nullopt : std::optional<std::string>("the end of the signed part");
}

std::optional<std::string> read_all(ByteView der, Elements& out) {
    CBS in = der::reader(der), content, signature;
    if (!CBS_get_asn1(&in, &content, CBS_ASN1_SEQUENCE)) return "a certificate";
    if (CBS_len(&in) != 0) return "the end of the certificate";
    if (!take(content, CBS_ASN1_SEQUENCE, out.tbs)) return "the signed part";
    if (!take(content, CBS_ASN1_SEQUENCE, out.algorithm)) return "a signature algorithm";
    std::uint8_t unused = 0;
    if (!CBS_get_asn1(&content, &signature, CBS_ASN1_BITSTRING) || !CBS_get_u8(&signature, &unused))
        return "a signature";
    out.signature = der::view(signature);
    if (CBS_len(&content) != 0) return "the end of the certificate";
    return read_tbs(der::reader(out.tbs), out);
}

}  // namespace

Result<Elements> read_elements(ByteView der, const std::string& name) {
    Elements out;
    if (const auto expected = read_all(der, out))
        return Problem{{name, 0, 0}, *expected, fmt::format("other octets (of {})", der.size())};
    return out;
}

ByteView content_of_element(ByteView element) {
    CBS in = der::reader(element), content;
    if (!CBS_get_any_asn1(&in, &content, nullptr)) throw std::logic_error("no element of DER");
    return der::view(content);
}

}  // namespace guise::pki
