// Makes the verdicts of a run again from its evidence, by the catalogue and the profiles as they are now.
#pragma once

#include "inputs/run_inputs.hpp"
#include "judge/known.hpp"
#include "report/read_results.hpp"
#include "report/record.hpp"

#include <vector>

namespace guise::run {

/// The results that follow from the visits of `recorded`. Cases without evidence (not run, not applicable)
/// stay as they were recorded. Errors: a scenario, profile or mode that is no longer there.
[[nodiscard]] Result<report::Results> rejudge(const inputs::RunInputs& inputs,
                                              const report::Recorded& recorded,
                                              const std::vector<judge::KnownEntry>& known);

/// The cases whose verdict differs between the two, by id; a case that is in one of them only differs.
[[nodiscard]] std::vector<report::CaseId> differences(const std::vector<report::CaseRecord>& before,
                                                      const std::vector<report::CaseRecord>& after);

}  // namespace guise::run
