// What a client did and said, from JSON: the other half of evidence/json/client_json.hpp.
#pragma once

#include "evidence/client_record.hpp"

#include <nlohmann/json_fwd.hpp>

namespace guise::evidence {

/// Reads what `add_client` added to the evidence of a visit. Throws nlohmann's exceptions.
[[nodiscard]] ClientRecord parse_client(const nlohmann::ordered_json& evidence);

}  // namespace guise::evidence
