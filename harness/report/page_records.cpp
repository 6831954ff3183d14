#include "report/page_records.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace guise::report {

using nlohmann::ordered_json;

namespace {

constexpr std::size_t longest = 6000;         // bytes of a text that the page shows whole
constexpr std::size_t kept_of_longer = 4000;  // of a longer one; a multiple of 4, for base64

// The command that repeats a case, for any scenario.
std::string template_of(std::string repro, const std::string& scenario) {
    const auto at = repro.find(scenario);
    return at == std::string::npos ? repro : repro.replace(at, scenario.size(), "{scenario}");
}

std::string cut(const std::string& text) {
    std::size_t end = kept_of_longer;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // inside a character
    return fmt::format("{}\n[{} more bytes: see results.jsonl]", text.substr(0, end), text.size() - end);
}

void shorten(ordered_json& value) {
    if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        if (text.size() > longest) value = cut(text);
    } else if (value.is_object() && value.contains("base64")) {
        auto& text = value["base64"].get_ref<std::string&>();
        if (text.size() > longest) text.resize(kept_of_longer);
    } else if (value.is_structured()) {
        for (ordered_json& each : value) shorten(each);
    }
}

}  // namespace

CaseId case_id(const ordered_json& record) {
    const auto name = [&record](const char* field) {
        return SharedText(record.at(field).get_ref<const std::string&>());
    };
    return {name("scenario"), name("mode"), name("client")};
}

ordered_json page_case(const ordered_json& record) {
    ordered_json out{{"scenario",
                      {{"id", record.at("scenario")},
                       {"title", record.at("title")},
                       {"area", record.at("area")},
                       {"severity", record.at("severity")}}},
                     {"column",
                      {{"client", record.at("client")},
                       {"mode", record.at("mode")},
                       {"profile", record.at("profile")},
                       {"version", record.at("client_version")}}}};
    for (const char* field :
         {"verdict", "disposition", "sentence", "checks", "known", "contradiction", "lasted_ms"})
        out[field] = record.at(field);
    if (record.contains("spread")) out["spread"] = record.at("spread");
    out["repro"] = template_of(record.at("repro"), record.at("scenario"));
    return out;
}

ordered_json page_visit(const ordered_json& record) {
    ordered_json out{
        {"visit", record.at("visit")}, {"seen", record.at("seen")}, {"evidence", record.at("evidence")}};
    if (record.contains("attempt")) out["run"] = record.at("attempt");
    shorten(out);
    return out;
}

}  // namespace guise::report
