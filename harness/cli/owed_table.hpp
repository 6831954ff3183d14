// What every mode owes to every visit of a scenario, as a table or as JSON.
#pragma once

#include "cli/rows.hpp"
#include "docs/owed.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace guise::cli {

/// A row for each situation of each visit that connects.
[[nodiscard]] Rows owed_rows(const std::vector<docs::OwedByMode>& modes, const profile::Ledger& ledger);

/// `{scenario, modes: [{profile, mode, control, visits: [{visit, owed: [...]}]}]}`
[[nodiscard]] nlohmann::ordered_json owed_json(const scenario::Scenario& scenario,
                                               const std::vector<docs::OwedByMode>& modes,
                                               const profile::Ledger& ledger);

}  // namespace guise::cli
