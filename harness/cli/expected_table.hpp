// The expected behaviour of every mode in every visit of a scenario, as a table or as JSON.
#pragma once

#include "cli/rows.hpp"
#include "docs/expected.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace guise::cli {

/// A row for each situation of each visit that connects.
[[nodiscard]] Rows expected_rows(const std::vector<docs::ExpectedByMode>& modes,
                                 const profile::ClauseList& clauses);

/// `{scenario, modes: [{profile, mode, control, visits: [{visit, owed: [...]}]}]}`
[[nodiscard]] nlohmann::ordered_json expected_json(const scenario::Scenario& scenario,
                                                   const std::vector<docs::ExpectedByMode>& modes,
                                                   const profile::ClauseList& clauses);

}  // namespace guise::cli
