#include "serve/serve.hpp"

#include "server/kit.hpp"

#include <catch2/catch.hpp>

#include <csignal>

namespace guise::serve::serve_test {

using namespace guise::server;

namespace {

std::vector<const scenario::Scenario*> some() {
    std::vector<const scenario::Scenario*> out;
    for (const char* id : {"trust/root-signed", "trust/self-signed", "trust/self-signed-installed"})
        out.push_back(&kit::scenario_of(id));
    return out;
}

}  // namespace

TEST_CASE("serving ends at a signal, even one that comes as soon as it is ready", "[serve]") {
    const TemporaryFolder folder;
    ChainProvider provider = kit::make_provider();
    for (const int signal : {SIGINT, SIGTERM}) {
        bool ready = false;
        const Problems problems = serve::serve(
            provider, some(), {.address = "127.0.0.1", .port = 0, .dir = folder.path()},
            [&](const ServedScenarios& server) {
                ready = server.served().size() == 3;
                std::raise(signal);
            },
            [](const Served*, const tls::Transcript&) {});
        CHECK(problems.empty());
        CHECK(ready);
    }
}

TEST_CASE("what keeps the server from opening ends serving at once", "[serve]") {
    const TemporaryFolder folder;
    ChainProvider provider = kit::make_provider();
    const Problems problems =
        serve::serve(provider, some(), {.address = "nowhere", .port = 0, .dir = folder.path()},
                     [](const ServedScenarios&) { FAIL("not ready"); }, {});
    CHECK_FALSE(problems.empty());
}

}  // namespace guise::serve::serve_test
