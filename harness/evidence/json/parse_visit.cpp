#include "evidence/json/parse_visit.hpp"

#include "evidence/json/parse_evidence.hpp"
#include "evidence/json/values.hpp"

namespace guise::evidence {

using nlohmann::ordered_json;

namespace {

std::uint8_t alert_number(const std::string& name) {
    for (unsigned number = 0; number < 256; ++number)
        if (tls::alert_name(static_cast<std::uint8_t>(number)) == name)
            return static_cast<std::uint8_t>(number);
    throw std::invalid_argument(fmt::format("'{}' is no alert", name));
}

}  // namespace

Observation parse_seen(const ordered_json& json) {
    Observation out;
    out.outcome = parse_word<Outcome>(json.at("outcome"));
    out.decision = maybe_word<profile::Decision>(json, "decision");
    out.final = maybe_word<profile::Final>(json, "final");
    out.answer = maybe_word<scenario::Answer>(json, "answer");
    if (!json.at("alert").is_null())
        out.alert = tls::Alert{tls::Direction::received, 2, alert_number(json.at("alert")), false, {}};
    out.canary_in_clear = json.at("canary_in_clear");
    out.plain_text = json.value("plain_text", false);
    out.trouble = parse_word<Trouble>(json.at("trouble"));
    out.sentence = json.at("sentence");
    return out;
}

VisitRecord parse_visit(const ordered_json& json) {
    return {json.at("session"),         parse_id(json),           json.at("visit"),
            json.at("control"),         json.value("attempt", 1), parse_evidence(json.at("evidence")),
            parse_seen(json.at("seen"))};
}

}  // namespace guise::evidence
