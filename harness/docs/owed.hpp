// What the modes of profiles owe to a scenario.
#pragma once

#include "profile/coverage.hpp"
#include "profile/derive.hpp"
#include "run/world.hpp"

#include <string>
#include <vector>

namespace guise::docs {

/// What one mode of one profile owes to a scenario.
struct OwedByMode {
    const profile::Profile* profile = nullptr;
    std::string mode;
    const scenario::Scenario* control = nullptr;  // the one that stands in this mode; null for none
    std::vector<profile::OwedInVisit> visits;
};

/// Derives a scenario in every mode of these profiles in which it runs.
[[nodiscard]] std::vector<OwedByMode> owed_by_modes(const run::World& world,
                                                    const scenario::Scenario& scenario,
                                                    const std::vector<const profile::Profile*>& profiles,
                                                    profile::FactsSource& facts);

/// Notes which clauses a scenario is judged by, as `profile::coverage_of` does.
void add_coverage(const scenario::Scenario& scenario, const std::vector<OwedByMode>& modes,
                  profile::Coverage& coverage);

/// How a visit may end: `refused or held`.
[[nodiscard]] std::string finals_text(const profile::Owed& owed);

}  // namespace guise::docs
