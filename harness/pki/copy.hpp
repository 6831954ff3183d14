// Copies of certificates with other keys: all that an interceptor can show who has seen a server.
#pragma once

#include "base/problem.hpp"
#include "pki/bundle.hpp"

#include <string>
#include <vector>

namespace guise::pki {

/// Copies the path that begins with the first certificate of `shown` and goes on to issuers by name, in
/// whatever order they stand. Each copy has the octets of serial, names, validity and extensions of its
/// original, a new key of the same kind (or the nearest that there is), and the signature of the copied
/// issuer, of the same algorithm where its key can make it. Above a path that does not end in a root comes a
/// root that is made up under the missing name. `name` stands in problems. Errors: nothing to copy, or what
/// is no certificate.
[[nodiscard]] Result<Bundle> copy_chain(const std::vector<Bytes>& shown, const std::string& name);

}  // namespace guise::pki
