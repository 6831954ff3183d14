#include "serve/hold.hpp"

#include "server/kit.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <csignal>
#include <unistd.h>

namespace guise::serve::hold_test {

using namespace guise::server;

TEST_CASE("each line shows the next visit, and after the last the first again", "[hold]") {
    scenario::Scenario scenario = kit::make_scenario("made/two", kit::present("self-signed"));
    scenario.visits.push_back(scenario.visits.front());
    ChainProvider provider = kit::make_provider();
    std::array<int, 2> lines{};
    REQUIRE(::pipe(lines.data()) == 0);
    std::vector<int> visits;
    std::set<std::uint16_t> ports;
    const HoldListener listener{[&](HeldScenario& held) {
                                    visits.push_back(held.visit());
                                    ports.insert(held.port());
                                    if (visits.size() == 4) std::raise(SIGTERM);
                                    if (visits.size() < 4) REQUIRE(::write(lines[1], "\n", 1) == 1);
                                    return Problems();
                                },
                                [](const HeldScenario&, const tls::Transcript&) {}};
    CHECK(hold(provider, scenario, {"127.0.0.1", 0, "test"}, lines[0], listener).empty());
    CHECK(visits == std::vector{1, 2, 1, 2});
    CHECK(ports.size() == 1);
    ::close(lines[0]);
    ::close(lines[1]);
}

TEST_CASE("a scenario that presents nothing cannot be held", "[hold]") {
    scenario::Scenario scenario;
    scenario.visits.push_back({scenario::Restart{}, {}, {}});
    ChainProvider provider = kit::make_provider();
    CHECK_FALSE(hold(provider, scenario, {"127.0.0.1", 0, "test"}, 0, {}).empty());
}

TEST_CASE("what the listener cannot tell ends it", "[hold]") {
    const int last = GENERATE(1, 2);
    ChainProvider provider = kit::make_provider();
    std::array<int, 2> lines{};
    REQUIRE(::pipe(lines.data()) == 0);
    REQUIRE(::write(lines[1], "\n", 1) == 1);
    int shown = 0;
    const HoldListener listener{
        [&](HeldScenario&) {
            return ++shown == last ? Problems(Problem{{}, "a file", "none"}) : Problems();
        },
        [](const HeldScenario&, const tls::Transcript&) {}};
    const scenario::Scenario scenario = kit::make_scenario("made/one", kit::present("self-signed"));
    CHECK(hold(provider, scenario, {"127.0.0.1", 0, "test"}, lines[0], listener).text() ==
          "expected a file, found none\n");
    CHECK(shown == last);
    for (const int end : lines) ::close(end);
}

}  // namespace guise::serve::hold_test
