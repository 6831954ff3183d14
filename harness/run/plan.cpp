#include "run/plan.hpp"

#include "profile/expectation.hpp"
#include "run/feasible.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace guise::run {

namespace {

PlannedCase plan_case(const World& world, const scenario::Scenario& scenario, const Participant& who,
                      const std::string& mode) {
    PlannedCase out;
    out.scenario = &scenario;
    out.not_run = not_supported(scenario, who.client, who.profile);
    out.not_applicable = not_applicable(scenario, who.reach, world.library);
    if (const auto* control = paired_control(world, scenario, who.profile, mode)) out.paired = control->id;
    return out;
}

PlannedSession plan_session(const World& world, const std::vector<const scenario::Scenario*>& selected,
                            const Participant& who, const std::string& mode) {
    PlannedSession out{fmt::format("{}/{}", who.client.name, mode), &who, mode, {}};
    std::set<std::string> have;
    const auto add = [&](const scenario::Scenario& scenario, bool added) {
        if (!have.insert(scenario.id).second) return;
        out.cases.push_back(plan_case(world, scenario, who, mode));
        out.cases.back().added = added;
    };
    for (const auto* scenario : selected) {
        const auto& modes = scenario->modes;
        if (modes.empty() || std::find(modes.begin(), modes.end(), mode) != modes.end())
            add(*scenario, false);
    }
    const std::vector<PlannedCase> asked = out.cases;
    for (const PlannedCase& each : asked)
        if (const auto* control = world.catalogue.find(each.paired)) add(*control, true);
    std::sort(out.cases.begin(), out.cases.end(),
              [](const PlannedCase& a, const PlannedCase& b) { return a.scenario->id < b.scenario->id; });
    return out;
}

}  // namespace

std::size_t Plan::cases() const {
    std::size_t out = 0;
    for (const PlannedSession& session : sessions) out += session.cases.size();
    return out;
}

const scenario::Scenario* paired_control(const World& world, const scenario::Scenario& scenario,
                                         const profile::Profile& profile, const std::string& mode) {
    for (const auto* at = world.catalogue.control_of(scenario); at; at = world.catalogue.control_of(*at)) {
        if (!at->modes.empty() && std::find(at->modes.begin(), at->modes.end(), mode) == at->modes.end())
            continue;
        const auto* visit = std::get_if<scenario::Connect>(&at->visits.back().action);
        if (!visit) continue;
        const auto chain =
            pki::Mint::describe(world.library, visit->present, at->trusted(visit->present.key));
        if (!chain) continue;
        const auto owed = profile::expect(profile, world.ledger, mode, *chain);
        if (owed.cell.decision == std::set{profile::Decision::accept}) return at;
    }
    return nullptr;
}

Result<Plan> make_plan(const World& world, const Selection& selection,
                       std::vector<std::unique_ptr<Participant>> participants) {
    Plan plan;
    plan.participants = std::move(participants);
    const auto selected = world.catalogue.select(selection.only);
    Problems problems = world.catalogue.unmatched(selection.only);
    std::set<std::string> unused(selection.modes.begin(), selection.modes.end());
    for (const auto& who : plan.participants)
        for (const auto& [mode, settings] : who->client.modes) {
            const auto& wanted = selection.modes;
            if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), mode) == wanted.end()) continue;
            unused.erase(mode);
            if (who->missing.empty()) plan.sessions.push_back(plan_session(world, selected, *who, mode));
        }
    for (const std::string& mode : unused)
        problems.add({}, "a mode of a selected client", fmt::format("'{}'", mode));
    if (!problems.empty()) return problems;
    std::erase_if(plan.sessions, [](const PlannedSession& session) { return session.cases.empty(); });
    return plan;
}

}  // namespace guise::run
