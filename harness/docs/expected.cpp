#include "docs/expected.hpp"

namespace guise::docs {

std::vector<ExpectedByMode> expected_by_modes(const inputs::RunInputs& inputs,
                                              const scenario::Scenario& scenario,
                                              const std::vector<const profile::Profile*>& profiles,
                                              profile::FactsSource& facts) {
    std::vector<ExpectedByMode> out;
    for (const profile::Profile* profile : profiles)
        for (const std::string& mode : profile::modes_of(scenario, *profile)) {
            const profile::Subject subject{scenario, *profile, inputs.clauses, mode};
            out.push_back({profile, mode, profile::effective_control(inputs.catalogue, subject, facts),
                           profile::derive(subject, facts)});
        }
    return out;
}

void add_coverage(const scenario::Scenario& scenario, const std::vector<ExpectedByMode>& modes,
                  profile::Coverage& coverage) {
    for (const ExpectedByMode& mode : modes) {
        auto& mine = coverage[mode.profile->name];
        for (const profile::ExpectedInVisit& visit : mode.visits)
            for (const profile::Expected& owed : visit)
                for (const std::string& clause : owed.clauses) mine[clause].insert(scenario.base);
    }
}

std::string finals_text(const profile::Expected& owed) {
    std::string out;
    for (const profile::Final final : owed.finals)
        out += (out.empty() ? "" : " or ") + std::string(word(final));
    return out;
}

}  // namespace guise::docs
