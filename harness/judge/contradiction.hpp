// What the client says of itself by its exit code, compared with the wire. The wire decides; a client that
// says otherwise is reported.
#pragma once

#include "evidence/observe.hpp"

#include <string>

namespace guise::judge {

/// How the exit code of a visit contradicts what crossed the wire; empty where it does not, and where the
/// client file does not say what the exit code means.
[[nodiscard]] std::string contradiction(const evidence::Observation& seen);

}  // namespace guise::judge
