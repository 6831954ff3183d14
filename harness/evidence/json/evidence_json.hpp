// The evidence of a visit as JSON.
#pragma once

#include "evidence/observe.hpp"

#include <nlohmann/json_fwd.hpp>

namespace guise::evidence {

/// Connections, client, canary: everything that the judge reads.
[[nodiscard]] nlohmann::ordered_json to_json(const VisitEvidence& evidence);
[[nodiscard]] nlohmann::ordered_json to_json(const tls::Transcript& connection);

}  // namespace guise::evidence
