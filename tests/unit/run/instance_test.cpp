#include "run/instance.hpp"

#include "clients/rpc/capabilities.hpp"
#include "run/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::run::instance_test {

using namespace guise::server;
using namespace guise::inputs;
using scenario::Connect;

namespace {

template <class Action>
clients::Needs needs_after(Action action) {
    scenario::Scenario scenario = kit::make_scenario("a/b", kit::present("leaf"));
    scenario.visits.push_back({std::move(action), {}, {}});
    return needs_of(scenario, "default");
}

template <class Change>
clients::Needs needs_with(Change change) {
    Connect connect;
    change(connect);
    return needs_after(std::move(connect));
}

}  // namespace

TEST_CASE("the start mode is needed, unless it is the client's own", "[instance]") {
    const scenario::Scenario scenario = kit::make_scenario("a/b", kit::present("leaf"));
    CHECK(needs_of(scenario, "strict").mode == "strict");
    CHECK(needs_of(scenario, "default").mode.empty());
}

TEST_CASE("plain visits need nothing", "[instance]") {
    const clients::Needs needs = needs_after(Connect{});
    CHECK(clients::lacking(clients::Capabilities{}, needs).empty());
}

TEST_CASE("each action that is no visit needs its capability", "[instance]") {
    CHECK(needs_after(scenario::Restart{}).restart);
    CHECK(needs_after(scenario::SetMode{"strict"}).mode_set);
    CHECK(needs_after(scenario::Forget{}).forget);
    CHECK(needs_after(scenario::MoveClock{}).clock);
    CHECK_FALSE(needs_after(scenario::Restart{}).mode_set);
}

TEST_CASE("what is forgotten of one server among several is a need of its own", "[instance]") {
    scenario::Scenario scenario = kit::make_scenario("a/b", kit::present("leaf"));
    scenario.visits.push_back({scenario::Forget{}, {}, {}});
    CHECK_FALSE(needs_of(scenario, "default").forget_one);
    std::get<Connect>(scenario.visits[0].action).at.host = "other";
    CHECK(needs_of(scenario, "default").forget_one);
    scenario.visits.pop_back();
    CHECK_FALSE(needs_of(scenario, "default").forget_one);
}

TEST_CASE("what a visit asks for beyond one connection is needed", "[instance]") {
    CHECK(needs_with([](Connect& visit) { visit.resume = 1; }).resumption);
    CHECK(needs_with([](Connect& visit) { visit.connections = 2; }).connections);
    CHECK(needs_with([](Connect& visit) { visit.answer = scenario::Answer::once; }).once);
}

TEST_CASE("a visit of a second client needs several instances", "[instance]") {
    scenario::Scenario scenario = kit::make_scenario("a/b", kit::present("leaf"));
    CHECK_FALSE(needs_of(scenario, "default").instances);
    scenario.visits.push_back(scenario.visits[0]);
    scenario.visits[1].client = "second";
    CHECK(needs_of(scenario, "default").instances);
}

TEST_CASE("a server is called main, as the scenario calls it, or by host and port", "[instance]") {
    CHECK(server_label({}) == "main");
    CHECK(server_label({.host = "other", .port = "main", .server = ""}) == "other-main");
    CHECK(server_label({.host = "main", .port = "second", .server = ""}) == "main-second");
    CHECK(server_label({.host = "other", .port = "main", .server = "same"}) == "main");
    CHECK(server_label({.host = "other", .port = "main", .server = "twin"}) == "twin");
}

}  // namespace guise::run::instance_test
