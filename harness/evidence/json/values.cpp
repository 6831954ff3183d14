#include "evidence/json/values.hpp"

#include "base/time.hpp"
#include "pki/base64.hpp"

namespace guise::evidence {

using nlohmann::ordered_json;

ordered_json bytes_json(const std::string& bytes) {
    try {
        (void)ordered_json(bytes).dump();
        return bytes;
    } catch (const ordered_json::type_error&) {
        return {{"base64", pki::to_base64(as_bytes(bytes))}};
    }
}

ordered_json bytes_list_json(const std::vector<std::string>& list) {
    ordered_json out = ordered_json::array();
    for (const std::string& bytes : list) out.push_back(bytes_json(bytes));
    return out;
}

std::string parse_bytes(const ordered_json& json) {
    if (json.is_string()) return json.get<std::string>();
    const auto bytes = pki::from_base64(json.at("base64").get<std::string>());
    if (!bytes) throw std::invalid_argument("what is no base64");
    return std::string(as_text(*bytes));
}

std::vector<std::string> parse_bytes_list(const ordered_json& json) {
    std::vector<std::string> out;
    for (const ordered_json& bytes : json) out.push_back(parse_bytes(bytes));
    return out;
}

std::chrono::sys_seconds parse_time(const ordered_json& json) {
    const std::string text = json.get<std::string>();
    const auto time = time_of(text);
    if (!time) throw std::invalid_argument(fmt::format("'{}' is no time", text));
    return *time;
}

void add_id(ordered_json& out, const CaseId& id) {
    out["scenario"] = id.scenario.text();
    out["mode"] = id.mode.text();
    out["client"] = id.client.text();
}

CaseId parse_id(const ordered_json& json) {
    const auto text = [&json](const char* name) { return json.at(name).get_ref<const std::string&>(); };
    return {text("scenario"), text("mode"), text("client")};
}

}  // namespace guise::evidence
