// Records as JSON, one object each. `results.schema.json` beside this file is their schema; field names are
// never reused.
#pragma once

#include "report/record.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace guise::report {

/// The version of the record format: raised when a reader must know.
constexpr int schema_version = 1;

[[nodiscard]] nlohmann::ordered_json to_json(const RunStart& record);
[[nodiscard]] nlohmann::ordered_json to_json(const VisitRecord& record);
[[nodiscard]] nlohmann::ordered_json to_json(const CaseRecord& record);
[[nodiscard]] nlohmann::ordered_json to_json(const SessionEnd& record);
[[nodiscard]] nlohmann::ordered_json to_json(const RunEnd& record);

/// The text of a value, on one line or indented by `indent` spaces. What is not UTF-8 becomes U+FFFD.
[[nodiscard]] std::string json_text(const nlohmann::ordered_json& value, int indent = -1);

/// A text as JSON: itself where it is UTF-8, `{"base64": …}` where it is not. Nothing of a client's bytes is
/// lost.
[[nodiscard]] nlohmann::ordered_json bytes_json(const std::string& bytes);
/// A list of them.
[[nodiscard]] nlohmann::ordered_json bytes_list_json(const std::vector<std::string>& list);

}  // namespace guise::report
