// What a client did and said in one visit, as JSON.
#pragma once

#include "evidence/client_record.hpp"

#include <nlohmann/json_fwd.hpp>

namespace guise::evidence {

/// Adds what is known of the client to the evidence of its visit: `process`, and of questions, events and all
/// else only what there is.
void add_client(nlohmann::ordered_json& evidence, const ClientRecord& client);

[[nodiscard]] nlohmann::ordered_json to_json(const ProcessRecord& process);

}  // namespace guise::evidence
