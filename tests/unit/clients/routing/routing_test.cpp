#include "clients/routing/routing.hpp"

#include "clients/client_files.hpp"

#include <catch2/catch.hpp>

namespace guise::clients::routing_test {
namespace {

const Routing works{.name = "works"};
const Routing broken{.name = "broken", .why_not = [] { return std::string("no kernel"); }};
const Routing missing{.name = "missing", .why_not = [] { return std::string("no library"); }};

Client with_routing(std::vector<std::string> names) {
    Client client;
    client.file = "demo.yaml";
    client.routing = std::move(names);
    return client;
}

}  // namespace

TEST_CASE("the first routing of the client that works here is chosen", "[routing]") {
    const std::vector<Routing> table{works, broken, missing};
    CHECK(choose_routing(with_routing({"works", "broken"}), table).value()->name == "works");
    CHECK(choose_routing(with_routing({"missing", "broken", "works"}), table).value() == &table[0]);
}

TEST_CASE("where no routing works, each says why", "[routing]") {
    CHECK(choose_routing(with_routing({"missing", "broken", "other"}), {works, broken, missing})
              .error()
              .text() ==
          "demo.yaml: expected a way to the server that works here, found no library; no kernel; there is no "
          "routing 'other'\n");
}

TEST_CASE("an option, a proxy, an adapter or localhost needs nothing of the machine", "[routing]") {
    for (const char* name : {"option", "http-proxy", "socks-proxy", "rpc", "localhost"}) {
        CAPTURE(name);
        REQUIRE(routing(name));
        CHECK_FALSE(routing(name)->why_not);
    }
}

}  // namespace guise::clients::routing_test
