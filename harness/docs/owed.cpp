#include "docs/owed.hpp"

namespace guise::docs {

std::vector<OwedByMode> owed_by_modes(const run::World& world, const scenario::Scenario& scenario,
                                      const std::vector<const profile::Profile*>& profiles,
                                      profile::FactsSource& facts) {
    std::vector<OwedByMode> out;
    for (const profile::Profile* profile : profiles)
        for (const std::string& mode : profile::modes_of(scenario, *profile)) {
            const profile::Subject subject{scenario, *profile, world.ledger, mode};
            out.push_back({profile, mode, profile::effective_control(world.catalogue, subject, facts),
                           profile::derive(subject, facts)});
        }
    return out;
}

void add_coverage(const scenario::Scenario& scenario, const std::vector<OwedByMode>& modes,
                  profile::Coverage& coverage) {
    for (const OwedByMode& mode : modes) {
        auto& mine = coverage[mode.profile->name];
        for (const profile::OwedInVisit& visit : mode.visits)
            for (const profile::Owed& owed : visit)
                for (const std::string& clause : owed.clauses) mine[clause].insert(scenario.base);
    }
}

std::string finals_text(const profile::Owed& owed) {
    std::string out;
    for (const profile::Final final : owed.finals)
        out += (out.empty() ? "" : " or ") + std::string(word(final));
    return out;
}

}  // namespace guise::docs
