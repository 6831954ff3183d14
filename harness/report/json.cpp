#include "report/json.hpp"

#include "base/time.hpp"
#include "pki/base64.hpp"
#include "report/evidence_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace guise::report {

using nlohmann::ordered_json;

namespace {

void add_id(ordered_json& out, const CaseId& id) {
    out["scenario"] = id.scenario;
    out["mode"] = id.mode;
    out["client"] = id.client;
}

template <Word E>
ordered_json word_or_null(const std::optional<E>& value) {
    return value ? ordered_json(word(*value)) : ordered_json(nullptr);
}

ordered_json seen_json(const evidence::Observation& seen) {
    ordered_json out{{"outcome", word(seen.outcome)}};
    out["decision"] = word_or_null(seen.decision);
    out["final"] = word_or_null(seen.final);
    if (seen.answer) out["answer"] = word(*seen.answer);
    out["alert"] =
        seen.alert ? ordered_json(tls::alert_name(seen.alert->description)) : ordered_json(nullptr);
    out["canary_in_clear"] = seen.canary_in_clear;
    if (seen.plain_text) out["plain_text"] = true;
    out["trouble"] = word(seen.trouble);
    out["sentence"] = seen.sentence;
    return out;
}

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

}  // namespace

std::string json_text(const ordered_json& value, int indent) {
    return value.dump(indent, ' ', false, ordered_json::error_handler_t::replace);
}

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

ordered_json to_json(const RunStart& record) {
    ordered_json out{{"type", "run.start"},
                     {"schema", schema_version},
                     {"version", record.version},
                     {"catalogue", record.catalogue_digest},
                     {"seed", record.seed},
                     {"now", time_text(record.now)},
                     {"clock_given", record.clock_given},
                     {"cases", record.cases}};
    out["clients"] = ordered_json::array();
    for (const ClientFacts& client : record.clients)
        out["clients"].push_back({{"name", client.name},
                                  {"version", client.version},
                                  {"profile", client.profile},
                                  {"routing", client.routing},
                                  {"missing", client.missing}});
    return out;
}

ordered_json to_json(const VisitRecord& record) {
    ordered_json out{{"type", "visit"}, {"session", record.session}};
    add_id(out, record.id);
    out["visit"] = record.visit;
    out["control"] = record.control;
    out["seen"] = seen_json(record.seen);
    out["evidence"] = to_json(record.evidence);
    return out;
}

ordered_json to_json(const CaseRecord& record) {
    ordered_json out{{"type", "case"}, {"session", record.session}};
    add_id(out, record.id);
    out["profile"] = record.profile;
    out["client_version"] = record.client_version;
    out["title"] = record.title;
    out["area"] = record.area;
    out["severity"] = record.severity;
    out["verdict"] = word(record.judgement.verdict);
    out["disposition"] = word(record.disposition);
    out["sentence"] = record.judgement.sentence;
    out["seen"] = record.seen ? seen_json(*record.seen) : ordered_json(nullptr);
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
            {"trouble", record.trouble}};
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
