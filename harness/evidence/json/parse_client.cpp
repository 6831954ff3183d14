#include "evidence/json/parse_client.hpp"

#include "evidence/json/values.hpp"

#include <nlohmann/json.hpp>

namespace guise::evidence {

using nlohmann::ordered_json;

namespace {

std::chrono::milliseconds milliseconds(const ordered_json& json) {
    return std::chrono::milliseconds(json.get<std::int64_t>());
}

ProcessRecord parse_process(const ordered_json& json) {
    ProcessRecord out;
    out.argv = parse_bytes_list(json.at("argv"));
    if (!json.at("exit_code").is_null()) out.exit_code = json.at("exit_code").get<int>();
    if (!json.at("signal").is_null()) out.signal = json.at("signal").get<int>();
    out.killed = json.at("killed");
    out.start_error = json.at("start_error");
    out.output = parse_bytes(json.at("output"));
    out.errors = parse_bytes(json.at("errors"));
    out.lasted = milliseconds(json.at("lasted_ms"));
    return out;
}

PromptRecord parse_prompt(const ordered_json& json) {
    PromptRecord out;
    out.kind = json.at("kind");
    for (const auto& [name, value] : json.at("shown").items()) out.shown[name] = parse_bytes(value);
    out.faults = parse_bytes_list(json.at("faults"));
    out.shows_faults = json.at("shows_faults");
    json.at("choices").get_to(out.choices);
    out.explicit_trust = json.at("explicit_trust");
    out.answered = json.at("answered");
    out.text = parse_bytes(json.at("text"));
    out.at = milliseconds(json.at("at_ms"));
    return out;
}

EventRecord parse_event(const ordered_json& json) {
    EventRecord out;
    out.name = parse_bytes(json.at("name"));
    out.server = parse_bytes(json.at("server"));
    out.faults = parse_bytes_list(json.at("faults"));
    out.source = json.at("source");
    out.at = milliseconds(json.at("at_ms"));
    return out;
}

Claim parse_claim(const ordered_json& json) {
    return {json.at("outcome"), json.at("reason"), parse_bytes(json.at("detail"))};
}

// What an absent list holds is nothing.
ordered_json list(const ordered_json& evidence, const char* name) {
    return evidence.value(name, ordered_json::array());
}

std::string text(const ordered_json& evidence, const char* name) {
    return parse_bytes(evidence.value(name, ordered_json("")));
}

}  // namespace

ClientRecord parse_client(const ordered_json& evidence) {
    ClientRecord out;
    out.process = parse_process(evidence.at("process"));
    for (const ordered_json& prompt : list(evidence, "prompts")) out.prompts.push_back(parse_prompt(prompt));
    for (const ordered_json& event : list(evidence, "events")) out.events.push_back(parse_event(event));
    out.reports_events = evidence.value("reports_events", false);
    out.reports_prompts = evidence.value("reports_prompts", false);
    if (evidence.contains("claim")) out.claim = parse_claim(evidence.at("claim"));
    if (evidence.contains("pins")) out.pins = evidence.at("pins").get<std::vector<std::string>>();
    out.exit_means = evidence.value("exit_means", std::string());
    out.outside = text(evidence, "outside");
    out.adapter_error = text(evidence, "adapter_error");
    out.unsupported = text(evidence, "unsupported");
    return out;
}

}  // namespace guise::evidence
