#include "report/json.hpp"

#include "base/time.hpp"
#include "evidence/json/values.hpp"
#include "evidence/json/visit_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace guise::report {

using nlohmann::ordered_json;

namespace {

ordered_json check_json(const judge::Check& check) {
    return {{"check", check.name},
            {"visit", check.visit},
            {"verdict", word(check.verdict)},
            {"expected", check.expected},
            {"observed", check.observed},
            {"clause", check.clauses},
            {"level", word(check.level)},
            {"grade", check.described ? "described" : "plain"}};
}

ordered_json spread_json(const std::vector<judge::SpreadPart>& spread) {
    ordered_json out = ordered_json::array();
    for (const judge::SpreadPart& part : spread) {
        out.push_back({{"verdict", word(part.verdict)}, {"runs", part.runs}});
        if (!part.judged) out.back()["judged"] = false;
        out.back()["sentence"] = part.sentence;
    }
    return out;
}

}  // namespace

std::string json_text(const ordered_json& value, int indent) {
    return value.dump(indent, ' ', false, ordered_json::error_handler_t::replace);
}

ordered_json to_json(const RunStart& record) {
    ordered_json out{{"type", "run.start"},
                     {"schema", schema_version},
                     {"version", record.version},
                     {"catalogue", record.catalogue_digest},
                     {"seed", record.seed},
                     {"now", time_text(record.now)},
                     {"clock_given", record.clock_given},
                     {"cases", record.cases}};
    if (record.repeat > 1) out["repeat"] = record.repeat;
    if (record.compare) out["compare"] = true;
    out["clients"] = ordered_json::array();
    for (const ClientFacts& client : record.clients)
        out["clients"].push_back({{"name", client.name},
                                  {"version", client.version},
                                  {"profile", client.profile},
                                  {"routing", client.routing},
                                  {"missing", client.missing}});
    return out;
}

ordered_json to_json(const CaseRecord& record) {
    ordered_json out{{"type", "case"}, {"session", record.session}};
    evidence::add_id(out, record.id);
    out["profile"] = record.profile;
    out["client_version"] = record.client_version;
    out["title"] = record.title;
    out["area"] = record.area;
    out["severity"] = record.severity;
    out["verdict"] = word(record.judgement.verdict);
    out["disposition"] = word(record.disposition);
    out["sentence"] = record.judgement.sentence;
    if (!record.spread.empty()) out["spread"] = spread_json(record.spread);
    out["seen"] = record.seen ? evidence::to_json(*record.seen) : ordered_json(nullptr);
    out["checks"] = ordered_json::array();
    for (const judge::Check& check : record.judgement.checks) out["checks"].push_back(check_json(check));
    out["known"] = record.known;
    out["contradiction"] = record.contradiction;
    out["repro"] = record.repro;
    out["lasted_ms"] = record.lasted.count();
    return out;
}

ordered_json to_json(const SessionEnd& record) {
    return {{"type", "session.end"},
            {"session", record.session},
            {"client", record.client},
            {"mode", record.mode},
            {"controls", {{"before", record.before}, {"after", record.after}}},
            {"trouble", record.trouble},
            {"skipped", record.skipped}};
}

ordered_json to_json(const RunEnd& record) {
    ordered_json counts = ordered_json::object();
    for (const auto& [verdict, count] : record.counts) counts[verdict] = count;
    return {{"type", "run.end"},
            {"counts", std::move(counts)},
            {"exit", static_cast<int>(record.exit)},
            {"reason", record.reason},
            {"lasted_ms", record.lasted.count()}};
}

}  // namespace guise::report
