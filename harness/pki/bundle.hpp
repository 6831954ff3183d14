// `cert.pem` in the form that servers of this family load: a private key and the entire trust chain in one
// file.
#pragma once

#include "base/bytes.hpp"
#include "base/problem.hpp"
#include "pki/keys.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace guise::pki {

/// A key and the chain of its certificate.
struct Bundle {
    Key key;
    std::vector<Bytes> chain;  // DER, leaf first, each signed by the next
};

/// The first private key of a PEM text, of any form that is not encrypted; null where there is none.
[[nodiscard]] Key key_from_pem(std::string_view text);

/// The file's text: the key (PKCS#8), then the chain, leaf first. `name` stands in problems. Errors: a key
/// that PKCS#8 has no place for, which those of the algorithms rsa8192, rsa2048-e1 and rsa2048-long-e are.
[[nodiscard]] Result<std::string> to_pem(const Bundle& bundle, const std::string& name = {});

/// Reads such a file. `name` stands in places, with the line of the block that is wrong.
/// Errors: no key or several, an encrypted key, a key that cannot be read, no certificate, a key of another
/// certificate, a chain out of order, a leaf whose issuer is not in the file.
[[nodiscard]] Result<Bundle> read_bundle(std::string_view text, const std::string& name);

}  // namespace guise::pki
