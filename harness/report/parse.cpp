#include "report/parse.hpp"

#include "evidence/json/parse_visit.hpp"
#include "evidence/json/values.hpp"
#include "report/json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <stdexcept>

namespace guise::report {

using evidence::parse_id;
using evidence::parse_time;
using evidence::parse_word;
using nlohmann::ordered_json;

namespace {

SharedText shared(const ordered_json& json) { return json.get_ref<const std::string&>(); }

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

judge::SpreadPart parse_part(const ordered_json& json) {
    judge::SpreadPart out{parse_word<judge::Verdict>(json.at("verdict")), json.value("judged", true),
                          json.at("runs"), json.at("sentence")};
    if (out.runs.empty()) throw std::invalid_argument("a part of a spread without runs");
    std::sort(out.runs.begin(), out.runs.end());
    return out;
}

}  // namespace

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
    out.repeat = json.value("repeat", 1);
    out.compare = json.value("compare", false);
    for (const ordered_json& client : json.at("clients"))
        out.clients.push_back({client.at("name"), client.at("version"), client.at("profile"),
                               client.at(client.contains("routing") ? "routing" : "reach"),
                               client.at("missing")});
    return out;
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
    for (const ordered_json& part : json.value("spread", ordered_json::array()))
        out.spread.push_back(parse_part(part));
    if (!json.at("seen").is_null())
        out.seen = std::make_shared<evidence::Observation>(evidence::parse_seen(json.at("seen")));
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
            json.at("trouble"),
            json.value("skipped", false)};
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
