// Records from JSON: the other half of report/json.hpp. Those of visits are read by
// evidence/json/parse_visit.hpp.
#pragma once

#include "report/record.hpp"

#include <nlohmann/json_fwd.hpp>

namespace guise::report {

/// Each reads one object of its type. Throws nlohmann's exceptions, or std::invalid_argument for an unknown
/// word.
[[nodiscard]] RunStart parse_run_start(const nlohmann::ordered_json& json);
[[nodiscard]] CaseRecord parse_case(const nlohmann::ordered_json& json);
[[nodiscard]] SessionEnd parse_session_end(const nlohmann::ordered_json& json);
[[nodiscard]] RunEnd parse_run_end(const nlohmann::ordered_json& json);

}  // namespace guise::report
