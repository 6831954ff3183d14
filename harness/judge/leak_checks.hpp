// What left the client where it was not to go on: its secret, an attempt in plain text.
#pragma once

#include "judge/visit_checks.hpp"

#include <vector>

namespace guise::judge {

/// Appends the checks of a visit that is explained: nothing confidential where the client did not go on,
/// nothing in clear at all, nothing after a `decline`.
void add_leak_checks(const Explained& visit, std::vector<Check>& out);

/// Appends what a visit that nothing explains gave away although no way from any of `standpoints` lets it.
void add_found_leaks(const Explained& visit, const std::vector<Standpoint>& standpoints,
                     std::vector<Check>& out);

}  // namespace guise::judge
