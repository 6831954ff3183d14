#include "clients/routing/proxy.hpp"

#include <catch2/catch.hpp>

namespace guise::clients::proxy_test {
namespace {

VisitPlace behind_proxy(std::string address) {
    VisitPlace place;
    place.address = std::move(address);
    place.proxy_port = 8080;
    return place;
}

std::map<std::string, std::string> environment_of(const Routing& routing) {
    std::map<std::string, std::string> env{{"NO_PROXY", "localhost"}};
    routing.environment(behind_proxy("127.0.0.1"), env);
    return env;
}

}  // namespace

TEST_CASE("an HTTP proxy is named in each variable that programs read, for every host", "[routing]") {
    const std::string proxy = "http://127.0.0.1:8080";
    CHECK(environment_of(http_proxy_routing()) ==
          std::map<std::string, std::string>{
              {"http_proxy", proxy}, {"https_proxy", proxy}, {"HTTPS_PROXY", proxy}, {"NO_PROXY", ""}});
}

TEST_CASE("a SOCKS proxy is asked to resolve the name", "[routing]") {
    const std::string proxy = "socks5h://127.0.0.1:8080";
    CHECK(environment_of(socks_proxy_routing()) ==
          std::map<std::string, std::string>{{"all_proxy", proxy}, {"ALL_PROXY", proxy}, {"NO_PROXY", ""}});
}

TEST_CASE("the address of a proxy is written as in a URL", "[routing]") {
    CHECK(proxy_address(behind_proxy("::1")) == "[::1]:8080");
}

TEST_CASE("behind a proxy one host and one port are reached", "[routing]") {
    for (const Routing& routing : {http_proxy_routing(), socks_proxy_routing()}) {
        CHECK_FALSE(routing.hosts);
        CHECK_FALSE(routing.ports);
    }
}

}  // namespace guise::clients::proxy_test
