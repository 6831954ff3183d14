#include "judge/judge.hpp"

#include "judge/extra_check.hpp"
#include "judge/follow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace guise::judge {

namespace {

using profile::Final;

const std::string not_seen = "was not seen";

evidence::Observation unseen() {
    evidence::Observation out;
    out.sentence = not_seen;
    return out;
}

bool connects(const scenario::Visit& visit) {
    return std::holds_alternative<scenario::Connect>(visit.action);
}

std::string control_trouble(const Controls& controls) {
    if (!controls.trouble.empty()) return controls.trouble;
    if (!controls.paired_undone.empty())
        return fmt::format("the paired control {} was not done: {}", controls.paired, controls.paired_undone);
    if (controls.paired_accepted == false)
        return fmt::format("the client did not accept the paired control {}", controls.paired);
    return {};
}

bool ended_refused(const SeenVisits::value_type& visit) {
    return visit.second.final == Final::refused || visit.second.final == Final::held;
}

// Without its controls a refusal neither confirms nor contradicts anything.
void apply_controls(const SeenVisits& visits, const Controls& controls, Judgement& judgement) {
    const std::string trouble = control_trouble(controls);
    const bool refused = std::any_of(visits.begin(), visits.end(), ended_refused);
    const bool counts = judgement.verdict == Verdict::pass || judgement.verdict == Verdict::note;
    if (trouble.empty() || !refused || !counts) return;
    judgement.checks.push_back(
        {"control", 1, Verdict::inconclusive, "the controls accepted", trouble, {}, Level::must, false});
}

// Whether the case ended here, or went on as another one: the client could not do what was asked.
bool cuts_short(const Check& check) {
    static const std::set<std::string_view> ends{"decision", "answer", "swap", "reuse"};
    return check.verdict == Verdict::not_applicable && ends.contains(check.name);
}

// Where a part is judged before, or in another case, the rest does not show all that is expected.
Verdict verdict_of(const std::vector<Check>& checks) {
    const Verdict out = worst(checks);
    const bool cut_short = std::any_of(checks.begin(), checks.end(), &cuts_short);
    return cut_short && (out == Verdict::pass || out == Verdict::note) ? Verdict::not_applicable : out;
}

// The check that the verdict rests on: the last decision where all is well.
const Check* decisive(const Judgement& judgement) {
    const auto& checks = judgement.checks;
    const auto rests_on = [&](const Check& check) {
        if (check.verdict != judgement.verdict) return false;
        if (check.verdict == Verdict::not_applicable) return cuts_short(check);
        return check.verdict != Verdict::pass || check.name == "decision";
    };
    if (judgement.verdict == Verdict::pass) {
        const auto last = std::find_if(checks.rbegin(), checks.rend(), rests_on);
        return last == checks.rend() ? nullptr : &*last;
    }
    const auto first = std::find_if(checks.begin(), checks.end(), rests_on);
    return first == checks.end() ? nullptr : &*first;
}

std::string sentence_of(const Judgement& judgement, const SeenVisits& visits) {
    const Check* check = decisive(judgement);
    if (!check) return "Nothing was judged.";
    if (check->name == "control") return fmt::format("Refused, but {}.", check->observed);
    const auto seen = visits.find(check->visit);
    const std::string client =
        fmt::format("the client {}", seen == visits.end() ? not_seen : seen->second.sentence);
    const std::string in_visit = visits.size() > 1 ? fmt::format("n visit {} ", check->visit) : "";
    if (judgement.verdict == Verdict::pass)
        return fmt::format("{}.", in_visit.empty() ? "T" + client.substr(1) : "I" + in_visit + client);
    if (check->name == "decision" || check->name == "declined")
        return fmt::format("Expected {}; {}{}.", check->expected, in_visit.empty() ? "" : "i" + in_visit,
                           client);
    return fmt::format("{} {}; observed {}.", in_visit.empty() ? "Expected" : "I" + in_visit + "expected",
                       check->expected, check->observed);
}

// All checks, visit after visit.
std::vector<Check> checks_of(const profile::Subject& subject, profile::FactsSource& facts,
                             const SeenVisits& visits, PinChoices& choices) {
    std::vector<Check> extra;
    Follower follower(subject, facts);
    int number = 0;
    for (const scenario::Visit& visit : subject.scenario.visits) {
        ++number;
        if (!connects(visit)) {
            follower.act(number);
            continue;
        }
        const auto found = visits.find(number);
        const evidence::Observation seen = found == visits.end() ? unseen() : found->second;
        if (!follower.connect(number, seen)) break;
        for (Check& check : extra_checks(subject.scenario.expect, number, seen))
            extra.push_back(std::move(check));
    }
    choices = follower.choices();
    std::vector<Check> out = follower.checks();
    out.insert(out.end(), extra.begin(), extra.end());
    std::stable_sort(out.begin(), out.end(),
                     [](const Check& one, const Check& other) { return one.visit < other.visit; });
    return out;
}

// Whether the client goes on over a connection that is there, or by its control would: else nothing was
// shown.
void apply_reuse(const profile::Subject& subject, const SeenVisits& visits, const Controls& controls,
                 Judgement& judgement) {
    if (!subject.scenario.keeps_connections || controls.reused || reuses_connections(visits)) return;
    if (judgement.checks.empty()) return;
    judgement.checks.push_back({"reuse",
                                visits.rbegin()->first,
                                Verdict::not_applicable,
                                "a client that goes on over a connection that is open",
                                "a connection of its own for each visit",
                                {},
                                Level::must,
                                false});
}

}  // namespace

bool reuses_connections(const SeenVisits& visits) {
    return std::ranges::any_of(visits, [](const auto& visit) { return visit.second.carried_from > 0; });
}

Judgement judge_case(const profile::Subject& subject, profile::FactsSource& facts, const SeenVisits& visits,
                     const Controls& controls) {
    Judgement out;
    if (!visits.empty()) out.checks = checks_of(subject, facts, visits, out.choices);
    apply_reuse(subject, visits, controls, out);
    out.verdict = verdict_of(out.checks);
    apply_controls(visits, controls, out);
    out.verdict = verdict_of(out.checks);
    out.sentence = sentence_of(out, visits);
    return out;
}

void add_finding(Judgement& judgement, const SeenVisits& visits, Check finding) {
    judgement.checks.push_back(std::move(finding));
    const Verdict before = std::exchange(judgement.verdict, verdict_of(judgement.checks));
    if (judgement.verdict != before) judgement.sentence = sentence_of(judgement, visits);
}

void call_luck(Judgement& judgement, const std::string& why) {
    if (judgement.verdict != Verdict::pass && judgement.verdict != Verdict::note) return;
    judgement.checks.push_back(
        {"inconsistent", 1, Verdict::inconclusive, "the same in every refusal", why, {}, Level::must, false});
    judgement.verdict = verdict_of(judgement.checks);
    judgement.sentence = fmt::format("Refused, but {}.", why);
}

}  // namespace guise::judge
