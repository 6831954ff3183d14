#include "judge/extra_check.hpp"

#include "base/counted.hpp"
#include "judge/visit_checks.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace guise::judge {

namespace {

Statement alert_statement(const scenario::Expect& expect, const evidence::Observation& seen) {
    const std::string name = seen.alert ? tls::alert_name(seen.alert->description) : "no alert";
    const bool right = std::find(expect.alerts.begin(), expect.alerts.end(), name) != expect.alerts.end();
    return {right, fmt::format("{}", fmt::join(expect.alerts, " or ")), name};
}

Statement count_statement(long expected, long observed, const char* what) {
    return {expected == observed, counted(expected, what), counted(observed, what)};
}

Check extra_check(const scenario::Expect& expect, const char* name, const Statement& statement) {
    Check out;
    out.name = name;
    out.visit = expect.visit;
    out.expected = statement.expected;
    out.observed = statement.observed;
    out.clauses = {expect.clause};
    out.level = expect.level;
    if (!statement.holds) out.verdict = missed(expect.level);
    out.described = !statement.holds && out.verdict == Verdict::pass;
    return out;
}

Check question_count(const scenario::Expect& expect, const evidence::Observation& seen) {
    const auto questions = std::count_if(seen.prompts.begin(), seen.prompts.end(), evidence::is_question);
    Check out = extra_check(expect, "prompts", count_statement(*expect.prompts, questions, "question"));
    if (seen.reports_prompts) return out;
    out.verdict = Verdict::not_applicable;
    out.observed = "no question of this client can reach the harness";
    return out;
}

// Of a client that has none to give nothing can be said.
Check identity_check(const scenario::Expect& expect, const evidence::Observation& seen) {
    const auto text = [](bool given) {
        return given ? "the client's certificate" : "no certificate of the client's";
    };
    return extra_check(
        expect, "client-certificate",
        {*expect.identity == seen.gave_identity, text(*expect.identity), text(seen.gave_identity)});
}

}  // namespace

std::vector<Check> extra_checks(const std::vector<scenario::Expect>& expect, int visit,
                                const evidence::Observation& seen) {
    std::vector<Check> out;
    for (const scenario::Expect& each : expect) {
        if (each.visit != visit) continue;
        if (!each.alerts.empty() && seen.decision == profile::Decision::refuse)
            out.push_back(extra_check(each, "alert", alert_statement(each, seen)));
        if (each.connections)
            out.push_back(extra_check(
                each, "connections",
                count_statement(*each.connections, static_cast<long>(seen.connections), "connection")));
        if (each.heartbeats)
            out.push_back(extra_check(
                each, "heartbeats",
                count_statement(*each.heartbeats, static_cast<long>(seen.heartbeats), "heartbeat")));
        if (each.identity && seen.has_identity) out.push_back(identity_check(each, seen));
        if (each.prompts) out.push_back(question_count(each, seen));
    }
    return out;
}

}  // namespace guise::judge
