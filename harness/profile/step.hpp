// One visit: what is expected of a client in one of its possible states, and the states that may follow.
#pragma once

#include "profile/alternative.hpp"

#include <vector>

namespace guise::profile {

/// All the ways that visit `number` (from 1) may go, from `state`.
///
/// Strictly: each decision that the cell expects, with each memory that it may leave. `tolerated`: besides,
/// at a price, what breaks only should-clauses and what overlooks only faults below must; a judge keeps those
/// that explain what it saw, and the cheapest is the verdict. Else such ways are only named, in
/// `Alternative::tolerated`. The scenario must run in the mode (modes_of).
[[nodiscard]] std::vector<Alternative> step(const Subject& subject, FactsSource& facts, int number,
                                            const Possible& state, bool tolerated);

}  // namespace guise::profile
