#include "serve/held_scenario.hpp"

#include "net/fetch_chain.hpp"
#include "pki/inspect.hpp"
#include "pki/pem.hpp"
#include "pki/trust.hpp"
#include "server/kit.hpp"

#include <catch2/catch.hpp>

#include <future>

namespace guise::serve::held_scenario_test {

using namespace guise::server;
using namespace std::chrono_literals;

namespace {

// A scenario of two certificates with a restart between them.
scenario::Scenario two_visits() {
    scenario::Scenario out = kit::make_scenario("made/two", kit::present("self-signed"));
    out.visits.push_back({scenario::Restart{}, {}, {}});
    scenario::Connect second;
    second.present = kit::present("self-signed");
    second.present.key = "b";
    out.visits.push_back({second, {}, {}});
    return out;
}

struct Place {
    boost::asio::io_context io;
    ChainProvider provider = kit::make_provider();
    scenario::Scenario scenario = two_visits();
    std::unique_ptr<HeldScenario> held = open(scenario);

    std::unique_ptr<HeldScenario> open(const scenario::Scenario& what) {
        return HeldScenario::open(io.get_executor(), provider, what, {"127.0.0.1", 0, "test"}).value();
    }
    // The certificates that a client sees; the server works meanwhile, until it has reported the connection.
    std::vector<Bytes> seen() {
        const std::size_t before = held->connections().size();
        auto client = std::async(std::launch::async,
                                 [port = held->port()] { return net::fetch_chain("localhost", port); });
        io.restart();
        while (held->connections().size() == before) REQUIRE(io.run_one_for(20s) == 1);
        return client.get().value().certificates;
    }
};

}  // namespace

TEST_CASE("a held scenario shows its first visit, then the next that presents something", "[held]") {
    Place place;
    const auto first = place.seen();
    CHECK(place.held->visit() == 1);
    CHECK(place.seen() == first);
    CHECK(place.held->next());
    CHECK(place.held->visit() == 3);
    CHECK(place.seen() != first);
    CHECK_FALSE(place.held->next());
    CHECK(place.held->visit() == 3);
}

TEST_CASE("the address and the name stay, whatever is shown", "[held]") {
    Place place;
    const auto port = place.held->port();
    const auto host = place.held->host();
    REQUIRE(place.held->show(kit::scenario_of("trust/root-signed")).empty());
    CHECK(place.held->port() == port);
    CHECK(place.held->host() == host);
    const auto leaf = pki::inspect(place.seen().at(0)).value();
    CHECK(leaf.names == std::vector<std::string>{"dns:" + host, "dns:localhost", "ip:127.0.0.1"});
}

TEST_CASE("what must be trusted is the root of what is shown", "[held]") {
    Place place;
    REQUIRE(place.held->show(kit::scenario_of("trust/root-signed")).empty());
    const auto root = pki::from_pem(place.held->trust_pem().value(), "trust").value();
    CHECK(pki::why_untrusted(place.seen(), root, kit::now).empty());
}

TEST_CASE("each visit has a canary of its own, and begins without connections", "[held]") {
    Place place;
    const std::string first = place.held->canary();
    place.seen();
    CHECK(place.held->connections().size() == 1);
    place.held->next();
    CHECK(place.held->connections().empty());
    CHECK(place.held->canary() != first);
}

TEST_CASE("what the clients of a visit have done is observed", "[held]") {
    Place place;
    CHECK(place.held->observe().outcome == evidence::Outcome::no_connection);
    place.seen();
    CHECK(place.held->observe().outcome == evidence::Outcome::refused_late);
    CHECK(place.held->observe().decision == profile::Decision::refuse);
}

TEST_CASE("waiting ends with the connections, or at its limit", "[held]") {
    Place place;
    const Notifier::Clock::time_point past{};
    CHECK(kit::run_until_done(place.io, place.held->wait(0, past)) == Woken::changed);
    CHECK(kit::run_until_done(place.io, place.held->wait(1, past)) == Woken::deadline);
    place.seen();
    CHECK(kit::run_until_done(place.io, place.held->wait(1, deadline_after(20s))) == Woken::changed);
}

TEST_CASE("a scenario that presents nothing is refused, and what was shown stays", "[held]") {
    Place place;
    scenario::Scenario nothing;
    nothing.id = nothing.base = "made/nothing";
    nothing.visits.push_back({scenario::Restart{}, {}, {}});
    CHECK_FALSE(place.held->show(nothing).empty());
    CHECK(place.held->scenario().id == "made/two");
    CHECK_FALSE(HeldScenario::open(place.io.get_executor(), place.provider, nothing, {"127.0.0.1", 0, "x"})
                    .has_value());
}

}  // namespace guise::serve::held_scenario_test
