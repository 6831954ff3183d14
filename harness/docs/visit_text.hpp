// The visits of a scenario, described for a reader.
#pragma once

#include "profile/facts.hpp"
#include "scenario/scenario.hpp"

#include <map>
#include <string>
#include <vector>

namespace guise::docs {

/// One visit of a scenario.
///
/// Lifetime: `connect` points into the scenario.
struct ToldVisit {
    std::string text;                            // `presents leaf, key a (if asked: connect)`
    const scenario::Connect* connect = nullptr;  // null where nothing is presented
    std::map<Fault, Level> faults;               // of the chain by then
    std::map<Fault, Level> swapped;              // of the chain that it is swapped for, if it is
};

/// `leaf, key a, defect expired at root`
[[nodiscard]] std::string present_text(const pki::Present& present);

/// `expired (must), wrong-name (must)`, or `none`.
[[nodiscard]] std::string faults_text(const std::map<Fault, Level>& faults);

/// All visits in their order. Certificates age from when they are first shown.
[[nodiscard]] std::vector<ToldVisit> tell_visits(const scenario::Scenario& scenario,
                                                 profile::FactsSource& facts);

}  // namespace guise::docs
