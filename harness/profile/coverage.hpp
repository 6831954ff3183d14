// Which scenarios hold a client to which clause.
#pragma once

#include "profile/profile.hpp"
#include "scenario/catalogue.hpp"

#include <map>
#include <set>
#include <string>

namespace guise::profile {

/// By profile and clause: the files of the scenarios in which the clause is judged.
using Coverage = std::map<std::string, std::map<std::string, std::set<std::string>>>;

/// Derives every scenario in every mode of every profile.
[[nodiscard]] Coverage coverage_of(const scenario::Catalogue& catalogue, const Profiles& profiles,
                                   const ClauseList& clauses, const pki::Library& library);

/// The clauses that a profile expects: those that its globs name, and those that these bring along. A clause
/// that only brings others along is not among them.
[[nodiscard]] std::set<std::string> expected_clauses(const Profile& profile, const ClauseList& clauses);

/// The profiles that expect a clause for which they have no scenario. None where the clause is out of scope.
[[nodiscard]] std::set<std::string> uncovered(const Clause& clause, const Profiles& profiles,
                                              const ClauseList& clauses, const Coverage& coverage);

}  // namespace guise::profile
