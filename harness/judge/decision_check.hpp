// What the client decided, compared with what was expected.
#pragma once

#include "judge/visit_checks.hpp"

#include <vector>

namespace guise::judge {

/// The checks of a visit that is explained: the decision, and what it did to the memory where that has its
/// price. They come to what the explanation costs.
[[nodiscard]] std::vector<Check> decision_checks(const Explained& visit);

/// The checks of a visit whose evidence does not say what the client decided, or is somebody's fault: nothing
/// is known but a secret that arrived in clear.
[[nodiscard]] std::vector<Check> undecided_checks(const profile::Subject& subject, int number,
                                                  const std::vector<Standpoint>& standpoints,
                                                  const evidence::Observation& seen);

/// The checks of a visit that nothing explains, whatever the client may remember. None of `standpoints` is
/// without a way.
[[nodiscard]] std::vector<Check> unexplained_checks(const profile::Subject& subject, int number,
                                                    const std::vector<Standpoint>& standpoints,
                                                    const evidence::Observation& seen);

}  // namespace guise::judge
