#include "server/stand.hpp"

#include "net/fetch_chain.hpp"
#include "pki/inspect.hpp"
#include "pki/pem.hpp"
#include "pki/trust.hpp"
#include "server/kit.hpp"

#include <catch2/catch.hpp>

#include <future>

using namespace guise;
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
    std::unique_ptr<Stand> stand = open(scenario);

    std::unique_ptr<Stand> open(const scenario::Scenario& what) {
        return Stand::open(io.get_executor(), provider, what, {"127.0.0.1", 0, "test"}).value();
    }
    // The certificates that a client sees; the server works meanwhile, until it has reported the connection.
    std::vector<Bytes> seen() {
        const std::size_t before = stand->connections().size();
        auto client = std::async(std::launch::async,
                                 [port = stand->port()] { return net::fetch_chain("localhost", port); });
        io.restart();
        while (stand->connections().size() == before) REQUIRE(io.run_one_for(20s) == 1);
        return client.get().value().certificates;
    }
};

}  // namespace

TEST_CASE("a stand shows its first visit, then the next that presents something", "[stand]") {
    Place place;
    const auto first = place.seen();
    CHECK(place.stand->visit() == 1);
    CHECK(place.seen() == first);
    CHECK(place.stand->next());
    CHECK(place.stand->visit() == 3);
    CHECK(place.seen() != first);
    CHECK_FALSE(place.stand->next());
    CHECK(place.stand->visit() == 3);
}

TEST_CASE("the address and the name stay, whatever is shown", "[stand]") {
    Place place;
    const auto port = place.stand->port();
    const auto host = place.stand->host();
    REQUIRE(place.stand->show(kit::scenario_of("trust/root-signed")).empty());
    CHECK(place.stand->port() == port);
    CHECK(place.stand->host() == host);
    const auto leaf = pki::inspect(place.seen().at(0)).value();
    CHECK(leaf.names == std::vector<std::string>{"dns:" + host, "dns:localhost", "ip:127.0.0.1"});
}

TEST_CASE("what must be trusted is the root of what is shown", "[stand]") {
    Place place;
    REQUIRE(place.stand->show(kit::scenario_of("trust/root-signed")).empty());
    const auto root = pki::from_pem(place.stand->trust_pem().value(), "trust").value();
    CHECK(pki::why_untrusted(place.seen(), root, kit::now).empty());
}

TEST_CASE("each visit has a canary of its own, and begins without connections", "[stand]") {
    Place place;
    const std::string first = place.stand->canary();
    place.seen();
    CHECK(place.stand->connections().size() == 1);
    place.stand->next();
    CHECK(place.stand->connections().empty());
    CHECK(place.stand->canary() != first);
}

TEST_CASE("what the clients of a visit have done is observed", "[stand]") {
    Place place;
    CHECK(place.stand->observe().outcome == evidence::Outcome::no_connection);
    place.seen();
    CHECK(place.stand->observe().outcome == evidence::Outcome::refused_late);
    CHECK(place.stand->observe().decision == profile::Decision::refuse);
}

TEST_CASE("waiting ends with the connections, or at its limit", "[stand]") {
    Place place;
    CHECK(kit::run_until_done(place.io, place.stand->wait(0, 0ms)));
    CHECK_FALSE(kit::run_until_done(place.io, place.stand->wait(1, 1ms)));
    place.seen();
    CHECK(kit::run_until_done(place.io, place.stand->wait(1, 20s)));
}

TEST_CASE("a scenario that presents nothing is refused, and what was shown stays", "[stand]") {
    Place place;
    scenario::Scenario nothing;
    nothing.id = nothing.base = "made/nothing";
    nothing.visits.push_back({scenario::Restart{}, {}, {}});
    CHECK_FALSE(place.stand->show(nothing).empty());
    CHECK(place.stand->scenario().id == "made/two");
    CHECK_FALSE(
        Stand::open(place.io.get_executor(), place.provider, nothing, {"127.0.0.1", 0, "x"}).has_value());
}
