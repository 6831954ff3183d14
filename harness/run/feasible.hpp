// Whether a client can be taken through a scenario, and if not, whose limit it is.
#pragma once

#include "clients/client.hpp"
#include "profile/profile.hpp"
#include "scenario/scenario.hpp"

#include <string>

namespace guise::run {

/// What this version of the harness cannot do of it; empty where it can do it all.
[[nodiscard]] std::string not_supported(const scenario::Scenario& scenario, const clients::Client& client,
                                        const profile::Profile& profile);

/// Which capability the client lacks for it; empty where it lacks none.
[[nodiscard]] std::string not_applicable(const scenario::Scenario& scenario, clients::Reach reach,
                                         const pki::Library& library);

}  // namespace guise::run
