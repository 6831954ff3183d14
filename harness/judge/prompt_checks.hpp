// What the client asked its user, held against what it had been shown and what its profile asks of questions.
#pragma once

#include "judge/visit_checks.hpp"

namespace guise::judge {

/// Appends the checks of the visit's questions: true, complete, with explicit trust, one at a time, no way
/// on.
void add_prompt_checks(const Explained& visit, std::vector<Check>& out);

}  // namespace guise::judge
