// What the client says of itself, held against the wire. The wire decides; a client that says otherwise is
// told.
#pragma once

#include "evidence/observe.hpp"

#include <string>

namespace guise::judge {

/// How the exit code of a visit contradicts what crossed the wire; empty where it does not. `accepted` is the
/// session's liveness control: it shows how this client ends when it accepts.
[[nodiscard]] std::string contradiction(const evidence::Observation& accepted,
                                        const evidence::Observation& seen);

}  // namespace guise::judge
