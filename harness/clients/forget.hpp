// Makes a client that keeps what it remembers in files forget it.
#pragma once

#include "clients/launch.hpp"

#include <string>

namespace guise::clients {

/// Removes the files that `forget` of the client file names; what is not there is not missed. Returns what
/// went wrong, or nothing. A path that leads out of the home and the state, by a link for instance, is an
/// error, and removes nothing.
[[nodiscard]] std::string forget_files(const Client& client, const std::string& mode,
                                       const VisitPlace& place);

}  // namespace guise::clients
