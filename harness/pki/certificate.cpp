// The certificate is kept in parts until the end, so that an edit touches exactly one of them, and so that
// what was signed and what is shown can differ: parts that are edited after signing are joined once more.
#include "pki/certificate.hpp"

#include "pki/der.hpp"
#include "pki/forged_curve.hpp"

#include <openssl/rand.h>

#include <array>
#include <stdexcept>

namespace guise::pki {

namespace {

// The elements of TBSCertificate in their order. Version has no edits; the others are named by Field.
struct Tbs {
    Bytes version;
    std::array<Bytes, 7> fields;  // by Field, from serial to extensions

    void edit(When when, const std::vector<Edit>& edits) {
        for (std::size_t i = 0; i < fields.size(); ++i)
            apply_edits(fields[i], static_cast<Field>(i), when, edits);
    }
    [[nodiscard]] Bytes joined(const std::vector<Edit>& edits) const {
        Bytes content = version;
        for (const Bytes& field : fields) content.insert(content.end(), field.begin(), field.end());
        Bytes out = der::element(CBS_ASN1_SEQUENCE, content);
        apply_edits(out, Field::tbs, When::unsigned_, edits);
        return out;
    }
};
static_assert(static_cast<std::size_t>(Field::extensions) == 6);

// Positive, and always of one length, so that two certificates of one recipe differ only in its value.
Bytes random_serial() {
    Bytes octets(16);
    if (!RAND_bytes(octets.data(), octets.size())) throw std::runtime_error("no random octets");
    octets[0] = static_cast<std::uint8_t>((octets[0] & 0x7f) | 0x40);
    return octets;
}

Bytes encode_version(int version) {
    if (version == 1) return {};  // the default is left out
    return der::element(der::context_constructed(0), der::integer(static_cast<std::uint64_t>(version - 1)));
}

Bytes encode_extensions(const CertificateParts& parts) {
    const KeyIdentifiers identifiers{parts.key.identifier, parts.issuer_public.identifier};
    Bytes list;
    for (const Extension& extension : parts.recipe.extensions)
        list = der::join({list, encode_extension(extension, identifiers)});
    if (const auto& names = parts.recipe.names; !names.empty())
        list = der::join({list, encode_alternative_names(names, parts.recipe.subject.empty())});
    for (const auto& [channel, url] : parts.addresses)
        list = der::join(
            {list, channel == Channel::crl ? encode_list_address(url) : encode_responder_address(url)});
    return list.empty() ? Bytes{} : der::element(der::context_constructed(3), der::sequence({list}));
}

Result<Bytes> encode_validity(const CertificateParts& parts) {
    const auto from = der::time(parts.now + parts.recipe.from);
    const auto to = der::time(parts.now + parts.recipe.to);
    if (from && to) return der::sequence({*from, *to});
    return Problem{parts.recipe.issuer.where, "a validity within the years 0 to 9999",
                   "one that cannot be encoded"};
}

}  // namespace

Result<Bytes> make_certificate(const CertificateParts& parts) {
    const Recipe& recipe = parts.recipe;
    const auto algorithm =
        recipe.signature ? recipe.signature->value : default_signature(parts.issuer.algorithm);
    const Bytes identifier = signature_identifier(algorithm);
    const auto validity = encode_validity(parts);
    if (!validity) return validity.error();
    Tbs tbs{encode_version(recipe.version),
            {der::element(CBS_ASN1_INTEGER, recipe.serial ? *recipe.serial : random_serial()), identifier,
             encode_subject(parts.issuer.subject), *validity, encode_subject(recipe.subject), parts.key.info,
             encode_extensions(parts)}};

    tbs.edit(When::unsigned_, parts.edits);
    const Bytes to_sign = tbs.joined(parts.edits);
    Bytes signature = parts.issuer.curve == Curve::forged_generator
                          ? forged_signature(parts.issuer_key, to_sign)
                          : sign(parts.issuer_key, algorithm, to_sign);

    tbs.edit(When::signed_, parts.edits);
    Bytes shown = tbs.joined(parts.edits);
    Bytes outer = identifier;
    apply_edits(shown, Field::tbs, When::signed_, parts.edits);
    apply_edits(outer, Field::outer_algorithm, When::signed_, parts.edits);
    apply_edits(signature, Field::signature, When::signed_, parts.edits);
    Bytes certificate = der::sequence({shown, outer, der::bit_string(signature)});
    apply_edits(certificate, Field::certificate, When::signed_, parts.edits);
    return certificate;
}

}  // namespace guise::pki
