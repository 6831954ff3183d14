// The closed vocabularies of the files and reports, and the one way to read and write their words.
//
// An enum takes part by a function `words(E)` that lists its words in the order of its values:
//
//     enum class Level { may, should, must };
//     constexpr auto words(Level) { return std::to_array<std::string_view>({"may", "should", "must"}); }
#pragma once

#include <array>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>

namespace guise {

/// An enum whose values have words.
template <class E>
concept Word = requires(E e) {
    words(e)[0];
};

/// The word of `value`.
template <Word E>
[[nodiscard]] constexpr std::string_view word(E value) {
    return words(E{})[static_cast<std::size_t>(value)];
}

/// The value whose word is `text`, if there is one.
template <Word E>
[[nodiscard]] constexpr std::optional<E> from_word(std::string_view text) {
    constexpr auto all = words(E{});
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i] == text) return static_cast<E>(i);
    return std::nullopt;
}

/// All words of an enum as a phrase for messages: `one of may, should, must`.
template <Word E>
[[nodiscard]] std::string one_of() {
    std::string out = "one of ";
    bool first = true;
    for (std::string_view each : words(E{})) {
        if (!first) out += ", ";
        out += each;
        first = false;
    }
    return out;
}

/// How binding a clause or a defect is, weakest first (RFC 2119).
enum class Level { may, should, must };
constexpr auto words(Level) { return std::to_array<std::string_view>({"may", "should", "must"}); }

/// Why a certificate does not deserve trust, in a closed set (RFC 5280 section 6, RFC 9525 section 6).
enum class Fault {
    unknown_issuer,    // no path to a trust anchor
    expired,           // a certificate of the path is past its notAfter
    not_yet_valid,     // a certificate of the path is before its notBefore
    wrong_name,        // the reference identifier is not among the presented ones
    bad_signature,     // a signature of the path does not verify
    not_a_ca,          // an issuer is not a CA
    path_length,       // more intermediates than a pathLenConstraint allows
    name_constraint,   // a name outside the permitted, or inside the excluded subtrees
    key_usage,         // keyUsage or extendedKeyUsage does not allow what the certificate is used for
    weak,              // a key or a hash below today's floor
    malformed,         // not what DER or the ASN.1 module allow
    unknown_critical,  // an unknown critical extension
    revoked,           // revoked by its issuer
    policy,            // a rule of the root programmes or of a certificate policy
    no_proof,          // the handshake does not prove that the server holds the leaf's key
    protocol,          // the handshake is not one that the protocol allows
    size               // larger than a client has to take (RFC 8446 section 4.4.2)
};
constexpr auto words(Fault) {
    return std::to_array<std::string_view>({"unknown-issuer", "expired", "not-yet-valid", "wrong-name",
                                            "bad-signature", "not-a-ca", "path-length", "name-constraint",
                                            "key-usage", "weak", "malformed", "unknown-critical", "revoked",
                                            "policy", "no-proof", "protocol", "size"});
}

}  // namespace guise
