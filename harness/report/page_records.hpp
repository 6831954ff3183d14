// Records as the page wants them: what many have in common apart from what is a case's own.
#pragma once

#include "report/record.hpp"

#include <nlohmann/json_fwd.hpp>

namespace guise::report {

/// The id of the case that a record of results.jsonl is about.
[[nodiscard]] CaseId case_id(const nlohmann::ordered_json& record);

/// A record `case`. The facts of the scenario, and those of the client in its mode, become objects of their
/// own, and the command names the scenario as `{scenario}`: so many cases share them.
[[nodiscard]] nlohmann::ordered_json page_case(const nlohmann::ordered_json& record);

/// A record `visit` without what its case says already, and with its long texts cut short.
[[nodiscard]] nlohmann::ordered_json page_visit(const nlohmann::ordered_json& record);

}  // namespace guise::report
