// Records as JSON, one object each. `results.schema.json` beside this file is their schema; field names are
// never reused. Those of visits are written by evidence/json/visit_json.hpp.
#pragma once

#include "report/record.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace guise::report {

/// The version of the record format: raised when a reader must know.
constexpr int schema_version = 1;

[[nodiscard]] nlohmann::ordered_json to_json(const RunStart& record);
[[nodiscard]] nlohmann::ordered_json to_json(const CaseRecord& record);
[[nodiscard]] nlohmann::ordered_json to_json(const SessionEnd& record);
[[nodiscard]] nlohmann::ordered_json to_json(const RunEnd& record);

/// The text of a value, on one line or indented by `indent` spaces. What is not UTF-8 becomes U+FFFD.
[[nodiscard]] std::string json_text(const nlohmann::ordered_json& value, int indent = -1);

}  // namespace guise::report
