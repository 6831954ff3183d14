// The record of a visit, and what was seen in one, as JSON. `evidence.schema.json` beside this file is their
// schema.
#pragma once

#include "evidence/visit_record.hpp"

#include <nlohmann/json_fwd.hpp>

namespace guise::evidence {

[[nodiscard]] nlohmann::ordered_json to_json(const Observation& seen);
[[nodiscard]] nlohmann::ordered_json to_json(const VisitRecord& record);

}  // namespace guise::evidence
