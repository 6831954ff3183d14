// Evidence from JSON: the other half of evidence/json/evidence_json.hpp.
#pragma once

#include "evidence/visit.hpp"

#include <nlohmann/json_fwd.hpp>

namespace guise::evidence {

/// Throws nlohmann's exceptions, or std::invalid_argument for an unknown word.
[[nodiscard]] VisitEvidence parse_evidence(const nlohmann::ordered_json& json);

}  // namespace guise::evidence
