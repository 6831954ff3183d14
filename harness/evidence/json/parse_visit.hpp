// The record of a visit, and what was seen in one, from JSON: the other half of evidence/json/visit_json.hpp.
#pragma once

#include "evidence/visit_record.hpp"

#include <nlohmann/json_fwd.hpp>

namespace guise::evidence {

/// Each reads one object of its type. Throws nlohmann's exceptions, or std::invalid_argument for an unknown
/// word.
[[nodiscard]] Observation parse_seen(const nlohmann::ordered_json& json);
[[nodiscard]] VisitRecord parse_visit(const nlohmann::ordered_json& json);

}  // namespace guise::evidence
