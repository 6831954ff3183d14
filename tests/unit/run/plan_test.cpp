#include "run/plan.hpp"

#include "profile/derive.hpp"
#include "run/kit.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace guise::run::plan_test {

using namespace guise::server;
using namespace guise::inputs;
using scenario::Scenario;

namespace {

struct Asked {
    std::vector<std::string> only = {};
    std::vector<std::string> modes = {};
    std::string missing = {};  // why curl does not take part
    std::string routing = "option";
};

// The plan for curl alone.
Result<Plan> plan_for(const Asked& asked, const RunInputs& inputs = kit::inputs()) {
    Selection selection;
    selection.clients = {"curl"};
    selection.only = asked.only;
    selection.modes = asked.modes;
    auto clients = load_participants(kit::inputs(), selection).value();
    clients[0]->missing = asked.missing;
    clients[0]->routing = kit::routing(asked.routing.c_str());
    return make_plan(inputs, selection, std::move(clients));
}

RunInputs inputs_of(std::vector<Scenario> scenarios) {
    RunInputs out = kit::inputs();
    out.catalogue = scenario::Catalogue(std::move(scenarios));
    return out;
}

std::vector<std::string> ids(const PlannedSession& session) {
    std::vector<std::string> out;
    for (const PlannedCase& each : session.cases) out.push_back(each.scenario->id);
    return out;
}

bool in_mode(const Scenario& scenario, const PlannedSession& session) {
    const auto modes = profile::modes_of(scenario, session.participant->profile);
    return std::find(modes.begin(), modes.end(), session.mode) != modes.end();
}

// The paired control of the last scenario, in strict mode.
std::string paired_of_last(std::vector<Scenario> scenarios) {
    const std::string last = scenarios.back().id;
    const RunInputs inputs = inputs_of(std::move(scenarios));
    const Plan plan = plan_for({.only = {last}, .modes = {"strict"}}, inputs).value();
    for (const PlannedCase& each : plan.sessions.at(0).cases)
        if (each.scenario->id == last) return each.paired;
    return "(not planned)";
}

}  // namespace

TEST_CASE("a session is a client in one of its modes", "[plan]") {
    const Plan plan = plan_for({}).value();
    REQUIRE(plan.sessions.size() == 2);
    CHECK(plan.sessions[0].id == "curl/disabled");
    CHECK(plan.sessions[1].id == "curl/strict");
    CHECK(plan.sessions[1].mode == "strict");
    CHECK(plan.sessions[1].participant == plan.participants[0].get());
}

TEST_CASE("without patterns every scenario of the mode is a case of the session, in order", "[plan]") {
    const Plan plan = plan_for({}).value();
    std::size_t cases = 0;
    for (const PlannedSession& session : plan.sessions) {
        std::vector<std::string> all;
        for (const auto& scenario : kit::inputs().catalogue.all())
            if (in_mode(scenario, session)) all.push_back(scenario.id);
        CHECK(ids(session) == all);
        cases += all.size();
    }
    CHECK(plan.cases() == cases);
}

TEST_CASE("only the selected modes are run", "[plan]") {
    const Plan plan = plan_for({.modes = {"strict"}}).value();
    REQUIRE(plan.sessions.size() == 1);
    CHECK(plan.sessions[0].mode == "strict");
}

TEST_CASE("a mode that no selected client has is a problem", "[plan]") {
    const auto plan = plan_for({.modes = {"strict", "strikt"}});
    REQUIRE_FALSE(plan.has_value());
    CHECK(plan.error().text() ==
          "no selected client has a mode 'strikt' (did you mean 'strict'?); they have: disabled, strict\n");
}

TEST_CASE("a pattern that matches nothing is a problem", "[plan]") {
    const auto plan = plan_for({.only = {"trust", "trusst", "no/such"}});
    REQUIRE_FALSE(plan.has_value());
    REQUIRE(plan.error().list.size() == 2);
    CHECK(plan.error().list[0].found == "'trusst' (did you mean 'trust'?)");
    CHECK(plan.error().list[1].found == "'no/such'");
}

TEST_CASE("the paired control of a selected case is added to the session", "[plan]") {
    const Plan plan = plan_for({.only = {"trust/private-ca"}, .modes = {"strict"}}).value();
    REQUIRE(ids(plan.sessions[0]) == std::vector<std::string>{"trust/private-ca", "trust/root-signed"});
    CHECK(plan.sessions[0].cases[0].paired == "trust/root-signed");
    CHECK_FALSE(plan.sessions[0].cases[0].added);
    CHECK(plan.sessions[0].cases[1].added);
}

TEST_CASE("a paired control that was selected itself is there once, and not as added", "[plan]") {
    const Plan plan =
        plan_for({.only = {"trust/private-ca", "trust/root-signed"}, .modes = {"strict"}}).value();
    const auto& cases = plan.sessions[0].cases;
    const auto is_control = [](const PlannedCase& each) { return each.scenario->id == "trust/root-signed"; };
    REQUIRE(std::count_if(cases.begin(), cases.end(), is_control) == 1);
    CHECK_FALSE(std::find_if(cases.begin(), cases.end(), is_control)->added);
}

TEST_CASE("where the mode refuses the control the next one up the chain stands in", "[plan]") {
    CHECK(paired_of_last({kit::make_scenario("a/good", kit::present("leaf")),
                          kit::make_scenario("b/expired", kit::present("leaf", {"expired"}), "a/good"),
                          kit::make_scenario("c/worse", kit::present("leaf", {"wrong-name"}),
                                             "b/expired")}) == "a/good");
}

TEST_CASE("a control whose trust is installed is accepted, and stands in for itself", "[plan]") {
    Scenario installed = kit::make_scenario("b/installed", kit::present("self-signed"), "a/good");
    installed.trust = {{"self-signed", "a"}};
    CHECK(paired_of_last({kit::make_scenario("a/good", kit::present("leaf")), installed,
                          kit::make_scenario("c/other", kit::present("self-signed"), "b/installed")}) ==
          "b/installed");
}

TEST_CASE("a control that is not for the mode is passed over", "[plan]") {
    Scenario elsewhere = kit::make_scenario("b/elsewhere", kit::present("leaf"), "a/good");
    elsewhere.modes = {"disabled"};
    CHECK(paired_of_last({kit::make_scenario("a/good", kit::present("leaf")), elsewhere,
                          kit::make_scenario("c/expired", kit::present("leaf", {"expired"}),
                                             "b/elsewhere")}) == "a/good");
}

TEST_CASE("the last control has no paired control", "[plan]") {
    CHECK(paired_of_last({kit::make_scenario("a/good", kit::present("leaf"))}).empty());
}

TEST_CASE("a scenario for some modes is a case of those alone", "[plan]") {
    Scenario strict = kit::make_scenario("a/strict", kit::present("leaf"));
    strict.modes = {"strict"};
    const RunInputs inputs = inputs_of({strict});
    const Plan plan = plan_for({}, inputs).value();
    REQUIRE(plan.sessions.size() == 1);
    CHECK(plan.sessions[0].id == "curl/strict");
}

TEST_CASE("a case that cannot be run is planned with the reason", "[plan]") {
    Scenario upgrading = kit::make_scenario("a/upgrade", kit::present("leaf"));
    std::get<scenario::Connect>(upgrading.visits[0].action).starttls = "hidden";
    const RunInputs inputs = inputs_of({upgrading});
    const Plan plan = plan_for({.modes = {"strict"}}, inputs).value();
    CHECK(plan.sessions[0].cases[0].not_run == "'starttls' in a visit is not supported yet");
    CHECK(plan.sessions[0].cases[0].not_applicable.empty());
}

TEST_CASE("a case that does not apply to the client is planned with the reason", "[plan]") {
    const Plan plan =
        plan_for({.only = {"names/nul-in-san"}, .modes = {"strict"}, .missing = {}, .routing = "localhost"})
            .value();
    CHECK(plan.sessions[0].cases[0].not_applicable.starts_with("it is about names"));
}

TEST_CASE("a client that is missing has no session, but is a participant with its modes", "[plan]") {
    const auto plan = plan_for({.only = {}, .modes = {"strict"}, .missing = "not installed"});
    REQUIRE(plan.has_value());
    CHECK(plan->sessions.empty());
    CHECK(plan->participants.size() == 1);
    CHECK(plan->cases() == 0);
}

TEST_CASE("a client that is for some scenarios is run through no others, controls among them", "[plan]") {
    Selection selection;
    selection.clients = {"curl"};
    selection.modes = {"strict"};
    auto clients = load_participants(kit::inputs(), selection).value();
    clients[0]->client.scenarios = {"revocation/*"};
    const Plan plan = make_plan(kit::inputs(), selection, std::move(clients)).value();
    REQUIRE(plan.sessions.size() == 1);
    CHECK(plan.sessions[0].cases.size() > 20);
    for (const std::string& id : ids(plan.sessions[0])) CHECK(id.starts_with("revocation/"));
}

TEST_CASE("cases can be run up to a thousand times, and a session has a limit of runs", "[plan][repeat]") {
    const Plan plan = plan_for({.only = {"trust/self-signed"}, .modes = {"strict"}}).value();
    CHECK(why_not_repeated(plan, 1).empty());
    CHECK(why_not_repeated(plan, most_repetitions).empty());
    CHECK(why_not_repeated(plan, 0).text() == "expected a number of runs from 1 to 1000, found 0\n");
    CHECK_FALSE(why_not_repeated(plan, most_repetitions + 1).empty());
    const Plan large = plan_for({.modes = {"strict"}}).value();
    const std::size_t cases = large.sessions.at(0).cases.size();
    CHECK(why_not_repeated(large, static_cast<int>(most_runs_of_session / cases)).empty());
    const auto many = why_not_repeated(large, static_cast<int>(most_runs_of_session / cases) + 1);
    CHECK_THAT(many.text(), Catch::StartsWith("cannot repeat: session curl/strict has ") &&
                                Catch::Contains("more than 50000; choose fewer scenarios (--only) or runs"));
}

}  // namespace guise::run::plan_test
