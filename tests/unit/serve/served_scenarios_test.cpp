#include "serve/served_scenarios.hpp"

#include "pki/inspect.hpp"
#include "pki/pem.hpp"
#include "server/kit.hpp"
#include "tls/chain_probe.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <array>

namespace guise::serve::served_scenarios_test {

using namespace guise::server;
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

const std::vector<std::string> some{"trust/root-signed", "trust/self-signed", "trust/self-signed-installed"};

std::vector<const scenario::Scenario*> scenarios_of(const std::vector<std::string>& ids) {
    std::vector<const scenario::Scenario*> out;
    for (const std::string& id : ids) out.push_back(&kit::scenario_of(id));
    return out;
}

struct Told {
    std::string scenario;  // empty: none had the name
    tls::Transcript connection;
};

asio::awaitable<void> shake_hands(std::uint16_t port, tls::ChainProbe& probe) {
    tcp::socket socket(co_await asio::this_coro::executor);
    co_await socket.async_connect({asio::ip::make_address("127.0.0.1"), port}, asio::use_awaitable);
    std::array<std::uint8_t, 16 * 1024> chunk{};
    for (;;) {
        const Bytes out = probe.take_output();
        if (!out.empty()) co_await asio::async_write(socket, asio::buffer(out), asio::use_awaitable);
        if (probe.done()) co_return;
        const std::size_t got = co_await socket.async_read_some(asio::buffer(chunk), asio::use_awaitable);
        probe.receive({chunk.data(), got});
    }
}

// A server on loopback, and clients of it in the same thread.
struct Served3 {
    TemporaryFolder folder;
    ChainProvider provider = kit::make_provider();
    asio::io_context io{1};
    std::vector<Told> told;
    std::unique_ptr<ServedScenarios> server;

    explicit Served3(const std::vector<std::string>& ids = some) {
        server = ServedScenarios::open(io.get_executor(), provider, scenarios_of(ids),
                                       {.address = "127.0.0.1", .port = 0, .dir = folder.path() / "trust"},
                                       [this](const Served* served, const tls::Transcript& connection) {
                                           told.push_back({served ? served->scenario->id : "", connection});
                                       })
                     .value();
    }
    // What a client is shown that says this name, and what the server reported of it.
    tls::ShownChain ask(std::uint16_t port, const std::string& name) {
        tls::ChainProbe probe(name);
        const std::size_t before = told.size();
        asio::co_spawn(io, shake_hands(port, probe), [](const std::exception_ptr&) {});
        while (told.size() == before) REQUIRE(io.run_one_for(std::chrono::seconds(20)) == 1);
        return probe.shown();
    }
    const Served& of(const std::string& id) const {
        const auto& all = server->served();
        return **std::find_if(all.begin(), all.end(),
                              [&](const auto& served) { return served->scenario->id == id; });
    }
};

std::vector<Bytes> certificates_in(const std::string& file) {
    return pki::from_pem(kit::content_of(file), file).value();
}

}  // namespace

TEST_CASE("each scenario has a port and a host of its own", "[serve]") {
    const Served3 here;
    REQUIRE(here.server->served().size() == 3);
    std::set<std::uint16_t> ports{here.server->shared_port()};
    for (const auto& served : here.server->served()) ports.insert(served->port);
    CHECK(ports.size() == 4);
    CHECK_FALSE(ports.contains(0));
    CHECK(here.of("trust/self-signed").host == "self-signed.trust.guise.test");
}

TEST_CASE("a port shows its scenario whatever name the client says", "[serve]") {
    Served3 here;
    const auto& served = here.of("trust/root-signed");
    const auto by_address = here.ask(served.port, "");
    CHECK(by_address.certificates.size() >= 1);
    CHECK(here.ask(served.port, "localhost").certificates == by_address.certificates);
    CHECK(here.ask(served.port, "self-signed.trust.guise.test").certificates == by_address.certificates);
    for (const Told& told : here.told) CHECK(told.scenario == "trust/root-signed");
    CHECK(here.told[0].connection.presented == "trust/root-signed");
}

TEST_CASE("the shared port shows what the name says, the same as on the port of its own", "[serve]") {
    Served3 here;
    for (const std::string& id : some) {
        const auto& served = here.of(id);
        CHECK(here.ask(here.server->shared_port(), served.host).certificates ==
              here.ask(served.port, "localhost").certificates);
        CHECK(here.told.back().scenario == id);
    }
}

TEST_CASE("a name is the same in capitals", "[serve]") {
    Served3 here;
    CHECK_FALSE(here.ask(here.server->shared_port(), "Self-Signed.TRUST.guise.test").certificates.empty());
    CHECK(here.told.back().scenario == "trust/self-signed");
}

TEST_CASE("an unknown name on the shared port is shown nothing, and is told", "[serve]") {
    Served3 here;
    for (const char* name : {"no-such.guise.test", "localhost", ""}) {
        CHECK(here.ask(here.server->shared_port(), name).certificates.empty());
        CHECK(here.told.back().scenario.empty());
    }
    CHECK(here.told[0].connection.hello->server_name == "no-such.guise.test");
}

TEST_CASE("a served certificate is good for its host, localhost and the address", "[serve]") {
    Served3 here;
    const auto& served = here.of("trust/root-signed");
    const auto shown = here.ask(served.port, "localhost");
    const auto names = pki::inspect_chain(shown.certificates, "served").value().at(0).names;
    const auto has = [&](const std::string& name) {
        return std::any_of(names.begin(), names.end(),
                           [&](const std::string& each) { return each.find(name) != std::string::npos; });
    };
    CHECK(has(served.host));
    CHECK(has("localhost"));
    CHECK(has("127.0.0.1"));
}

TEST_CASE("the root file holds the root of the run", "[serve]") {
    Served3 here;
    CHECK(kit::content_of(here.server->root_file()) == here.provider.root_pem().value());
    CHECK(here.of("trust/root-signed").trust_file == here.server->root_file());
}

TEST_CASE("a scenario that changes what is trusted has a file of its own", "[serve]") {
    Served3 here;
    const auto& served = here.of("trust/self-signed-installed");
    CHECK(served.trust_file == (here.folder.path() / "trust" / "trust_self-signed-installed.pem").string());
    const auto trusted = certificates_in(served.trust_file);
    REQUIRE(trusted.size() == 2);
    CHECK(trusted[0] == certificates_in(here.server->root_file())[0]);
    CHECK(trusted[1] == here.ask(served.port, "localhost").certificates[0]);
}

TEST_CASE("what is installed, and a defect of the root, change what is trusted", "[serve]") {
    CHECK(changes_trust(kit::scenario_of("trust/self-signed-installed")));
    CHECK(changes_trust(kit::scenario_of("validity/expired[position=root,tls=1.3]")));
    CHECK_FALSE(changes_trust(kit::scenario_of("validity/expired[position=leaf,tls=1.3]")));
    CHECK_FALSE(changes_trust(kit::scenario_of("trust/self-signed")));
}

TEST_CASE("a folder that cannot be made keeps the server from opening", "[serve]") {
    const TemporaryFolder folder;
    kit::write(folder.path() / "file", "in the way");
    ChainProvider provider = kit::make_provider();
    asio::io_context io{1};
    const auto server =
        ServedScenarios::open(io.get_executor(), provider, scenarios_of(some),
                              {.address = "127.0.0.1", .port = 0, .dir = folder.path() / "file"}, {});
    REQUIRE_FALSE(server.has_value());
    CHECK(server.error().text() ==
          "cannot make the folder " + (folder.path() / "file").string() + ": Not a directory\n");
}

TEST_CASE("a shared port that is taken keeps the server from opening", "[serve]") {
    const Served3 first;
    ChainProvider provider = kit::make_provider();
    asio::io_context io{1};
    const auto server = ServedScenarios::open(
        io.get_executor(), provider, scenarios_of(some),
        {.address = "127.0.0.1", .port = first.server->shared_port(), .dir = first.folder.path()}, {});
    CHECK_FALSE(server.has_value());
}

TEST_CASE("an address that is no address keeps the server from opening", "[serve]") {
    const TemporaryFolder folder;
    ChainProvider provider = kit::make_provider();
    asio::io_context io{1};
    const auto server = ServedScenarios::open(io.get_executor(), provider, scenarios_of(some),
                                              {.address = "nowhere", .port = 0, .dir = folder.path()}, {});
    CHECK_FALSE(server.has_value());
}

TEST_CASE("why a chain cannot be shown is told when a client asks for it", "[serve]") {
    const TemporaryFolder folder;
    ChainProvider provider = kit::make_provider();
    asio::io_context io{1};
    scenario::Scenario broken = kit::scenario_of("trust/self-signed");
    std::get<scenario::Connect>(broken.visits.front().action).present.leaf = "nobody";
    std::vector<std::string> told;
    std::vector<tls::Transcript> ended;
    const auto trouble = [&](const Served& served, const Problems& problems) {
        told.push_back(served.scenario->id + ": " + problems.text());
    };
    const auto server =
        ServedScenarios::open(
            io.get_executor(), provider, {&broken}, {"127.0.0.1", 0, folder.path(), trouble},
            [&](const Served*, const tls::Transcript& connection) { ended.push_back(connection); })
            .value();
    CHECK(told.empty());
    tls::ChainProbe probe("localhost");
    asio::co_spawn(io, shake_hands(server->served().front()->port, probe), [](const std::exception_ptr&) {});
    while (ended.empty()) REQUIRE(io.run_one_for(std::chrono::seconds(20)) == 1);
    REQUIRE(told.size() == 1);
    CHECK_THAT(told.front(), Catch::StartsWith("trust/self-signed: ") && Catch::Contains("'nobody'"));
}

}  // namespace guise::serve::served_scenarios_test
