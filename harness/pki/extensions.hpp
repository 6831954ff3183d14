// The extensions of a recipe: read from YAML, written as DER.
#pragma once

#include "base/bytes.hpp"
#include "base/problem.hpp"
#include "base/yaml.hpp"
#include "pki/names.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace guise::pki {

struct BasicConstraints {
    bool ca = false;
    std::optional<int> path_length;
};
/// The bits of keyUsage, in the order of RFC 5280 4.2.1.3.
enum class Usage {
    digital_signature,
    content_commitment,
    key_encipherment,
    data_encipherment,
    key_agreement,
    key_cert_sign,
    crl_sign,
    encipher_only,
    decipher_only
};
constexpr auto words(Usage) {
    return std::to_array<std::string_view>({"digital-signature", "content-commitment", "key-encipherment",
                                            "data-encipherment", "key-agreement", "key-cert-sign", "crl-sign",
                                            "encipher-only", "decipher-only"});
}
struct KeyUsage {
    std::set<Usage> bits;
};
struct ExtendedKeyUsage {
    std::vector<Bytes> purposes;  // OBJECT IDENTIFIERs in DER
};
struct SubjectKeyId {};    // of the certificate's own key
struct AuthorityKeyId {};  // of the issuer's key
struct NameConstraints {
    std::vector<GeneralName> permitted, excluded;
};
struct OtherExtension {
    Bytes oid;      // in DER
    Bytes content;  // what the `OCTET STRING` holds
};

struct Extension {
    bool critical = false;
    std::variant<BasicConstraints, KeyUsage, ExtendedKeyUsage, SubjectKeyId, AuthorityKeyId, NameConstraints,
                 OtherExtension>
        content;
};

/// Reads the map `extensions` of a recipe, in its order.
[[nodiscard]] std::vector<Extension> parse_extensions(const yaml::Value& map, Problems& problems);

/// What the two key identifiers say.
struct KeyIdentifiers {
    Bytes subject;
    Bytes issuer;
};

[[nodiscard]] Bytes encode_extension(const Extension& extension, const KeyIdentifiers& identifiers);

/// subjectAltName; critical where there is no subject to identify (RFC 5280 4.2.1.6).
[[nodiscard]] Bytes encode_alternative_names(const std::vector<GeneralName>& names, bool critical);

/// cRLDistributionPoints with one address (RFC 5280 4.2.1.13).
[[nodiscard]] Bytes encode_list_address(std::string_view url);
/// authorityInfoAccess with one responder (RFC 5280 4.2.2.1).
[[nodiscard]] Bytes encode_responder_address(std::string_view url);

}  // namespace guise::pki
