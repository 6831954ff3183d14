// A client that dies of a signal after it saw a certificate has neither refused nor accepted it.
#pragma once

#include "judge/visit_checks.hpp"

#include <vector>

namespace guise::judge {

/// Appends the check `crash`, which failed, where the client died of a signal after it saw a certificate and
/// the profile has clauses for that (TL-04). Where it has none, the visit shows no decision, and that is all.
void add_crash_check(const Explained& visit, std::vector<Check>& out);

}  // namespace guise::judge
