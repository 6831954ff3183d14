// The routing `nss-wrapper`: Debian's libnss-wrapper by preload, with a hosts file of the case.
#pragma once

#include "clients/routing/routing.hpp"

namespace guise::clients {

/// Leads names by a hosts file, and the home of the user by a passwd file: a client that takes its home from
/// there, not from HOME, has that of its case too.
[[nodiscard]] Routing nss_wrapper_routing();

}  // namespace guise::clients
