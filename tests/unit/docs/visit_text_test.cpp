#include "docs/visit_text.hpp"

#include "docs/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::docs::visit_text_test {
namespace {

std::vector<ToldVisit> told(const scenario::Scenario& scenario) {
    profile::FactsSource facts(page_kit::inputs().library);
    return tell_visits(scenario, facts);
}

const scenario::Scenario& scenario_named(const std::string& id) {
    return *page_kit::inputs().catalogue.find(id);
}

}  // namespace

TEST_CASE("a visit is told with what it presents, and what the user answers", "[visit-text]") {
    const auto visits = told(scenario_named("pin/changed-key"));
    REQUIRE(visits.size() == 4);
    CHECK(visits[1].text == "presents self-signed, key b (if asked: decline)");
    CHECK(faults_text(visits[1].faults) == "unknown-issuer (must)");
}

TEST_CASE("a chain that comes later has faults of its own", "[visit-text]") {
    const auto visits = told(scenario_named("login/swapped-to-expired"));
    CHECK(faults_text(visits.front().faults) == "none");
    CHECK(faults_text(visits.front().swapped) == "expired (must)");
    CHECK(page_kit::has(visits.front().text,
                        "; then presents leaf, key b, defect expired (if asked: connect)"));
}

TEST_CASE("certificates age when the clock moves", "[visit-text]") {
    scenario::Scenario scenario = scenario_named("trust/self-signed");
    scenario.visits.emplace_back().action = scenario::MoveClock{std::chrono::hours(24 * 40)};
    scenario.visits.push_back(scenario.visits.front());
    const auto visits = told(scenario);
    CHECK(visits[1].text == "the clock moves by 3456000 s");
    CHECK_FALSE(visits[1].connect);
    CHECK(visits[2].faults.contains(Fault::expired));
}

TEST_CASE("what is sent is told where it is not the usual", "[visit-text]") {
    CHECK(page_kit::has(told(scenario_named("trust/root-sent")).front().text,
                        ", sent as leaf, then intermediates, then root"));
}

}  // namespace guise::docs::visit_text_test
