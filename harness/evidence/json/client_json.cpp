#include "evidence/json/client_json.hpp"

#include "evidence/json/values.hpp"

#include <nlohmann/json.hpp>

namespace guise::evidence {

using nlohmann::ordered_json;

namespace {

ordered_json shown_json(const std::map<std::string, std::string>& shown) {
    ordered_json out = ordered_json::object();
    for (const auto& [name, value] : shown) out[name] = bytes_json(value);
    return out;
}

ordered_json prompt_json(const PromptRecord& prompt) {
    return {{"kind", prompt.kind},
            {"shown", shown_json(prompt.shown)},
            {"faults", bytes_list_json(prompt.faults)},
            {"shows_faults", prompt.shows_faults},
            {"choices", prompt.choices},
            {"explicit_trust", prompt.explicit_trust},
            {"answered", prompt.answered},
            {"text", bytes_json(prompt.text)},
            {"at_ms", prompt.at.count()}};
}

ordered_json event_json(const EventRecord& event) {
    return {{"name", bytes_json(event.name)},
            {"server", bytes_json(event.server)},
            {"faults", bytes_list_json(event.faults)},
            {"source", event.source},
            {"at_ms", event.at.count()}};
}

ordered_json claim_json(const Claim& claim) {
    return {{"outcome", claim.outcome}, {"reason", claim.reason}, {"detail", bytes_json(claim.detail)}};
}

}  // namespace

ordered_json to_json(const ProcessRecord& process) {
    ordered_json out{{"argv", bytes_list_json(process.argv)}};
    out["exit_code"] = process.exit_code ? ordered_json(*process.exit_code) : ordered_json(nullptr);
    out["signal"] = process.signal ? ordered_json(*process.signal) : ordered_json(nullptr);
    out["killed"] = process.killed;
    out["start_error"] = process.start_error;
    out["output"] = bytes_json(process.output);
    out["errors"] = bytes_json(process.errors);
    out["lasted_ms"] = process.lasted.count();
    return out;
}

void add_client(ordered_json& evidence, const ClientRecord& client) {
    evidence["process"] = to_json(client.process);
    for (const PromptRecord& prompt : client.prompts) evidence["prompts"].push_back(prompt_json(prompt));
    for (const EventRecord& event : client.events) evidence["events"].push_back(event_json(event));
    if (client.reports_events) evidence["reports_events"] = true;
    if (client.reports_prompts) evidence["reports_prompts"] = true;
    if (client.claim) evidence["claim"] = claim_json(*client.claim);
    if (client.pins) evidence["pins"] = *client.pins;
    if (!client.exit_means.empty()) evidence["exit_means"] = client.exit_means;
    if (!client.outside.empty()) evidence["outside"] = bytes_json(client.outside);
    if (!client.adapter_error.empty()) evidence["adapter_error"] = bytes_json(client.adapter_error);
    if (!client.unsupported.empty()) evidence["unsupported"] = bytes_json(client.unsupported);
}

}  // namespace guise::evidence
