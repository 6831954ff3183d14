// A decision is checked against the clauses of its cell, against what the visit before has left to be shown,
// and against the standing checks that no statement of their own decides (`restart`, `resumed` …). The checks
// that are judged beside it keep their clauses to themselves.
#include "judge/decision_check.hpp"

#include "judge/crash_check.hpp"
#include "judge/leak_checks.hpp"
#include "profile/checks.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

namespace guise::judge {

namespace {

using profile::Alternative;
using profile::Clauses;
using profile::Final;
using profile::PinEffect;
using profile::Price;
using scenario::Answer;

// Standing checks that are judged beside the decision, under clauses of their own.
constexpr const char* beside[] = {"canary",       "declined",     "prompt-true",  "prompt-shows",
                                  "prompt-trust", "one-prompt",   "no-way-on",    "event-fired",
                                  "event-once",   "event-absent", "event-faults", "plain-text"};

bool holds(const Clauses& clauses, const std::string& clause) {
    return std::find(clauses.begin(), clauses.end(), clause) != clauses.end();
}

void add(const Clauses& clauses, Clauses& out) {
    for (const std::string& clause : clauses)
        if (!holds(out, clause)) out.push_back(clause);
}

// What the visit before has left for this one to show.
Clauses notes_of(const Explained& visit) {
    const auto& who = visit.subject.scenario.visits.at(static_cast<std::size_t>(visit.number) - 1).client;
    const auto& notes = visit.from.before.clients.at(who).notes;
    const auto found = notes.find(profile::server_of(visit.subject.profile, visit.connect().at));
    const profile::Mode& mode = visit.subject.profile.modes.at(visit.way.mode);
    return found != notes.end() && profile::shows_memory(mode, visit.way.row) ? found->second : Clauses();
}

bool is_beside(const std::string& check) {
    return std::find(std::begin(beside), std::end(beside), check) != std::end(beside);
}

// All that the visit cites, but what only the checks beside the decision cite.
Clauses decision_clauses(const Explained& visit) {
    Clauses own = visit.way.cell.clause, elsewhere = clauses_of(visit, "canary");
    add(visit.way.cell.prefer_clause, own);
    add(notes_of(visit), own);
    for (const std::string& check : visit.way.cited.checks)
        add(clauses_of(visit, check), is_beside(check) ? elsewhere : own);
    add(visit.way.cell.event_clause, elsewhere);
    Clauses out;
    for (const std::string& clause : visit.way.cited.clauses)
        if (holds(own, clause) || !holds(elsewhere, clause)) out.push_back(clause);
    return out;
}

bool meets_another(const Alternative& way) { return way.situation.find('>') != std::string::npos; }

std::string expected_text(const Standpoint& from) {
    const Alternative& first = from.due.front();
    std::string out = profile::decisions_text(first.cell.decision, first.cell.prefer, first.tolerated);
    const auto second = std::find_if(from.due.begin(), from.due.end(), meets_another);
    if (second != from.due.end())
        out += second->final == Final::refused ? ", and then refuse the other certificate"
                                               : ", and then the other certificate too";
    return out;
}

std::string expected_text(const std::vector<Standpoint>& standpoints) {
    Clauses texts;  // each once
    for (const Standpoint& from : standpoints) add({expected_text(from)}, texts);
    return fmt::format("{}", fmt::join(texts, ", or "));
}

std::string decided(const evidence::Observation& seen) {
    return seen.decision ? fmt::format("{}: {}", word(*seen.decision), seen.sentence) : seen.sentence;
}

// What an explanation costs, in its two parts.
struct Costs {
    std::vector<Price> decision;
    std::vector<Price> pin;
};

// The prices come in this order: of the faults, of the decision, of the memory.
Costs costs_of(const Alternative& way) {
    const profile::Cell& cell = way.cell;
    std::size_t of_decision = cell.clause.size();
    if (cell.decision.contains(way.decision))
        of_decision =
            cell.prefer.empty() || cell.prefer.contains(way.decision) ? 0 : cell.prefer_clause.size();
    Costs out;
    for (const Price& price : way.price) {
        const bool of_pin = !price.fault && of_decision == 0;
        if (!price.fault && !of_pin) --of_decision;
        (of_pin ? out.pin : out.decision).push_back(price);
    }
    return out;
}

// Makes the check come to what was missed: as binding as the most binding part of the price.
void apply(const std::vector<Price>& prices, const Explained& visit, Check& check) {
    if (prices.empty()) return;
    check.clauses.clear();
    check.level = Level::may;
    for (const Price& price : prices) {
        check.level = std::max(check.level, level_of(price, visit.subject.profile, visit.subject.clauses));
        if (!price.clause.empty()) add({price.clause}, check.clauses);
    }
    check.verdict = missed(check.level);
    check.described = check.verdict == Verdict::pass;
}

std::string remembered_text(const Explained& visit, PinEffect effect) {
    if (effect == PinEffect::keep) return "nothing new remembered";
    return visit.subject.profile.pin.on_accept == profile::PinAccept::add
               ? "the certificate remembered besides what was"
               : "the certificate remembered in place of what was";
}

Check pin_check(const Explained& visit, const std::vector<Price>& prices) {
    Clauses owed;
    for (const PinEffect effect : visit.way.cell.pin) owed.push_back(remembered_text(visit, effect));
    Check out = check_of(
        visit, "pin",
        {true, fmt::format("{}", fmt::join(owed, ", or ")), "another memory, as a later visit shows"},
        visit.way.cell.pin_clause);
    apply(prices, visit, out);
    return out;
}

// The decision, under the clauses of the expected behaviour, which need not include the way that was taken.
Check expected_check(const Explained& visit, const std::vector<Standpoint>& standpoints) {
    Check out;
    out.name = "decision";
    out.visit = visit.number;
    out.expected = expected_text(standpoints);
    out.observed = decided(visit.seen);
    for (const Standpoint& from : standpoints)
        for (const Alternative& way : from.due)
            add(decision_clauses({visit.subject, visit.number, from, way, visit.seen}), out.clauses);
    out.level = visit.subject.profile.level(visit.way.cell.clause, visit.subject.clauses);
    return out;
}

Check failed(Check check) {
    check.verdict = Verdict::fail;
    check.level = Level::must;
    check.described = false;
    return check;
}

// A way that was as expected up to the question; the client then did not do as its user said.
struct Disobeyed {
    const Standpoint* from = nullptr;
    const Alternative* way = nullptr;
};

Disobeyed disobeyed(const std::vector<Standpoint>& standpoints, const evidence::Observation& seen) {
    if (!seen.answer) return {};
    for (const Standpoint& from : standpoints)
        for (const Alternative& way : from.due)
            if (way.decision == *seen.decision && !meets_another(way)) return {&from, &way};
    return {};
}

void add_disobeyed(const Explained& visit, std::vector<Check>& out) {
    out = decision_checks(visit);
    const Clauses declined = clauses_of(visit, "declined");
    const bool going_on = visit.seen.final == Final::accepted || visit.seen.final == Final::accepted_once;
    if (going_on && !declined.empty()) {
        out.push_back(failed(check_of(
            visit, "declined", {false, "no connection after the answer", decided(visit.seen)}, declined)));
        return;
    }
    out.front() = failed(std::move(out.front()));
    out.front().expected = fmt::format("{} after the answer '{}'",
                                       going_on ? "no connection" : "a connection", word(*visit.seen.answer));
}

}  // namespace

std::vector<Check> decision_checks(const Explained& visit) {
    Check decision = check_of(visit, "decision", {true, expected_text(visit.from), decided(visit.seen)},
                              decision_clauses(visit));
    decision.level = visit.subject.profile.level(visit.way.cell.clause, visit.subject.clauses);
    const Costs costs = costs_of(visit.way);
    apply(costs.decision, visit, decision);
    std::vector<Check> out{std::move(decision)};
    if (!costs.pin.empty()) out.push_back(pin_check(visit, costs.pin));
    return out;
}

std::vector<Check> undecided_checks(const profile::Subject& subject, int number,
                                    const std::vector<Standpoint>& standpoints,
                                    const evidence::Observation& seen) {
    const Standpoint& from = standpoints.front();
    const Explained visit{subject, number, from, from.due.front(), seen};
    std::vector<Check> out{expected_check(visit, standpoints)};
    out.front().verdict = seen.trouble == evidence::Trouble::environment   ? Verdict::error
                          : seen.trouble == evidence::Trouble::unsupported ? Verdict::not_applicable
                                                                           : Verdict::inconclusive;
    if (seen.canary_in_clear) add_found_leaks(visit, standpoints, out);
    add_crash_check(visit, out);
    return out;
}

std::vector<Check> unexplained_checks(const profile::Subject& subject, int number,
                                      const std::vector<Standpoint>& standpoints,
                                      const evidence::Observation& seen) {
    const Disobeyed as_asked = disobeyed(standpoints, seen);
    const Standpoint& from = as_asked.from ? *as_asked.from : standpoints.front();
    const Explained visit{subject, number, from, as_asked.way ? *as_asked.way : from.due.front(), seen};
    std::vector<Check> out;
    if (as_asked.way)
        add_disobeyed(visit, out);
    else
        out.push_back(failed(expected_check(visit, standpoints)));
    add_found_leaks(visit, standpoints, out);
    add_crash_check(visit, out);
    return out;
}

}  // namespace guise::judge
