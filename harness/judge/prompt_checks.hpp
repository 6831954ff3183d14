// The client's questions to its user, compared with what it was shown and what its profile requires of them.
#pragma once

#include "judge/visit_checks.hpp"

namespace guise::judge {

/// Appends the checks of the visit's questions: true, complete, with explicit trust, one at a time, no way
/// on.
void add_prompt_checks(const Explained& visit, std::vector<Check>& out);

}  // namespace guise::judge
