// What a client did and said, from JSON: the other half of report/client_json.hpp.
#pragma once

#include "evidence/client_record.hpp"

#include <nlohmann/json_fwd.hpp>

namespace guise::report {

/// Reads what `add_client` added to the evidence of a visit. Throws nlohmann's exceptions.
[[nodiscard]] evidence::ClientRecord parse_client(const nlohmann::ordered_json& evidence);

}  // namespace guise::report
