// The visits that are no connections: what they do to a client's memory and to the clock.
#pragma once

#include "profile/memory.hpp"

#include <vector>

namespace guise::profile {

/// The states that a restart, another mode, a forgotten server or a move of the clock may leave. None for a
/// visit that connects.
[[nodiscard]] std::vector<Possible> after_change(const Profile& profile, const scenario::Visit& visit,
                                                 const Possible& state);

}  // namespace guise::profile
