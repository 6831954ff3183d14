#include "judge/judge.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::judge {

namespace {

using profile::Decision;
using profile::Expectation;

// What a check that missed something of this level comes to.
Verdict missed(Level level) {
    switch (level) {
        case Level::must:
            return Verdict::fail;
        case Level::should:
            return Verdict::note;
        case Level::may:
            return Verdict::pass;
    }
    return Verdict::fail;
}

std::string decided(const Observation& seen) {
    return seen.decision ? fmt::format("{}: {}", word(*seen.decision), seen.sentence) : seen.sentence;
}

void apply_decision(Check& check, const Expectation& owed, const Observation& seen,
                    const profile::Profile& profile, const profile::Ledger& ledger) {
    const Decision decision = *seen.decision;
    if (owed.cell.decision.contains(decision)) {
        const bool preferred = owed.cell.prefer.empty() || owed.cell.prefer.contains(decision);
        check.verdict = preferred ? Verdict::pass : Verdict::note;
        if (preferred) return;
        check.clauses = owed.cell.prefer_clause;
        check.level = profile.level(check.clauses, ledger);
        return;
    }
    const bool tolerated = owed.tolerated && owed.tolerated->decisions.contains(decision);
    check.level = tolerated ? std::min(check.level, owed.tolerated->level) : check.level;
    check.verdict = missed(check.level);
    check.described = check.verdict == Verdict::pass;
}

Check decision_check(const JudgedVisit& visit, const profile::Profile& profile,
                     const profile::Ledger& ledger) {
    const Expectation& owed = visit.expectation;
    const Observation& seen = visit.seen;
    Check check{"decision",    visit.number,     Verdict::pass, owed.text(),
                decided(seen), owed.cell.clause, owed.level,    false};
    if (seen.trouble == Trouble::environment)
        check.verdict = Verdict::error;
    else if (seen.trouble == Trouble::unsupported)
        check.verdict = Verdict::not_applicable;
    else if (!seen.decision)
        check.verdict = Verdict::inconclusive;
    else
        apply_decision(check, owed, seen, profile, ledger);
    return check;
}

// The canary must not arrive where the client may not go on, and never outside TLS. Where going on costs no
// more than a note, so does the canary.
std::optional<Check> canary_check(const JudgedVisit& visit, const profile::Profile& profile,
                                  const profile::Ledger& ledger) {
    const Expectation& owed = visit.expectation;
    const auto clauses = owed.checks.find("canary");
    const bool may_go_on = owed.cell.decision.contains(Decision::accept) ||
                           (owed.tolerated && owed.tolerated->decisions.contains(Decision::accept));
    if (clauses == owed.checks.end() || (may_go_on && !visit.seen.canary_in_clear)) return std::nullopt;
    const bool leaked = visit.seen.outcome == Outcome::confidential;
    if (!leaked && visit.seen.decision != Decision::refuse) return std::nullopt;
    Check check{"canary",
                visit.number,
                Verdict::pass,
                "nothing confidential sent",
                "nothing confidential arrived",
                clauses->second,
                profile.level(clauses->second, ledger),
                false};
    if (!visit.seen.canary_in_clear) check.level = std::min(check.level, owed.level);
    if (leaked) {
        check.verdict = missed(check.level);
        check.observed = visit.seen.canary_in_clear ? "the canary arrived in clear" : "the canary arrived";
    }
    return check;
}

std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : " or ") + name;
    return out;
}

Check extra_check(const scenario::Expect& expect, const JudgedVisit& visit) {
    Check check{expect.alerts.empty() ? "connections" : "alert",
                visit.number,
                Verdict::pass,
                {},
                {},
                {expect.clause},
                expect.level,
                false};
    bool right = false;
    if (!expect.alerts.empty()) {
        const std::string name =
            visit.seen.alert ? tls::alert_name(visit.seen.alert->description) : "no alert";
        check.expected = joined(expect.alerts);
        check.observed = name;
        right = std::find(expect.alerts.begin(), expect.alerts.end(), name) != expect.alerts.end();
    } else {
        check.expected = fmt::format("{} connections", expect.connections.value_or(0));
        check.observed = fmt::format("{} connections", visit.seen.connections);
        right = static_cast<int>(visit.seen.connections) == expect.connections;
    }
    check.verdict = right ? Verdict::pass : missed(expect.level);
    check.described = !right && check.verdict == Verdict::pass;
    return check;
}

// What a scenario expects beyond the table is asked only of a client that did what the table says.
void add_extra_checks(const JudgedVisit& visit, const std::vector<scenario::Expect>& extra,
                      std::vector<Check>& checks) {
    if (!visit.seen.decision || checks.back().verdict == Verdict::fail) return;
    for (const scenario::Expect& expect : extra) {
        const bool alert = !expect.alerts.empty() && visit.seen.decision == Decision::refuse;
        if (expect.visit == visit.number && (alert || expect.connections))
            checks.push_back(extra_check(expect, visit));
    }
}

std::string control_trouble(const Controls& controls) {
    if (!controls.trouble.empty()) return controls.trouble;
    if (controls.paired_accepted == false)
        return fmt::format("the client did not accept the paired control {}", controls.paired);
    return {};
}

// Without its controls a refusal neither confirms nor contradicts anything.
void apply_controls(const std::vector<JudgedVisit>& visits, const Controls& controls, Judgement& judgement) {
    const std::string trouble = control_trouble(controls);
    const bool refused = std::any_of(visits.begin(), visits.end(), [](const JudgedVisit& visit) {
        return visit.seen.decision == Decision::refuse;
    });
    const bool counts = judgement.verdict == Verdict::pass || judgement.verdict == Verdict::note;
    if (trouble.empty() || !refused || !counts) return;
    judgement.checks.push_back(
        {"control", 1, Verdict::inconclusive, "the controls accepted", trouble, {}, Level::must, false});
}

std::string sentence_of(const Judgement& judgement, const std::vector<JudgedVisit>& visits) {
    const auto decisive =
        std::find_if(judgement.checks.begin(), judgement.checks.end(), [&](const Check& check) {
            return check.verdict == judgement.verdict &&
                   !(check.verdict == Verdict::pass && check.name != "decision");
        });
    if (decisive == judgement.checks.end() || visits.empty()) return "Nothing was judged.";
    if (decisive->name == "control") return fmt::format("Refused, but {}.", decisive->observed);
    const std::string where = visits.size() > 1 ? fmt::format("Visit {}: the", decisive->visit) : "The";
    const auto& visit = *std::find_if(visits.begin(), visits.end(), [&](const JudgedVisit& each) {
        return each.number == decisive->visit;
    });
    if (judgement.verdict == Verdict::pass) return fmt::format("{} client {}.", where, visit.seen.sentence);
    if (decisive->name == "decision")
        return fmt::format("Expected {}; {} client {}.", decisive->expected, where == "The" ? "the" : where,
                           visit.seen.sentence);
    return fmt::format("Expected {}; observed {}.", decisive->expected, decisive->observed);
}

}  // namespace

Judgement judge_case(const std::vector<JudgedVisit>& visits, const std::vector<scenario::Expect>& extra,
                     const Controls& controls, const profile::Profile& profile,
                     const profile::Ledger& ledger) {
    Judgement out;
    for (const JudgedVisit& visit : visits) {
        out.checks.push_back(decision_check(visit, profile, ledger));
        const bool unexplained = out.checks.back().verdict == Verdict::fail;
        add_extra_checks(visit, extra, out.checks);
        if (auto canary = canary_check(visit, profile, ledger)) out.checks.push_back(std::move(*canary));
        if (unexplained) break;  // nothing says what the client remembers by now
    }
    out.verdict = worst(out.checks);
    apply_controls(visits, controls, out);
    out.verdict = worst(out.checks);
    out.sentence = sentence_of(out, visits);
    return out;
}

}  // namespace guise::judge
