// What is expected in a whole scenario, visit after visit: the table for readers.
#pragma once

#include "profile/step.hpp"
#include "scenario/catalogue.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace guise::profile {

/// What is expected in one situation that a visit may find itself in.
struct Expected {
    std::string situation;
    std::set<Decision> decisions;
    std::set<Decision> prefer;  // the part that a should-clause asks for; empty where it is no part
    std::optional<Tolerated> tolerated;
    std::optional<EventRule> event;
    std::set<Final> finals;
    Clauses clauses;

    /// `accept`, or `warn or refuse (rather warn)`.
    [[nodiscard]] std::string text() const;
};

/// One visit's situations; none where it is no connection.
using ExpectedInVisit = std::vector<Expected>;

/// The table of all visits. The scenario must run in the mode (modes_of).
[[nodiscard]] std::vector<ExpectedInVisit> derive(const Subject& subject, FactsSource& facts);

/// The start modes in which a scenario can be run against a profile, `default` among them where both know it.
/// None where the profile lacks a mode that a visit or another client of the scenario needs.
[[nodiscard]] std::vector<std::string> modes_of(const scenario::Scenario& scenario, const Profile& profile);

/// How the last connection of a scenario may end.
[[nodiscard]] std::set<Final> finals_of(const std::vector<ExpectedInVisit>& table);

/// The control that shows the client to work in this mode: the first on the chain of controls that the mode
/// must accept, if the user always goes on. Null where there is none.
[[nodiscard]] const scenario::Scenario* effective_control(const scenario::Catalogue& catalogue,
                                                          const Subject& subject, FactsSource& facts);

}  // namespace guise::profile
