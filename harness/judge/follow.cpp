#include "judge/follow.hpp"

#include "judge/crash_check.hpp"
#include "judge/decision_check.hpp"
#include "judge/event_checks.hpp"
#include "judge/leak_checks.hpp"
#include "judge/prompt_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace guise::judge {

namespace {

using profile::Alternative;
using profile::Final;

// How many memories are kept after a visit. No scenario leaves more than a handful.
constexpr std::size_t most_explanations = 64;

// What an explanation costs: fails first, then notes.
std::array<std::ptrdiff_t, 3> cost(const Explanation& one) {
    const auto count = [&](auto which) { return std::count_if(one.checks.begin(), one.checks.end(), which); };
    return {count([](const Check& check) { return check.verdict == Verdict::fail; }),
            count([](const Check& check) { return check.verdict == Verdict::note; }),
            count([](const Check& check) { return check.described; })};
}

bool cheaper(const Explanation& one, const Explanation& other) { return cost(one) < cost(other); }

bool explains(const Alternative& way, const evidence::Observation& seen) {
    return way.decision == *seen.decision && way.final == *seen.final;
}

std::vector<Check> checks_of(const Explained& visit) {
    std::vector<Check> out = decision_checks(visit);
    add_leak_checks(visit, out);
    add_prompt_checks(visit, out);
    add_event_checks(visit, out);
    add_crash_check(visit, out);
    return out;
}

// The case is then not the one that was asked for: what was seen of it can fail, but shows no pass.
Check other_answer_check(int number, scenario::Answer wanted, scenario::Answer given) {
    return {"answer",
            number,
            Verdict::not_applicable,
            fmt::format("a question that can be answered '{}'", word(wanted)),
            fmt::format("one that cannot: it was answered '{}'", word(given)),
            {},
            Level::must,
            false};
}

// The client went on over one connection and never came back to see the other certificate.
bool missed_swap(const scenario::Connect& visit, const evidence::Observation& seen) {
    const bool went_on = seen.final == Final::accepted || seen.final == Final::accepted_once;
    return visit.swap && went_on && !seen.met_swap;
}

Check missed_swap_check(int number) {
    return {"swap",
            number,
            Verdict::not_applicable,
            "a second connection, which is shown another certificate",
            "no second connection",
            {},
            Level::must,
            false};
}

Check lived_on_check(int number, int opened_in) {
    return {"decision",
            number,
            Verdict::pass,
            fmt::format("what visit {} came to", opened_in),
            fmt::format("the connection of visit {}, and nothing has changed since", opened_in),
            {},
            Level::must,
            false};
}

// Whether the user has done nothing between two visits of a client that bears on what it accepts.
bool nothing_changed(const scenario::Scenario& scenario, int from, int to) {
    const auto at = [&](int number) { return scenario.visits.begin() + number - 1; };
    return std::none_of(at(from), at(to), [&](const scenario::Visit& visit) {
        return visit.client == at(to)->client && (std::holds_alternative<scenario::SetMode>(visit.action) ||
                                                  std::holds_alternative<scenario::Forget>(visit.action));
    });
}

}  // namespace

Follower::Follower(const profile::Subject& subject, profile::FactsSource& facts)
    : scenario_(subject.scenario),
      subject_{scenario_, subject.profile, subject.clauses, subject.mode},
      facts_(facts),
      explanations_{{profile::at_start(scenario_, subject.profile, subject.mode), {}}} {}

void Follower::act(int number) {
    std::vector<Explanation> found;
    for (const Explanation& one : explanations_)
        for (Alternative& way : profile::step(subject_, facts_, number, one.state, true))
            found.push_back({std::move(way.next), one.checks, one.choices});
    keep(std::move(found));
}

bool Follower::connect(int number, const evidence::Observation& seen) {
    if (seen.trouble != evidence::Trouble::none || !seen.decision || !seen.final)
        return stop(undecided_checks(subject_, number, cheapest_standpoints(number), seen));
    const bool older = seen.carried_from > 0;
    const bool may_go_on = older && nothing_changed(scenario_, seen.carried_from, number);
    if (may_go_on && !seen.also_new) return live_on(number, seen.carried_from);
    if (older && !may_go_on) visit(number).present = visit(seen.carried_from).present;
    // A client that has no button for an answer got another one. What it then does wrong is judged.
    const scenario::Answer wanted = visit(number).answer;
    const scenario::Answer given = seen.answer.value_or(wanted);
    visit(number).answer = given;
    leave_out_unasked(visit(number).present, seen);
    if (visit(number).swap) leave_out_unasked(visit(number).swap->present, seen);
    const bool no_swap = missed_swap(visit(number), seen);
    if (no_swap) visit(number).swap.reset();
    std::vector<Explanation> found = explained(number, seen);
    if (found.empty()) return stop(unexplained_checks(subject_, number, cheapest_standpoints(number), seen));
    for (Explanation& one : found) {
        if (no_swap) one.checks.push_back(missed_swap_check(number));
        if (given != wanted) one.checks.push_back(other_answer_check(number, wanted, given));
    }
    keep(std::move(found));
    return true;
}

bool Follower::live_on(int number, int opened_in) {
    for (Explanation& one : explanations_) one.checks.push_back(lived_on_check(number, opened_in));
    return true;
}

scenario::Connect& Follower::visit(int number) {
    return std::get<scenario::Connect>(scenario_.visits.at(static_cast<std::size_t>(number) - 1).action);
}

// A client is free to ask for statements on a certificate or not: what it never received does not bind it.
void Follower::leave_out_unasked(pki::Present& present, const evidence::Observation& seen) const {
    const auto topic = facts_.topic_of(present);
    present.unasked = topic && !seen.asked.contains(*topic);
}

Standpoint Follower::standpoint(int number, const Explanation& one) const {
    return {one.state, profile::step(subject_, facts_, number, one.state, false)};
}

std::vector<Standpoint> Follower::cheapest_standpoints(int number) const {
    std::vector<Standpoint> out;
    for (const Explanation& one : explanations_)
        if (cost(one) == cost(explanations_.front())) out.push_back(standpoint(number, one));
    return out;
}

std::vector<Explanation> Follower::explained(int number, const evidence::Observation& seen) const {
    std::vector<Explanation> out;
    for (const Explanation& one : explanations_) {
        const Standpoint from = standpoint(number, one);
        for (Alternative& way : profile::step(subject_, facts_, number, one.state, true)) {
            if (!explains(way, seen)) continue;
            Explanation next{way.next, one.checks, one.choices};
            if (way.choice && seen.carried_from == 0) next.choices.add(*way.choice, number);
            const std::vector<Check> made = checks_of({subject_, number, from, way, seen});
            next.checks.insert(next.checks.end(), made.begin(), made.end());
            out.push_back(std::move(next));
        }
    }
    return out;
}

bool Follower::stop(const std::vector<Check>& checks) {
    auto& made = explanations_.front().checks;
    made.insert(made.end(), checks.begin(), checks.end());
    return false;
}

PinChoices Follower::choices() const {
    if (!all_kept_) return {};
    PinChoices out = explanations_.front().choices;
    for (const Explanation& one : explanations_)
        if (cost(one) == cost(explanations_.front())) out.keep_common(one.choices);
    return out;
}

// Of the explanations that leave the same memory after the same choices, the cheapest.
void Follower::keep(std::vector<Explanation> found) {
    std::stable_sort(found.begin(), found.end(), cheaper);
    std::vector<Explanation> kept;
    for (Explanation& one : found) {
        const bool known = std::any_of(kept.begin(), kept.end(), [&](const Explanation& other) {
            return other.choices == one.choices && other.state == one.state;
        });
        if (known) continue;
        if (kept.size() < most_explanations)
            kept.push_back(std::move(one));
        else
            all_kept_ = false;
    }
    explanations_ = std::move(kept);
}

}  // namespace guise::judge
