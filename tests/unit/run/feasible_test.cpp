#include "run/feasible.hpp"

#include "run/kit.hpp"

#include <catch2/catch.hpp>

using namespace guise;
using namespace guise::run;
using clients::Reach;
using scenario::Connect;

namespace {

const profile::Profile& tls_client() { return kit::world().profiles.at("tls-client"); }

scenario::Scenario plain() { return kit::make_scenario("trust/plain", kit::present("leaf")); }

std::string why_not(const scenario::Scenario& scenario) {
    return not_supported(scenario, clients::Client{}, tls_client());
}

// Why a scenario whose first visit is changed cannot be run.
template <class Change>
std::string why_not_with(Change change) {
    scenario::Scenario scenario = plain();
    change(std::get<Connect>(scenario.visits[0].action));
    return why_not(scenario);
}

template <class Action>
std::string why_not_after(Action action) {
    scenario::Scenario scenario = plain();
    scenario.visits.push_back({std::move(action), {}, {}});
    return why_not(scenario);
}

std::string lack(const std::string& id, Reach reach) {
    return not_applicable(kit::scenario_of(id), reach, kit::world().library);
}

}  // namespace

TEST_CASE("plain visits of a command-line client are supported", "[feasible]") {
    CHECK(why_not(plain()).empty());
    CHECK(why_not_after(Connect{}).empty());
}

TEST_CASE("every scenario of the catalogue can be run with a client that verifies", "[feasible]") {
    for (const auto& scenario : kit::world().catalogue.all()) CHECK(why_not(scenario).empty());
}

TEST_CASE("other drivers and services are not supported yet", "[feasible]") {
    clients::Client client;
    client.driver = clients::Driver::terminal;
    CHECK(not_supported(plain(), client, tls_client()) == "the driver terminal is not supported yet");
    client.driver = clients::Driver::exec;
    client.service = "vms";
    CHECK(not_supported(plain(), client, tls_client()) == "the service vms is not supported yet");
}

TEST_CASE("profiles that pin are not supported yet", "[feasible]") {
    CHECK(not_supported(plain(), {}, kit::world().profiles.at("tofu-prompt")) ==
          "profiles that pin are not supported yet");
}

TEST_CASE("several clients in one scenario are not supported yet", "[feasible]") {
    scenario::Scenario scenario = plain();
    scenario.clients = {{"second", "strict"}};
    CHECK(why_not(scenario) == "several clients in one scenario are not supported yet");
}

TEST_CASE("what a visit asks for beyond a chain is named", "[feasible]") {
    CHECK(why_not_with([](Connect& visit) { visit.swap.emplace(); }) ==
          "'swap' in a visit is not supported yet");
    CHECK(why_not_with([](Connect& visit) { visit.claims.emplace(); }).starts_with("'claims'"));
    CHECK(why_not_with([](Connect& visit) { visit.resume = 1; }).starts_with("'resume'"));
    CHECK(why_not_with([](Connect& visit) { visit.connections = 2; }).starts_with("'connections'"));
    CHECK(why_not_with([](Connect& visit) { visit.plain_text = true; }).starts_with("'plain-text'"));
    CHECK(why_not_with([](Connect& visit) { visit.starttls = "hidden"; }).starts_with("'starttls'"));
    CHECK(why_not_with([](Connect& visit) { visit.at.port = "other"; }).starts_with("'at'"));
}

TEST_CASE("visits that do not connect are named", "[feasible]") {
    CHECK(why_not_after(scenario::Restart{}) == "'restart' in a visit is not supported yet");
    CHECK(why_not_after(scenario::SetMode{"strict"}).starts_with("'mode'"));
    CHECK(why_not_after(scenario::Forget{}).starts_with("'forget'"));
    CHECK(why_not_after(scenario::MoveClock{}).starts_with("'clock'"));
}

TEST_CASE("a visit of a second client is named", "[feasible]") {
    scenario::Scenario scenario = plain();
    scenario.visits[0].client = "second";
    CHECK(why_not(scenario) == "'client' in a visit is not supported yet");
}

TEST_CASE("an expectation of prompts is not supported yet", "[feasible]") {
    scenario::Scenario scenario = plain();
    scenario.expect.emplace_back();
    CHECK(why_not(scenario).empty());
    scenario.expect[0].prompts = 1;
    CHECK(why_not(scenario) == "the expectation 'prompts' is not supported yet");
}

TEST_CASE("what is about names does not apply to a client that reaches localhost alone", "[feasible]") {
    const std::string reason = "it is about names, and the client reaches nothing but localhost here";
    CHECK(lack("names/nul-in-san", Reach::localhost) == reason);
    scenario::Scenario elsewhere = kit::make_scenario("other/area", kit::present("leaf", {"wrong-name"}));
    CHECK(not_applicable(elsewhere, Reach::localhost, kit::world().library) == reason);
}

TEST_CASE("what is about names applies wherever a name can be reached", "[feasible]") {
    CHECK(lack("names/nul-in-san", Reach::option).empty());
    CHECK(lack("names/nul-in-san", Reach::nss_wrapper).empty());
}

TEST_CASE("what is not about names applies to a client on localhost too", "[feasible]") {
    CHECK(lack("validity/not-yet-valid", Reach::localhost).empty());
    CHECK(lack("trust/self-signed", Reach::localhost).empty());
}
