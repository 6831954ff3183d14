#include "report/parse.hpp"

#include "report/json.hpp"
#include "report/parse_evidence.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <stdexcept>

namespace guise::report {

using nlohmann::ordered_json;

namespace {

CaseId parse_id(const ordered_json& json) {
    return {json.at("scenario"), json.at("mode"), json.at("client")};
}

std::uint8_t alert_number(const std::string& name) {
    for (unsigned number = 0; number < 256; ++number)
        if (tls::alert_name(static_cast<std::uint8_t>(number)) == name)
            return static_cast<std::uint8_t>(number);
    throw std::invalid_argument(fmt::format("'{}' is no alert", name));
}

judge::Observation parse_seen(const ordered_json& json) {
    judge::Observation out;
    out.outcome = parse_word<judge::Outcome>(json.at("outcome"));
    if (!json.at("decision").is_null()) out.decision = parse_word<profile::Decision>(json.at("decision"));
    if (!json.at("alert").is_null())
        out.alert = tls::Alert{tls::Direction::received, 2, alert_number(json.at("alert")), false, {}};
    out.canary_in_clear = json.at("canary_in_clear");
    out.trouble = parse_word<judge::Trouble>(json.at("trouble"));
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

std::chrono::sys_seconds parse_time(const std::string& text) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (std::sscanf(text.c_str(), "%d-%u-%uT%d:%d:%dZ", &year, &month, &day, &hour, &minute, &second) != 6)
        throw std::invalid_argument(fmt::format("'{}' is no time", text));
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                           std::chrono::day(day)};
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second);
}

}  // namespace

std::string parse_bytes(const ordered_json& json) {
    if (json.is_string()) return json.get<std::string>();
    const std::string digits = json.at("base64");
    std::string out;
    std::uint32_t group = 0;
    int bits = 0;
    for (const char c : digits) {
        if (c == '=') break;
        const auto value =
            std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/").find(c);
        if (value == std::string_view::npos) throw std::invalid_argument("what is no base64");
        group = (group << 6 | static_cast<std::uint32_t>(value)) & 0xffffff;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        out += static_cast<char>(group >> bits & 0xff);
    }
    return out;
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
    out.cases = json.at("cases");
    for (const ordered_json& client : json.at("clients"))
        out.clients.push_back({client.at("name"), client.at("version"), client.at("profile"),
                               client.at("reach"), client.at("missing")});
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
    out.session = json.at("session");
    out.id = parse_id(json);
    out.title = json.at("title");
    out.area = json.at("area");
    out.severity = json.at("severity");
    out.profile = json.at("profile");
    out.client_version = json.at("client_version");
    out.judgement.verdict = parse_word<judge::Verdict>(json.at("verdict"));
    out.judgement.sentence = json.at("sentence");
    for (const ordered_json& check : json.at("checks")) out.judgement.checks.push_back(parse_check(check));
    if (!json.at("seen").is_null()) out.seen = parse_seen(json.at("seen"));
    out.disposition = parse_word<judge::Disposition>(json.at("disposition"));
    out.known = json.at("known");
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
