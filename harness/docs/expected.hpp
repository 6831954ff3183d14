// The expected behaviour of the modes of profiles in a scenario.
#pragma once

#include "inputs/run_inputs.hpp"
#include "profile/coverage.hpp"
#include "profile/derive.hpp"

#include <string>
#include <vector>

namespace guise::docs {

/// The expected behaviour of one mode of one profile in a scenario.
struct ExpectedByMode {
    const profile::Profile* profile = nullptr;
    std::string mode;
    const scenario::Scenario* control = nullptr;  // the one that stands in this mode; null for none
    std::vector<profile::ExpectedInVisit> visits;
};

/// Derives a scenario in every mode of these profiles in which it runs.
[[nodiscard]] std::vector<ExpectedByMode> expected_by_modes(
    const inputs::RunInputs& inputs, const scenario::Scenario& scenario,
    const std::vector<const profile::Profile*>& profiles, profile::FactsSource& facts);

/// Notes which clauses a scenario is judged by, as `profile::coverage_of` does.
void add_coverage(const scenario::Scenario& scenario, const std::vector<ExpectedByMode>& modes,
                  profile::Coverage& coverage);

/// How a visit may end: `refused or held`.
[[nodiscard]] std::string finals_text(const profile::Expected& owed);

}  // namespace guise::docs
