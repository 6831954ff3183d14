// The elements of a certificate (RFC 5280 4.1), as they stand in its bytes.
#pragma once

#include "base/bytes.hpp"
#include "base/problem.hpp"

#include <optional>
#include <string>

namespace guise::pki {

/// Views of the certificate's bytes: complete elements, tag and length included, but for the last two.
struct Elements {
    ByteView tbs;      // all that is signed
    ByteView version;  // with its tag [0]; empty where it is left out
    ByteView serial;
    ByteView issuer, validity, subject;
    ByteView key;                        // SubjectPublicKeyInfo
    ByteView rest;                       // unique identifiers and extensions, with their tags
    ByteView algorithm;                  // the one beside the signature
    ByteView signature;                  // its bytes
    std::optional<ByteView> extensions;  // what the tag [3] holds
};

/// Reads the frame of a certificate, and nothing that the elements say. `name` stands in the problem's place.
/// Lifetime: the result looks into `der`. Errors: an element that is missing, another one in its place, or
/// more behind the end.
[[nodiscard]] Result<Elements> read_elements(ByteView der, const std::string& name = {});

/// What an element holds: its bytes behind tag and length. Errors, a broken invariant: what is no element.
[[nodiscard]] ByteView content_of_element(ByteView element);

}  // namespace guise::pki
