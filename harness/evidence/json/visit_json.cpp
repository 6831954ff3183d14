#include "evidence/json/visit_json.hpp"

#include "evidence/json/evidence_json.hpp"
#include "evidence/json/values.hpp"

namespace guise::evidence {

using nlohmann::ordered_json;

ordered_json to_json(const Observation& seen) {
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

ordered_json to_json(const VisitRecord& record) {
    ordered_json out{{"type", "visit"}, {"session", record.session}};
    add_id(out, record.id);
    out["visit"] = record.visit;
    out["control"] = record.control;
    if (record.attempt > 1) out["attempt"] = record.attempt;
    out["seen"] = to_json(record.seen);
    out["evidence"] = to_json(record.evidence);
    return out;
}

}  // namespace guise::evidence
