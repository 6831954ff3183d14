#include "run/plan.hpp"

#include "base/glob.hpp"
#include "base/nearest.hpp"
#include "profile/derive.hpp"
#include "run/feasible.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace guise::run {

namespace {

// What holds for all cases of one client in one mode.
class SessionPlanner final {
 public:
    SessionPlanner(const inputs::RunInputs& inputs, const Participant& who, const std::string& mode,
                   profile::FactsSource& facts)
        : inputs_(inputs), who_(who), mode_(mode), facts_(facts) {}

    PlannedSession plan(const std::vector<const scenario::Scenario*>& selected) {
        PlannedSession out{fmt::format("{}/{}", who_.client.name, mode_), &who_, mode_, {}};
        for (const auto* scenario : selected)
            if (runs(*scenario)) add(*scenario, false, out);
        const std::vector<PlannedCase> asked = out.cases;
        for (const PlannedCase& each : asked)
            if (const auto* control = inputs_.catalogue.find(each.paired); control && is_for_it(*control))
                add(*control, true, out);
        std::sort(out.cases.begin(), out.cases.end(),
                  [](const PlannedCase& a, const PlannedCase& b) { return a.scenario->id < b.scenario->id; });
        return out;
    }

 private:
    bool runs(const scenario::Scenario& scenario) const {
        if (!is_for_it(scenario)) return false;
        const auto modes = profile::modes_of(scenario, who_.profile);
        return std::find(modes.begin(), modes.end(), mode_) != modes.end();
    }

    // A command line that asks more than the usual one is meant for the scenarios that answer.
    bool is_for_it(const scenario::Scenario& scenario) const {
        const auto& patterns = who_.client.scenarios;
        return patterns.empty() || matches_any(patterns, scenario.base);
    }

    void add(const scenario::Scenario& scenario, bool added, PlannedSession& out) {
        if (!have_.insert(scenario.id).second) return;
        PlannedCase one;
        one.scenario = &scenario;
        one.added = added;
        one.not_run = not_supported(scenario, who_);
        one.not_applicable = not_applicable(scenario, who_, inputs_.library);
        const auto* control = profile::effective_control(
            inputs_.catalogue, {scenario, who_.profile, inputs_.clauses, mode_}, facts_);
        if (control) one.paired = control->id;
        out.cases.push_back(std::move(one));
    }

    const inputs::RunInputs& inputs_;
    const Participant& who_;
    const std::string& mode_;
    profile::FactsSource& facts_;
    std::set<std::string> have_;
};

}  // namespace

std::size_t Plan::cases() const {
    std::size_t out = 0;
    for (const PlannedSession& session : sessions) out += session.cases.size();
    return out;
}

Result<Plan> make_plan(const inputs::RunInputs& inputs, const Selection& selection,
                       std::vector<std::unique_ptr<Participant>> participants) {
    Plan plan;
    plan.participants = std::move(participants);
    const auto selected = inputs.catalogue.select(selection.only);
    Problems problems = inputs.catalogue.unmatched(selection.only);
    profile::FactsSource facts(inputs.library);
    std::set<std::string> known;
    std::set<std::string> unused(selection.modes.begin(), selection.modes.end());
    for (const auto& who : plan.participants)
        for (const auto& [mode, settings] : who->client.modes) {
            known.insert(mode);
            const auto& wanted = selection.modes;
            if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), mode) == wanted.end()) continue;
            unused.erase(mode);
            if (who->missing.empty())
                plan.sessions.push_back(SessionPlanner(inputs, *who, mode, facts).plan(selected));
        }
    for (const std::string& mode : unused)
        problems.add(plain_problem(fmt::format("no selected client has a mode '{}'{}; they have: {}", mode,
                                               did_you_mean(mode, known), fmt::join(known, ", "))));
    if (!problems.empty()) return problems;
    std::erase_if(plan.sessions, [](const PlannedSession& session) { return session.cases.empty(); });
    return plan;
}

Problems why_not_repeated(const Plan& plan, int repeat) {
    Problems problems;
    if (repeat < 1 || repeat > most_repetitions) {
        problems.add({}, fmt::format("a number of runs from 1 to {}", most_repetitions),
                     std::to_string(repeat));
        return problems;
    }
    for (const PlannedSession& session : plan.sessions) {
        const std::size_t runs = session.cases.size() * static_cast<std::size_t>(repeat);
        if (repeat > 1 && runs > most_runs_of_session)
            problems.add(
                cannot("repeat", fmt::format("session {} has {} cases, which are {} runs and more "
                                             "than {}; choose fewer scenarios (--only) or runs",
                                             session.id, session.cases.size(), runs, most_runs_of_session)));
    }
    return problems;
}

}  // namespace guise::run
