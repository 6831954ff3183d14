#include "scenario/scenario.hpp"

#include <catch2/catch.hpp>

namespace guise::scenario::scenario_test {

TEST_CASE("sessions are there in the visits that resume and in those that are resumed",
          "[scenario][sessions]") {
    Scenario scenario;
    Connect plain, resuming;
    resuming.resume = 1;
    scenario.visits = {{plain, {}, {}}, {plain, {}, {}}, {resuming, {}, {}}};
    CHECK(scenario.has_sessions(1));
    CHECK_FALSE(scenario.has_sessions(2));
    CHECK(scenario.has_sessions(3));
}

TEST_CASE("a scenario that resumes nothing has no sessions", "[scenario][sessions]") {
    Scenario scenario;
    scenario.visits = {{Connect{}, {}, {}}};
    CHECK_FALSE(scenario.has_sessions(1));
}

}  // namespace guise::scenario::scenario_test
