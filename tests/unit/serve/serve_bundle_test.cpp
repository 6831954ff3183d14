#include "serve/serve_bundle.hpp"

#include "net/fetch_chain.hpp"
#include "pki/mint.hpp"
#include "server/kit.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <thread>

namespace guise::serve::serve_bundle_test {

using namespace guise::server;

namespace {

pki::Bundle bundle(const std::string& recipe) {
    pki::KeyPool keys;
    pki::Mint mint(kit::inputs().library, keys, "1");
    const auto chain =
        mint.mint(kit::present(recipe), "case", {"srv.guise.test", "127.0.0.1", kit::now, {}}, {"root"})
            .value();
    pki::Bundle out{chain.presentation->key, {}};
    for (const auto& each : chain.path) out.chain.push_back(each.der);
    return out;
}

// What a client is shown.
std::vector<Bytes> served(const pki::Bundle& what) {
    std::vector<Bytes> out;
    std::thread client;
    const Problems problems = serve_bundle(
        what, "127.0.0.1", 0,
        [&](std::uint16_t port) {
            client =
                std::thread([&out, port] { out = net::fetch_chain("localhost", port).value().certificates; });
        },
        [](const tls::Transcript&) { std::raise(SIGTERM); });
    client.join();
    CHECK(problems.empty());
    return out;
}

}  // namespace

TEST_CASE("a file's chain is served without its root", "[serve]") {
    const pki::Bundle what = bundle("leaf");
    REQUIRE(what.chain.size() == 3);
    CHECK(served(what) == std::vector<Bytes>(what.chain.begin(), what.chain.end() - 1));
}

TEST_CASE("a self-signed certificate is served as it is", "[serve]") {
    const pki::Bundle what = bundle("self-signed");
    CHECK(served(what) == what.chain);
}

TEST_CASE("an address that is not this machine's is a problem", "[serve]") {
    const auto nothing = [](const auto&...) {};
    CHECK_FALSE(serve_bundle(bundle("self-signed"), "192.0.2.1", 0, nothing, nothing).empty());
}

}  // namespace guise::serve::serve_bundle_test
