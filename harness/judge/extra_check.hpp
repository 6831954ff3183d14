// What a scenario expects beyond the table, with a clause of its own.
#pragma once

#include "evidence/observe.hpp"
#include "judge/verdict.hpp"
#include "scenario/scenario.hpp"

#include <vector>

namespace guise::judge {

/// The checks of one visit; the alert is asked only of a client that refused.
[[nodiscard]] std::vector<Check> extra_checks(const std::vector<scenario::Expect>& expect, int visit,
                                              const evidence::Observation& seen);

}  // namespace guise::judge
