#include "profile/checks.hpp"

#include <algorithm>

namespace guise::profile {

namespace {

using scenario::Answer;

const Mode& mode_of(const Met& met) { return met.subject.profile.modes.at(met.memory.mode); }

Clauses clauses_of(const Checks& checks, const std::string& name) {
    const auto found = checks.find(name);
    return found == checks.end() ? Clauses() : found->second;
}

// Makes a check, where this mode has it.
void check(const Checks& checks, const std::string& name, Cited& cited) {
    const auto found = checks.find(name);
    if (found == checks.end()) return;
    cited.checks.push_back(name);
    cite(found->second, cited);
}

// A check of the event, under the cell's own clause where it has one.
void check_event(const Met& met, const std::string& name, Cited& cited) {
    if (met.cell.event_clause.empty()) return check(mode_of(met).checks, name, cited);
    cited.checks.push_back(name);
    cite(met.cell.event_clause, cited);
}

void cite_event(const Met& met, Cited& cited) {
    if (met.cell.event == EventRule::none) check_event(met, "event-absent", cited);
    if (met.cell.event != EventRule::fire) return;
    check_event(met, "event-fired", cited);
    check(mode_of(met).checks, "event-once", cited);
    if (met.facts.chain.faults.size() > 1) check(mode_of(met).checks, "event-faults", cited);
}

bool is_question(Decision decision) { return decision == Decision::ask || decision == Decision::warn; }

bool is_pinned(const Met& met) {
    const auto found = met.memory.pins.find(met.server);
    return found != met.memory.pins.end() &&
           std::ranges::count(found->second, met.facts.certificate, &Pin::certificate) != 0;
}

}  // namespace

void cite(const Clauses& clauses, Cited& cited) {
    for (const std::string& clause : clauses)
        if (std::ranges::count(cited.clauses, clause) == 0) cited.clauses.push_back(clause);
}

bool shows_memory(const Mode& mode, Row row) {
    const RowCells& cells = mode.rows.at(row);
    return std::ranges::any_of(
        cells, [&](const auto& cell) { return cell.second.decision != cells.begin()->second.decision; });
}

Cited cited_by_visit(const Met& met) {
    const Mode& mode = mode_of(met);
    const scenario::Connect& visit = met.visit;
    Cited out;
    cite(met.cell.clause, out);
    if (const auto notes = met.memory.notes.find(met.server);
        notes != met.memory.notes.end() && shows_memory(mode, met.row))
        cite(notes->second, out);
    const auto check_if = [&](bool made, const char* name) {
        if (made) check(mode.checks, name, out);
    };
    check_if(met.memory.fresh_mode, "mode-applied");
    check_if(met.memory.restarted && !met.memory.pins.empty(), "restart");
    check_if(met.state.clients.size() > 1, "isolated");
    check_if(met.subject.mode == "default", "default-mode");
    check_if(met.facts.installed, "installed-root");
    cite(met.cell.prefer_clause, out);
    check_if(visit.resume.has_value(), "resumed");
    check_if(visit.plain_text, "plain-text");
    check_if(visit.claims && !visit.claims->version.empty(), "old-version");
    check_if(visit.connections > 1, "one-prompt");
    cite_event(met, out);
    return out;
}

Cited cited_by_decision(const Met& met, Cited cited, Decision decision) {
    const Checks& checks = mode_of(met).checks;
    if (is_question(decision)) {
        check(checks, "canary", cited);
        check(checks, "prompt-true", cited);
        check(checks, "prompt-shows", cited);
        if (decision == Decision::warn) check(checks, "prompt-trust", cited);
        if (met.visit.answer == Answer::decline || met.visit.answer == Answer::ignore)
            check(checks, "declined", cited);
    }
    if (decision == Decision::refuse) {
        check(checks, "canary", cited);
        check(checks, "no-way-on", cited);
    }
    return cited;
}

Clauses notes_for_next(const Met& met, Decision decision, Final final) {
    const Checks& checks = mode_of(met).checks;
    const Clauses& pin_clause = met.cell.pin_clause;
    if (final == Final::accepted && met.subject.profile.pin.what != PinWhat::nothing) {
        if (!pin_clause.empty()) return pin_clause;
        return is_pinned(met) ? Clauses() : met.cell.clause;
    }
    if (final == Final::accepted_once) return clauses_of(checks, "once");
    if (met.column == Column::changed) return clauses_of(checks, "pin-kept");
    return is_question(decision) ? clauses_of(checks, "declined") : pin_clause;
}

}  // namespace guise::profile
