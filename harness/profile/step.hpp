// One visit: what it is owed by a client in one of the states it may be in, and in which it may leave it.
#pragma once

#include "profile/alternative.hpp"

#include <vector>

namespace guise::profile {

/// All the ways that visit `number` (from 1) may go, from `state`.
///
/// Strictly: each decision that the cell owes, with each memory that it may leave. `tolerated`: besides, at a
/// price, what breaks nothing but should-clauses and what overlooks nothing but faults below must; a judge
/// keeps those that explain what it saw, and the cheapest is the verdict. Else such ways are only named, in
/// `Alternative::tolerated`. The scenario must run in the mode (modes_of).
[[nodiscard]] std::vector<Alternative> step(const Subject& subject, FactsSource& facts, int number,
                                            const Possible& state, bool tolerated);

}  // namespace guise::profile
