// Wrong bytes on purpose: small edits of one part of a certificate, before or after it is signed.
#pragma once

#include "base/bytes.hpp"
#include "base/problem.hpp"
#include "base/words.hpp"
#include "base/yaml.hpp"

#include <vector>

namespace guise::pki {

/// Whether the signature covers what was edited.
enum class When { unsigned_, signed_ };
constexpr auto words(When) { return std::to_array<std::string_view>({"unsigned", "signed"}); }

/// What is edited: complete elements, tag and length included, except for the signature.
enum class Field {
    serial,
    signature_algorithm,  // inside of what is signed
    issuer,
    validity,
    subject,
    public_key,
    extensions,       // with their tag [3]
    tbs,              // all that is signed
    outer_algorithm,  // beside the signature
    signature,        // its value: what the BIT STRING holds
    certificate       // all of it
};
constexpr auto words(Field) {
    return std::to_array<std::string_view>({"serial", "signature-algorithm", "issuer", "validity", "subject",
                                            "public-key", "extensions", "tbs", "outer-algorithm", "signature",
                                            "certificate"});
}

enum class Operation {
    flip_last_bit,
    append,    // the bytes of `hex`
    truncate,  // the last byte goes
    replace    // by the bytes of `hex`
};
constexpr auto words(Operation) {
    return std::to_array<std::string_view>({"flip-last-bit", "append", "truncate", "replace"});
}

struct Edit {
    When when = When::signed_;
    Field field = Field::certificate;
    Operation operation = Operation::flip_last_bit;
    Bytes octets;
};

/// Reads a list of `{when, field, do, hex?}`. Errors: also an edit before signing of what is made after it.
[[nodiscard]] std::vector<Edit> parse_edits(const yaml::Value& list, Problems& problems);

/// Applies those edits that are for this part at this time, in their order.
void apply_edits(Bytes& part, Field field, When when, const std::vector<Edit>& edits);

}  // namespace guise::pki
