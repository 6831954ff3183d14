#include "report/parse.hpp"

#include "base/time.hpp"
#include "pki/base64.hpp"
#include "report/json.hpp"
#include "report/parse_evidence.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <stdexcept>

namespace guise::report {

using nlohmann::ordered_json;

namespace {

SharedText shared(const ordered_json& json) { return json.get_ref<const std::string&>(); }

CaseId parse_id(const ordered_json& json) {
    return {shared(json.at("scenario")), shared(json.at("mode")), shared(json.at("client"))};
}

std::uint8_t alert_number(const std::string& name) {
    for (unsigned number = 0; number < 256; ++number)
        if (tls::alert_name(static_cast<std::uint8_t>(number)) == name)
            return static_cast<std::uint8_t>(number);
    throw std::invalid_argument(fmt::format("'{}' is no alert", name));
}

// The value of a word that may be null or absent.
template <Word E>
std::optional<E> maybe_word(const ordered_json& json, const char* name) {
    const auto found = json.find(name);
    if (found == json.end() || found->is_null()) return std::nullopt;
    return parse_word<E>(*found);
}

evidence::Observation parse_seen(const ordered_json& json) {
    evidence::Observation out;
    out.outcome = parse_word<evidence::Outcome>(json.at("outcome"));
    out.decision = maybe_word<profile::Decision>(json, "decision");
    out.final = maybe_word<profile::Final>(json, "final");
    out.answer = maybe_word<scenario::Answer>(json, "answer");
    if (!json.at("alert").is_null())
        out.alert = tls::Alert{tls::Direction::received, 2, alert_number(json.at("alert")), false, {}};
    out.canary_in_clear = json.at("canary_in_clear");
    out.plain_text = json.value("plain_text", false);
    out.trouble = parse_word<evidence::Trouble>(json.at("trouble"));
    out.sentence = json.at("sentence");
    return out;
}

judge::Check parse_check(const ordered_json& json) {
    return {json.at("check"),
            json.at("visit"),
            parse_word<judge::Verdict>(json.at("verdict")),
            json.at("expected"),
            json.at("observed"),
            json.at("clause"),
            parse_word<Level>(json.at("level")),
            json.at("grade") == "described"};
}

}  // namespace

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

RunStart parse_run_start(const ordered_json& json) {
    if (json.at("schema").get<int>() > schema_version)
        throw std::invalid_argument(
            fmt::format("schema {}, newer than {}", json.at("schema").get<int>(), schema_version));
    RunStart out;
    out.version = json.at("version");
    out.catalogue_digest = json.at("catalogue");
    out.seed = json.at("seed");
    out.now = parse_time(json.at("now"));
    out.clock_given = json.value("clock_given", false);
    out.cases = json.at("cases");
    for (const ordered_json& client : json.at("clients"))
        out.clients.push_back({client.at("name"), client.at("version"), client.at("profile"),
                               client.at(client.contains("routing") ? "routing" : "reach"),
                               client.at("missing")});
    return out;
}

VisitRecord parse_visit(const ordered_json& json) {
    return {json.at("session"),
            parse_id(json),
            json.at("visit"),
            json.at("control"),
            parse_evidence(json.at("evidence")),
            parse_seen(json.at("seen"))};
}

CaseRecord parse_case(const ordered_json& json) {
    CaseRecord out;
    out.session = shared(json.at("session"));
    out.id = parse_id(json);
    out.title = shared(json.at("title"));
    out.area = shared(json.at("area"));
    out.severity = shared(json.at("severity"));
    out.profile = shared(json.at("profile"));
    out.client_version = shared(json.at("client_version"));
    out.judgement.verdict = parse_word<judge::Verdict>(json.at("verdict"));
    out.judgement.sentence = json.at("sentence");
    for (const ordered_json& check : json.at("checks")) out.judgement.checks.push_back(parse_check(check));
    if (!json.at("seen").is_null())
        out.seen = std::make_shared<evidence::Observation>(parse_seen(json.at("seen")));
    out.disposition = parse_word<judge::Disposition>(json.at("disposition"));
    out.known = shared(json.at("known"));
    out.contradiction = json.at("contradiction");
    out.repro = json.at("repro");
    out.lasted = std::chrono::milliseconds(json.at("lasted_ms").get<std::int64_t>());
    return out;
}

SessionEnd parse_session_end(const ordered_json& json) {
    return {json.at("session"),
            json.at("client"),
            json.at("mode"),
            json.at("controls").at("before"),
            json.at("controls").at("after"),
            json.at("trouble")};
}

RunEnd parse_run_end(const ordered_json& json) {
    RunEnd out;
    for (const auto& [verdict, count] : json.at("counts").items()) out.counts[verdict] = count;
    out.exit = static_cast<ExitCode>(json.at("exit").get<int>());
    out.reason = json.at("reason");
    out.lasted = std::chrono::milliseconds(json.at("lasted_ms").get<std::int64_t>());
    return out;
}

}  // namespace guise::report
