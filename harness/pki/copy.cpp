// A copy is a certificate of an empty recipe, into which the bytes of the original are edited.
#include "pki/copy.hpp"

#include "pki/certificate.hpp"
#include "pki/der.hpp"
#include "pki/edits.hpp"
#include "pki/elements.hpp"
#include "pki/inspect.hpp"
#include "pki/issuer.hpp"

#include <algorithm>

namespace guise::pki {

namespace {

struct Original {
    ByteView der;
    Elements parts;
    CertificateFacts facts;

    [[nodiscard]] bool is_self_issued() const { return same_name(parts.issuer, parts.subject); }
};

struct Copy {
    explicit Copy(Algorithm algorithm) : key(make_key(algorithm)), shown(key.get(), algorithm) {
        recipe.algorithm = algorithm;
    }
    Recipe recipe;
    Key key;
    PublicKey shown;
    std::vector<Edit> edits{};
};

// RSA keys and signatures, of identifiers that the library may not know (RFC 8017 appendix A.2).
constexpr std::string_view pkcs1 = "1.2.840.113549.1.1.";

// Of an RSA key, also of one that the library does not take for a key.
std::size_t modulus_bits(ByteView info) {
    CBS in = der::reader(info), spki, text, key, modulus;
    std::uint8_t unused = 0;
    if (!CBS_get_asn1(&in, &spki, CBS_ASN1_SEQUENCE) || !CBS_get_asn1(&spki, nullptr, CBS_ASN1_SEQUENCE) ||
        !CBS_get_asn1(&spki, &text, CBS_ASN1_BITSTRING) || !CBS_get_u8(&text, &unused) ||
        !CBS_get_asn1(&text, &key, CBS_ASN1_SEQUENCE) || !CBS_get_asn1(&key, &modulus, CBS_ASN1_INTEGER))
        return 2048;
    while (CBS_len(&modulus) != 0 && *CBS_data(&modulus) == 0) CBS_skip(&modulus, 1);
    return 8 * CBS_len(&modulus);
}

// 512 bits have no room for most signatures, and no file has room for our keys of 8192 (see pki/keys.cpp).
Algorithm kind_of_key(const Original& original) {
    const std::string& said = original.facts.key;
    if (!said.starts_with("rsa") && !said.starts_with(pkcs1))
        return from_word<Algorithm>(said).value_or(Algorithm::p256);
    const std::size_t bits = modulus_bits(original.parts.key);
    return bits <= 1024   ? Algorithm::rsa1024
           : bits <= 2048 ? Algorithm::rsa2048
           : bits <= 3072 ? Algorithm::rsa3072
                          : Algorithm::rsa4096;
}

// Of an issuer that was not shown: what makes such a signature.
Algorithm kind_of_issuer(const CertificateFacts& signed_by_it) {
    const auto signature = from_word<SignatureAlgorithm>(signed_by_it.signature);
    for (const Algorithm usual :
         {Algorithm::p384, Algorithm::p521, Algorithm::p256, Algorithm::rsa2048, Algorithm::ed25519})
        if (signature == default_signature(usual)) return usual;
    const bool is_rsa =
        signature ? fits(*signature, Algorithm::rsa2048) : signed_by_it.signature.starts_with(pkcs1);
    return is_rsa ? Algorithm::rsa2048 : Algorithm::p256;
}

// What says no version is copied as version 3.
int version_of(const Elements& parts) {
    if (parts.version.empty()) return 1;
    CBS number = der::reader(content_of_element(parts.version));
    std::uint64_t version = 2;
    if (!CBS_get_asn1_uint64(&number, &version) || version > 127) version = 2;
    return static_cast<int>(version) + 1;
}

Edit put(Field field, ByteView octets) {
    return {When::unsigned_, field, Operation::replace, {octets.begin(), octets.end()}};
}

Copy copy_of(const Original& original) {
    Copy out(kind_of_key(original));
    const Elements& parts = original.parts;
    out.recipe.version = version_of(parts);
    out.edits = {put(Field::serial, parts.serial), put(Field::issuer, parts.issuer),
                 put(Field::validity, parts.validity), put(Field::subject, parts.subject),
                 put(Field::extensions, parts.rest)};
    return out;
}

// Valid as long as what it has signed, and with no more in it than a CA needs: no key identifier, which could
// be another than the one that it is called by.
Copy made_up_root(const Original& below) {
    static const Bytes ca_and_its_usage =
        from_hex("a3233021300f0603551d130101ff040530030101ff300e0603551d0f0101ff040403020106").value();
    Copy out(kind_of_issuer(below.facts));
    out.edits = {put(Field::issuer, below.parts.issuer), put(Field::validity, below.parts.validity),
                 put(Field::subject, below.parts.issuer), put(Field::extensions, ca_and_its_usage)};
    return out;
}

using Originals = std::vector<Original>;

Originals::iterator issuer_of(const Original& below, Originals& others) {
    const auto found = std::ranges::find_if(
        others, [&](const Original& each) { return issued_by(below.parts, each.parts); });
    if (found != others.end()) return found;
    return std::ranges::find_if(
        others, [&](const Original& each) { return same_name(each.parts.subject, below.parts.issuer); });
}

// From the first upwards; each certificate comes once at the most.
Originals path_of(Originals shown) {
    Originals out;
    for (auto next = shown.begin(); next != shown.end(); next = issuer_of(out.back(), shown)) {
        out.push_back(std::move(*next));
        std::erase_if(shown,
                      [&](const Original& each) { return std::ranges::equal(each.der, out.back().der); });
        if (out.back().facts.self_signed) break;
    }
    return out;
}

Result<Originals> read_originals(const std::vector<Bytes>& shown, const std::string& name) {
    if (shown.empty()) return Problem{{name, 0, 0}, "a certificate to copy", "none"};
    auto facts = inspect_chain(shown, name);
    if (!facts) return facts.error();
    Originals out;
    for (std::size_t i = 0; i < shown.size(); ++i)
        out.push_back({shown[i], read_elements(shown[i]).value(), std::move((*facts)[i])});
    return out;
}

// The same signature as the original's, where the new key of its issuer can make it.
void sign_as(const CertificateFacts& original, const Copy& issuer, Recipe& recipe) {
    const auto signature = from_word<SignatureAlgorithm>(original.signature);
    if (signature && fits(*signature, issuer.recipe.algorithm)) recipe.signature = {*signature, {}};
}

}  // namespace

Result<ChainCopy> copy_chain(const std::vector<Bytes>& shown, const std::string& name) {
    auto originals = read_originals(shown, name);
    if (!originals) return originals.error();
    const Originals path = path_of(std::move(*originals));
    std::vector<Copy> copies;
    for (const Original& each : path) copies.push_back(copy_of(each));
    ChainCopy out{{copies.front().key, {}}, path.size(), !path.back().is_self_issued()};
    if (out.made_up_root) copies.push_back(made_up_root(path.back()));
    for (std::size_t i = 0; i < copies.size(); ++i) {
        Copy& subject = copies[i];
        const Copy& issuer = copies[std::min(i + 1, copies.size() - 1)];
        if (i < path.size()) sign_as(path[i].facts, issuer, subject.recipe);
        auto der = make_certificate({subject.recipe,
                                     subject.shown,
                                     issuer.recipe,
                                     issuer.shown,
                                     issuer.key.get(),
                                     {},
                                     subject.edits});
        if (!der) return der.error();
        out.bundle.chain.push_back(std::move(*der));
    }
    return out;
}

}  // namespace guise::pki
