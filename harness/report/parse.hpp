// Records from JSON: the other half of report/json.hpp.
#pragma once

#include "report/record.hpp"

#include <nlohmann/json_fwd.hpp>

namespace guise::report {

/// Each reads one object of its type. Throws nlohmann's exceptions, or std::invalid_argument for an unknown
/// word.
[[nodiscard]] RunStart parse_run_start(const nlohmann::ordered_json& json);
[[nodiscard]] VisitRecord parse_visit(const nlohmann::ordered_json& json);
[[nodiscard]] CaseRecord parse_case(const nlohmann::ordered_json& json);
[[nodiscard]] SessionEnd parse_session_end(const nlohmann::ordered_json& json);
[[nodiscard]] RunEnd parse_run_end(const nlohmann::ordered_json& json);

/// The octets of what `bytes_json` made.
[[nodiscard]] std::string parse_bytes(const nlohmann::ordered_json& json);
/// What `bytes_list_json` made.
[[nodiscard]] std::vector<std::string> parse_bytes_list(const nlohmann::ordered_json& json);

/// The time that `time_text` wrote. Throws std::invalid_argument where it is none.
[[nodiscard]] std::chrono::sys_seconds parse_time(const nlohmann::ordered_json& json);

}  // namespace guise::report
