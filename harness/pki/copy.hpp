// Copies of certificates with other keys: all that an interceptor can show who has seen a server.
#pragma once

#include "base/problem.hpp"
#include "pki/bundle.hpp"

#include <string>
#include <vector>

namespace guise::pki {

struct ChainCopy {
    Bundle bundle;              // leaf first, up to a root
    std::size_t originals = 0;  // how many of those shown are copied
    bool made_up_root = false;
};

/// Copies the path that begins with the first certificate of `shown` and goes on to issuers, in whatever
/// order they stand: to who made the signature, or else who has the name, until there is none or one signed
/// itself. Each copy has the bytes of serial, names, validity and extensions of its original, a new key of
/// the same kind (of RSA, of as many bits from 1024 to 4096; P-256 for a kind that there is none of), and the
/// signature of the copied issuer, of the same algorithm where its key can make it. Above a path that does
/// not end in a root comes a root that is made up under the missing name. The keys of all but the leaf are
/// gone when this returns. `name` stands in problems. Errors: nothing to copy, or what is no certificate.
[[nodiscard]] Result<ChainCopy> copy_chain(const std::vector<Bytes>& shown, const std::string& name);

}  // namespace guise::pki
