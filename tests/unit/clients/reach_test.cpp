#include "clients/reach.hpp"

#include <catch2/catch.hpp>

using namespace guise::clients;

namespace {

Client with_reach(std::vector<Reach> reach) {
    Client client;
    client.file = "demo.yaml";
    client.reach = std::move(reach);
    return client;
}

}  // namespace

TEST_CASE("the first way to the server that works is taken", "[reach]") {
    CHECK(choose_reach(with_reach({Reach::option})).value() == Reach::option);
    CHECK(choose_reach(with_reach({Reach::rpc, Reach::localhost})).value() == Reach::localhost);
    const Reach expected = find_nss_wrapper().empty() ? Reach::localhost : Reach::nss_wrapper;
    CHECK(choose_reach(with_reach({Reach::nss_wrapper, Reach::localhost})).value() == expected);
}

TEST_CASE("where no way works, each says why", "[reach]") {
    const auto reach = choose_reach(with_reach({Reach::hosts_file, Reach::socks_proxy}));
    REQUIRE_FALSE(reach.has_value());
    CHECK(reach.error().text() ==
          "demo.yaml: expected a way to the server that works here, found reach hosts-file is not supported "
          "yet; reach socks-proxy is not supported yet\n");
}

TEST_CASE("the preload libraries are files", "[reach]") {
    for (const auto& library : {find_nss_wrapper(), find_faketime()})
        CHECK((library.empty() || std::filesystem::is_regular_file(library)));
}
