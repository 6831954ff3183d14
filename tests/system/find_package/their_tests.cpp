#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>

#include <cstdlib>
#include <guise/guise.hpp>
#include <thread>

namespace {

int curl(const guise::Visit& visit, const std::string& options = "") {
    const std::string command = "curl -q -sS --noproxy '*' --cacert '" + visit.ca_file() +
                                "' -H 'Authorization: Bearer " + visit.canary() + "' " + options + " '" +
                                visit.url() + "' >/dev/null 2>&1";
    return std::system(command.c_str());
}

}  // namespace

TEST_CASE("curl refuses an expired certificate") {
    auto visit = guise::server().present("validity/expired");
    curl(visit);
    const auto outcome = visit.outcome();
    CHECK(outcome.refused());
    CHECK_FALSE(outcome.accepted());
    CHECK_FALSE(outcome.leaked());
    CHECK(outcome.alert() == "certificate_expired");
    CHECK(outcome.request().empty());
}

TEST_CASE("curl accepts a good certificate, and its request is seen") {
    auto visit = guise::server().present("trust/ca-signed");
    CHECK(curl(visit) == 0);
    CHECK(visit.outcome().accepted());
    CHECK(visit.outcome().request().find("Bearer " + visit.canary()) != std::string::npos);
}

TEST_CASE("the certificate changes at the same address") {
    auto visit = guise::server().present("trust/ca-signed");
    curl(visit);
    CHECK(visit.outcome().accepted());
    const auto port = visit.port();
    visit.swap("names/wrong-name");
    CHECK(visit.port() == port);
    curl(visit);
    CHECK(visit.outcome().refused());
}

TEST_CASE("silence is neither accepted nor refused") {
    auto visit = guise::server().present("validity/expired");
    const auto outcome = visit.outcome(1, std::chrono::milliseconds(1));
    CHECK_FALSE(outcome.accepted());
    CHECK_FALSE(outcome.refused());
    CHECK(outcome.told().find("no client connected") != std::string::npos);
}

TEST_CASE("a scenario that does not exist is an error that names it") {
    CHECK_THROWS_WITH(guise::server().present("no/such"), Catch::Contains("no/such"));
}

TEST_CASE("threads share a server") {
    bool refused[8] = {};
    std::vector<std::thread> threads;
    for (bool& each : refused)
        threads.emplace_back([&each] {
            auto visit = guise::server().present("validity/expired");
            curl(visit);
            each = static_cast<bool>(visit.outcome().refused());
        });
    for (std::thread& thread : threads) thread.join();
    for (const bool each : refused) CHECK(each);
}

TEST_CASE("a client that does not look at certificates", "[.][careless]") {
    auto visit = guise::server().present("validity/expired");
    curl(visit, "-k");
    CHECK(visit.outcome().refused());
}
