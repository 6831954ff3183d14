// The client's event, compared with the cell that says whether it is expected.
#pragma once

#include "judge/visit_checks.hpp"

namespace guise::judge {

/// Appends the checks of the visit's events. Where no event of the client could have reached the harness they
/// are not applicable.
void add_event_checks(const Explained& visit, std::vector<Check>& out);

}  // namespace guise::judge
