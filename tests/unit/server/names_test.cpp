#include "server/names.hpp"

#include "server/kit.hpp"

#include <catch2/catch.hpp>

#include <regex>
#include <set>

namespace guise::server::names_test {

TEST_CASE("a host is the id read backwards", "[names]") {
    CHECK(host_of("pin/changed-key") == "changed-key.pin.guise.test");
    CHECK(host_of("a/b/c") == "c.b.a.guise.test");
    CHECK(host_of("liveness") == "liveness.guise.test");
}

TEST_CASE("a variant has a label of its own before the host of its file", "[names]") {
    const std::string host = host_of("validity/expired[position=leaf,tls=1.3]");
    CHECK(std::regex_match(host, std::regex("v[0-9a-f]{6}\\.expired\\.validity\\.guise\\.test")));
}

TEST_CASE("a variant has the same host in every run", "[names]") {
    CHECK(host_of("trust/ca-signed[tls=1.2]") == "v10759f.ca-signed.trust.guise.test");
}

TEST_CASE("all cases of the catalogue have hosts of their own, in DNS form", "[names]") {
    std::set<std::string> hosts;
    const auto& all = kit::inputs().catalogue.all();
    for (const auto& scenario : all) {
        const std::string host = host_of(scenario.id);  // also of those that are visited by their address
        CHECK(std::regex_match(host, std::regex("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+test")));
        hosts.insert(host);
    }
    CHECK(hosts.size() == all.size());
}

TEST_CASE("the same seed and purpose draw the same", "[names]") {
    CHECK(SeededGenerator("a").hex("canary", 32) == SeededGenerator("a").hex("canary", 32));
}

TEST_CASE("another seed or another purpose draws something else", "[names]") {
    CHECK(SeededGenerator("a").hex("canary", 32) != SeededGenerator("b").hex("canary", 32));
    CHECK(SeededGenerator("a").hex("canary", 32) != SeededGenerator("a").hex("run", 32));
}

TEST_CASE("seed and purpose are kept apart", "[names]") {
    CHECK(SeededGenerator("ab").hex("c", 32) != SeededGenerator("a").hex("bc", 32));
}

TEST_CASE("as many hexadecimal digits are drawn as were asked for", "[names]") {
    for (const std::size_t digits : {0, 1, 8, 64}) {
        const std::string drawn = SeededGenerator("a").hex("p", digits);
        CHECK(drawn.size() == digits);
        CHECK(drawn.find_first_not_of("0123456789abcdef") == std::string::npos);
    }
}

TEST_CASE("a draw tells its seed", "[names]") { CHECK(SeededGenerator("5eed").seed() == "5eed"); }

TEST_CASE("a fresh seed is eight hexadecimal digits, and another one each time", "[names]") {
    CHECK(std::regex_match(fresh_seed(), std::regex("[0-9a-f]{8}")));
    std::set<std::string> seeds;
    for (int i = 0; i < 8; ++i) seeds.insert(fresh_seed());
    CHECK(seeds.size() > 1);
}

TEST_CASE("a scenario is served where it says, and its host is its name or its address", "[names]") {
    guise::scenario::Scenario scenario = kit::make_scenario("a/b", kit::present("leaf"));
    CHECK(address_for(scenario, "127.0.0.2") == "127.0.0.2");
    CHECK(host_for(scenario, "a/b", "127.0.0.2") == "b.a.guise.test");
    CHECK(other_hosts(scenario) == std::vector<std::string>{"localhost"});
    scenario.host = guise::pki::HostKind::ipv4;
    CHECK(address_for(scenario, "127.0.0.2") == "127.0.0.2");
    CHECK(address_for(scenario, "::1") == "127.0.0.1");
    CHECK(host_for(scenario, "a/b", "127.0.0.2") == "127.0.0.2");
    CHECK(other_hosts(scenario).empty());
    scenario.host = guise::pki::HostKind::ipv6;
    CHECK(address_for(scenario, "127.0.0.1") == "::1");
    CHECK(host_for(scenario, "a/b", "::1") == "::1");
}

}  // namespace guise::server::names_test
