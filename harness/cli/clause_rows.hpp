// Tables of the clauses: how binding each is, and which scenarios hold a client to it.
#pragma once

#include "cli/rows.hpp"
#include "inputs/run_inputs.hpp"
#include "profile/coverage.hpp"

#include <string>

namespace guise::cli {

/// The coverage of all scenarios by all profiles.
[[nodiscard]] profile::Coverage coverage_of(const inputs::RunInputs& inputs);

/// One row per clause. What covers it is cut short; `uncovered` names the profiles that expect it and have no
/// scenario for it.
[[nodiscard]] Rows clause_rows(const inputs::RunInputs& inputs, const profile::Coverage& coverage);

/// `[{clause, level, source, text, out_of_scope, covered: {profile: [scenario]}, uncovered: [profile]}]`
[[nodiscard]] std::string clauses_json(const inputs::RunInputs& inputs, const profile::Coverage& coverage);

}  // namespace guise::cli
