// One certificate, from its recipe to its bytes (RFC 5280 section 4.1).
#pragma once

#include "base/bytes.hpp"
#include "base/problem.hpp"
#include "pki/edits.hpp"
#include "pki/keys.hpp"
#include "pki/recipe.hpp"

#include <openssl/base.h>

#include <chrono>
#include <map>
#include <string>

namespace guise::pki {

/// What a certificate is made of.
struct CertificateParts {
    const Recipe& recipe;
    const PublicKey& key;
    const Recipe& issuer;  // its subject and its key's algorithm; the recipe itself where it signs itself
    const PublicKey& issuer_public;
    EVP_PKEY* issuer_key;
    std::chrono::sys_seconds now;
    const std::vector<Edit>& edits;
    std::map<Channel, std::string> addresses = {};  // where what is said of it can be fetched: URLs
};

/// Makes it. The same parts give another certificate each time, because a serial that the recipe leaves open
/// is random.
///
/// Errors: a time outside of the years 0 to 9999.
[[nodiscard]] Result<Bytes> make_certificate(const CertificateParts& parts);

}  // namespace guise::pki
