#include "run/feasible.hpp"

#include "run/kit.hpp"
#include "server/names.hpp"

#include <catch2/catch.hpp>

namespace guise::run::feasible_test {

using namespace guise::server;
using namespace guise::inputs;
using scenario::Answer;
using scenario::Connect;

namespace {

scenario::Scenario plain() { return kit::make_scenario("trust/plain", kit::present("leaf")); }

// A scenario whose visit is changed.
template <class Change>
scenario::Scenario with(Change change) {
    scenario::Scenario out = plain();
    change(std::get<Connect>(out.visits[0].action));
    return out;
}

template <class Action>
scenario::Scenario followed_by(Action action) {
    scenario::Scenario out = plain();
    out.visits.push_back({std::move(action), {}, {}});
    return out;
}

// A client of one mode that is a process.
Participant client_by(const char* routing = "option") {
    Participant out;
    out.client.modes["strict"] = {};
    kit::drive_by(out, "exec");
    out.routing = kit::routing(routing);
    return out;
}

Participant adapter() {
    Participant out = client_by();
    kit::drive_by(out, "rpc");
    return out;
}

std::string lack(const scenario::Scenario& scenario, const Participant& who = client_by()) {
    return not_applicable(scenario, who, kit::inputs().library);
}

std::string lack(const std::string& id, const char* routing) {
    return lack(kit::scenario_of(id), client_by(routing));
}

}  // namespace

TEST_CASE("every driver but the guided one is supported", "[feasible]") {
    Participant who;
    for (const char* driver : {"exec", "terminal", "rpc"}) {
        kit::drive_by(who, driver);
        CHECK(not_supported(plain(), who).empty());
    }
    kit::drive_by(who, "guided");
    CHECK(not_supported(plain(), who) == "the driver guided is not supported yet");
}

TEST_CASE("a server that says something of STARTTLS is not supported yet", "[feasible]") {
    CHECK(not_supported(with([](Connect& visit) { visit.starttls = "hidden"; }), client_by()) ==
          "'starttls' in a visit is not supported yet");
}

TEST_CASE("plain visits apply to every client", "[feasible]") {
    CHECK(lack(plain()).empty());
    CHECK(lack(followed_by(Connect{})).empty());
    CHECK(lack(followed_by(scenario::Restart{})).empty());
}

TEST_CASE("a mode that the client has not does not apply", "[feasible]") {
    scenario::Scenario second = plain();
    second.clients = {{"second", "lax"}};
    CHECK(lack(second) == "the client has no mode 'lax'");
    CHECK(lack(followed_by(scenario::SetMode{"lax"})) == "the client has no mode 'lax'");
    CHECK(lack(followed_by(scenario::SetMode{"strict"})).empty());
    second.clients = {{"second", "strict"}};
    CHECK(lack(second).empty());
}

TEST_CASE("a swap applies to clients that ask for something public first", "[feasible]") {
    const scenario::Scenario swap = with([](Connect& visit) { visit.swap.emplace(); });
    CHECK(lack(swap) == "the client logs in on its first connection: there is nothing to swap before");
    Participant who = client_by();
    who.profile.public_requests = {"GET /info"};
    CHECK(lack(swap, who).empty());
}

TEST_CASE("a process resumes nothing and connects once at a time", "[feasible]") {
    const scenario::Scenario resuming = with([](Connect& visit) { visit.resume = 1; });
    const scenario::Scenario several = with([](Connect& visit) { visit.connections = 2; });
    CHECK_THAT(lack(resuming), Catch::EndsWith("resumes no session"));
    CHECK_THAT(lack(several), Catch::EndsWith("connects once at a time"));
    CHECK(lack(resuming, adapter()).empty());
    CHECK(lack(several, adapter()).empty());
}

TEST_CASE("the clock moves for clients whose clock can be set", "[feasible]") {
    Participant who = client_by();
    CHECK_THAT(lack(followed_by(scenario::MoveClock{}), who), Catch::StartsWith("its clock cannot be set"));
    who.client.faketime = true;
    CHECK(lack(followed_by(scenario::MoveClock{}), who).empty());
}

TEST_CASE("what is to be forgotten must stand in the client's file", "[feasible]") {
    Participant who = client_by();
    CHECK_THAT(lack(followed_by(scenario::Forget{}), who), Catch::EndsWith("(`forget`)"));
    who.client.forget = {"{home}/known"};
    CHECK(lack(followed_by(scenario::Forget{}), who).empty());
}

TEST_CASE("what an adapter can do is left to the adapter", "[feasible]") {
    CHECK(lack(followed_by(scenario::MoveClock{}), adapter()).empty());
    CHECK(lack(followed_by(scenario::Forget{}), adapter()).empty());
}

TEST_CASE("several hosts need a client that finds them", "[feasible]") {
    const scenario::Scenario hosts = with([](Connect& visit) { visit.at.host = "other"; });
    for (const char* routing : {"localhost", "http-proxy", "socks-proxy"})
        CHECK(lack(hosts, client_by(routing)) == "it visits several hosts, and the client reaches one");
    CHECK(lack(hosts).empty());
}

TEST_CASE("several ports need a client that no proxy leads", "[feasible]") {
    const scenario::Scenario ports = with([](Connect& visit) { visit.at.port = "other"; });
    for (const char* routing : {"http-proxy", "socks-proxy"})
        CHECK(lack(ports, client_by(routing)) ==
              "it visits several ports, and the client's proxy leads to one");
    CHECK(lack(ports).empty());
    CHECK(lack(ports, client_by("localhost")).empty());
}

TEST_CASE("what is about names does not apply to a client that reaches localhost alone", "[feasible]") {
    const std::string reason = "it is about names, and the client reaches only localhost here";
    CHECK(lack("names/nul-in-san", "localhost") == reason);
    CHECK(lack(kit::make_scenario("other/area", kit::present("leaf", {"wrong-name"})),
               client_by("localhost")) == reason);
}

TEST_CASE("what is about names applies wherever a name can be reached", "[feasible]") {
    CHECK(lack("names/nul-in-san", "option").empty());
    CHECK(lack("names/nul-in-san", "nss-wrapper").empty());
}

TEST_CASE("what is not about names applies to a client on localhost too", "[feasible]") {
    CHECK(lack("validity/not-yet-valid", "localhost").empty());
    CHECK(lack("trust/self-signed", "localhost").empty());
}

TEST_CASE("a host that is an address is reached by every way that leads to an address", "[feasible]") {
    scenario::Scenario scenario = kit::make_scenario("names/address", kit::present("ip-leaf"));
    CHECK_FALSE(not_applicable(scenario, client_by("localhost"), kit::inputs().library).empty());
    scenario.host = pki::HostKind::ipv4;
    for (const char* routing : {"localhost", "option", "nss-wrapper", "http-proxy"})
        CHECK(not_applicable(scenario, client_by(routing), kit::inputs().library).empty());
    scenario.host = pki::HostKind::ipv6;
    CHECK(not_applicable(scenario, client_by(), kit::inputs().library).empty() == has_ipv6());
}

TEST_CASE("a server that stops without a word falls silent, and no other does", "[feasible]") {
    const auto silent = [](const std::string& id) {
        return stalls(kit::scenario_of(id), kit::inputs().library);
    };
    CHECK(silent("handshake/stalls[after=proof,tls=1.3]"));
    for (const std::string id :
         {"handshake/resets[after=proof,tls=1.3]", "handshake/closes[after=proof,tls=1.3]",
          "trust/ca-signed[tls=1.3]", "validity/expired[position=leaf,tls=1.3]"})
        CHECK_FALSE(silent(id));
}

}  // namespace guise::run::feasible_test
