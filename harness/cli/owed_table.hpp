// What every mode owes to every visit of a scenario, as a table or as JSON.
#pragma once

#include "cli/rows.hpp"
#include "profile/derive.hpp"
#include "run/world.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace guise::cli {

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

/// A row for each situation of each visit that connects.
[[nodiscard]] Rows owed_rows(const std::vector<OwedByMode>& modes, const profile::Ledger& ledger);

/// `{scenario, modes: [{profile, mode, control, visits: [{visit, owed: [...]}]}]}`
[[nodiscard]] nlohmann::ordered_json owed_json(const scenario::Scenario& scenario,
                                               const std::vector<OwedByMode>& modes,
                                               const profile::Ledger& ledger);

}  // namespace guise::cli
