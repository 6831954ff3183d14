#include "scenario/scenario.hpp"

#include <algorithm>

namespace guise::scenario {

bool Scenario::has_sessions(int visit) const {
    int number = 0;
    return std::any_of(visits.begin(), visits.end(), [&](const Visit& each) {
        ++number;
        const auto* connect = std::get_if<Connect>(&each.action);
        return connect && connect->resume && (number == visit || connect->resume == visit);
    });
}

}  // namespace guise::scenario
