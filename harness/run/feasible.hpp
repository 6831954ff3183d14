// Whether a client can be taken through a scenario, and if not, whose limit it is.
#pragma once

#include "run/participants.hpp"
#include "scenario/scenario.hpp"

#include <string>

namespace guise::run {

/// What this version of the harness cannot do of it; empty where it can do it all.
[[nodiscard]] std::string not_supported(const scenario::Scenario& scenario, const Participant& who);

/// Which capability the client lacks for it; empty where it lacks none. What an adapter can do it says
/// itself, when it has been started.
[[nodiscard]] std::string not_applicable(const scenario::Scenario& scenario, const Participant& who,
                                         const pki::Library& library);

/// Whether its server stalls in the middle of a handshake, so that the client has to wait.
[[nodiscard]] bool stalls(const scenario::Scenario& scenario, const pki::Library& library);

}  // namespace guise::run
