#include "profile/coverage.hpp"

#include "base/glob.hpp"
#include "profile/derive.hpp"

#include <algorithm>

namespace guise::profile {

namespace {

void cover(const Subject& subject, FactsSource& facts, Coverage& coverage) {
    auto& mine = coverage[subject.profile.name];
    for (const ExpectedInVisit& visit : derive(subject, facts))
        for (const Expected& owed : visit)
            for (const std::string& clause : owed.clauses) mine[clause].insert(subject.scenario.base);
}

bool covers(const Coverage& coverage, const std::string& profile, const std::string& clause) {
    const auto found = coverage.find(profile);
    return found != coverage.end() && found->second.contains(clause);
}

// A clause, and all that it brings along.
void owe(const Clause& clause, const ClauseList& clauses, std::set<std::string>& out) {
    if (!out.insert(clause.id).second) return;
    for (const std::string& included : clause.includes) owe(clauses.at(included), clauses, out);
}

}  // namespace

Coverage coverage_of(const scenario::Catalogue& catalogue, const Profiles& profiles,
                     const ClauseList& clauses, const pki::Library& library) {
    Coverage out;
    FactsSource facts(library);
    for (const scenario::Scenario& scenario : catalogue.all())
        for (const auto& [name, profile] : profiles)
            for (const std::string& mode : modes_of(scenario, profile))
                cover({scenario, profile, clauses, mode}, facts, out);
    return out;
}

std::set<std::string> expected_clauses(const Profile& profile, const ClauseList& clauses) {
    std::set<std::string> out;
    for (const auto& [id, clause] : clauses) {
        const auto names = [&, &name = id](const std::string& glob) { return matches(glob, name); };
        if (std::ranges::any_of(profile.owes, names)) owe(clause, clauses, out);
    }
    std::erase_if(out, [&](const std::string& id) { return !clauses.at(id).includes.empty(); });
    return out;
}

std::set<std::string> uncovered(const Clause& clause, const Profiles& profiles, const ClauseList& clauses,
                                const Coverage& coverage) {
    std::set<std::string> out;
    if (!clause.out_of_scope.empty()) return out;
    for (const auto& [name, profile] : profiles)
        if (expected_clauses(profile, clauses).contains(clause.id) && !covers(coverage, name, clause.id))
            out.insert(name);
    return out;
}

}  // namespace guise::profile
