#include "profile/derive.hpp"

#include <algorithm>
#include <variant>

namespace guise::profile {

namespace {

using scenario::Scenario;

// States that differ in nothing that matters later are one.
void keep(Possible state, std::vector<Possible>& states) {
    if (std::ranges::count(states, state) == 0) states.push_back(std::move(state));
}

bool are_one_line(const Expected& one, const Expected& other) {
    return one.situation == other.situation && one.decisions == other.decisions &&
           one.prefer == other.prefer && one.tolerated == other.tolerated && one.event == other.event;
}

Expected line_of(const Alternative& one) {
    const Cell& cell = one.cell;
    const bool is_part = cell.prefer != cell.decision;
    return {one.situation,    cell.decision, is_part ? cell.prefer : std::set<Decision>(),
            one.tolerated,    cell.event,    {one.final},
            one.cited.clauses};
}

void merge(const Alternative& one, ExpectedInVisit& lines) {
    Expected line = line_of(one);
    const auto known =
        std::ranges::find_if(lines, [&](const Expected& each) { return are_one_line(each, line); });
    if (known == lines.end()) return lines.push_back(std::move(line));
    known->finals.insert(one.final);
    for (const std::string& clause : line.clauses)
        if (std::ranges::count(known->clauses, clause) == 0) known->clauses.push_back(clause);
}

// The modes that the scenario names besides its start mode.
std::set<std::string> needed_modes(const Scenario& scenario) {
    std::set<std::string> out;
    for (const scenario::Visit& visit : scenario.visits)
        if (const auto* change = std::get_if<scenario::SetMode>(&visit.action)) out.insert(change->mode);
    for (const auto& [label, mode] : scenario.clients) out.insert(mode);
    return out;
}

Scenario always_going_on(Scenario scenario) {
    for (scenario::Visit& visit : scenario.visits)
        if (auto* connect = std::get_if<scenario::Connect>(&visit.action))
            connect->answer = scenario::Answer::connect;
    return scenario;
}

bool runs_in(const Scenario& scenario, const Subject& subject) {
    const auto modes = modes_of(scenario, subject.profile);
    return std::ranges::count(modes, subject.mode) != 0 ||
           (subject.mode == "default" && scenario.modes.empty());
}

}  // namespace

std::string Expected::text() const { return decisions_text(decisions, prefer, tolerated); }

std::vector<ExpectedInVisit> derive(const Subject& subject, FactsSource& facts) {
    std::vector<ExpectedInVisit> out;
    std::vector<Possible> states{at_start(subject.scenario, subject.profile, subject.mode)};
    for (std::size_t i = 0; i < subject.scenario.visits.size(); ++i) {
        ExpectedInVisit& lines = out.emplace_back();
        std::vector<Possible> next;
        for (const Possible& state : states)
            for (Alternative& one : step(subject, facts, static_cast<int>(i) + 1, state, false)) {
                if (!one.situation.empty()) merge(one, lines);
                keep(std::move(one.next), next);
            }
        states = std::move(next);
    }
    return out;
}

std::vector<std::string> modes_of(const Scenario& scenario, const Profile& profile) {
    for (const std::string& mode : needed_modes(scenario))
        if (!profile.modes.contains(mode)) return {};
    std::vector<std::string> out;
    if (scenario.modes.empty())
        for (const auto& [mode, rules] : profile.modes) out.push_back(mode);
    for (const std::string& mode : scenario.modes)
        if (profile.modes.contains(mode) || (mode == "default" && !profile.default_mode.empty()))
            out.push_back(mode);
    return out;
}

std::set<Final> finals_of(const std::vector<ExpectedInVisit>& table) {
    std::set<Final> out;
    for (auto visit = table.rbegin(); visit != table.rend() && out.empty(); ++visit)
        for (const Expected& owed : *visit) out.insert(owed.finals.begin(), owed.finals.end());
    return out;
}

const Scenario* effective_control(const scenario::Catalogue& catalogue, const Subject& subject,
                                  FactsSource& facts) {
    const Scenario* control = catalogue.control_of(subject.scenario);
    for (; control; control = catalogue.control_of(*control)) {
        if (!runs_in(*control, subject)) continue;
        const Scenario willing = always_going_on(*control);
        const Subject as_control{willing, subject.profile, subject.clauses, subject.mode};
        if (finals_of(derive(as_control, facts)) == std::set{Final::accepted}) return control;
    }
    return nullptr;
}

}  // namespace guise::profile
