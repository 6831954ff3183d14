#include "server/chain_provider.hpp"

#include "pki/inspect.hpp"
#include "pki/pem.hpp"
#include "server/kit.hpp"
#include "server/publisher.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <future>

namespace guise::server::chain_provider_test {
namespace {

const pki::Setting setting{.host = "a.guise.test", .address = "127.0.0.1", .now = {}};

Shown show(ChainProvider& provider, const scenario::Scenario& scenario, const std::string& scope = "a") {
    const auto& connect = std::get<scenario::Connect>(scenario.visits.at(0).action);
    return provider.show(scenario, connect.present, scope, setting, {.label = "the label"}).value();
}

std::vector<Bytes> trusted(const Shown& shown) { return pki::from_pem(shown.trust_pem, "trust").value(); }

Bytes root_of(ChainProvider& provider) {
    return pki::from_pem(provider.root_pem().value(), "root").value().at(0);
}

}  // namespace

TEST_CASE("what is shown has the label and the versions of the scenario", "[provider]") {
    ChainProvider provider = kit::make_provider();
    CHECK(show(provider, kit::scenario_of("trust/ca-signed[tls=1.2]")).presentation->versions ==
          tls::Versions::tls12);
    CHECK(show(provider, kit::scenario_of("trust/self-signed")).presentation->versions == tls::Versions::any);
    CHECK(show(provider, kit::scenario_of("trust/self-signed")).presentation->label == "the label");
}

TEST_CASE("the clock of a run stands still, or goes on by the machine's", "[provider]") {
    std::chrono::sys_seconds machine = kit::now;
    ChainProvider moving(kit::inputs(), SeededGenerator("seed"), {kit::now, [&] { return machine; }}, {});
    const ChainProvider still = kit::make_provider();
    CHECK(moving.elapsed().count() == 0);
    machine += std::chrono::minutes(7);
    CHECK(moving.elapsed() == std::chrono::minutes(7));
    CHECK(still.elapsed().count() == 0);
    machine = kit::now - std::chrono::hours(1);  // it was set back
    CHECK(moving.elapsed().count() == 0);
    CHECK(moving.now() == kit::now);
}

TEST_CASE("the root of the run is trusted", "[provider]") {
    ChainProvider provider = kit::make_provider();
    for (const char* id : {"trust/root-signed", "trust/private-ca", "trust/self-signed"}) {
        const Shown shown = show(provider, kit::scenario_of(id));
        CHECK(trusted(shown) == std::vector<Bytes>{root_of(provider)});
    }
}

TEST_CASE("a root with a defect is trusted as it is presented", "[provider]") {
    ChainProvider provider = kit::make_provider();
    const Shown shown = show(provider, kit::scenario_of("validity/expired[position=root,tls=1.3]"));
    REQUIRE(trusted(shown).size() == 1);
    CHECK(trusted(shown)[0] == shown.chain->path.back().der);
    CHECK(trusted(shown)[0] != root_of(provider));
}

TEST_CASE("an installed certificate is trusted besides the root, as it is presented", "[provider]") {
    ChainProvider provider = kit::make_provider();
    const Shown shown = show(provider, kit::scenario_of("trust/self-signed-installed"));
    CHECK(trusted(shown) == std::vector<Bytes>{root_of(provider), shown.presentation->certificates.at(0)});
    CHECK(shown.chain->faults.empty());
}

TEST_CASE("a certificate with another key than the installed one is not trusted", "[provider]") {
    ChainProvider provider = kit::make_provider();
    scenario::Scenario scenario = kit::scenario_of("trust/self-signed-installed");
    std::get<scenario::Connect>(scenario.visits[0].action).present.key = "b";
    const Shown shown = show(provider, scenario);
    CHECK(shown.chain->faults.contains(Fault::unknown_issuer));
    REQUIRE(trusted(shown).size() == 2);
    CHECK(trusted(shown)[1] != shown.presentation->certificates.at(0));
}

TEST_CASE("equal requests of one case are the same octets", "[provider]") {
    ChainProvider provider = kit::make_provider();
    const auto& scenario = kit::scenario_of("validity/not-yet-valid");
    const Shown first = show(provider, scenario);
    const Shown second = show(provider, scenario);
    CHECK(first.presentation->certificates == second.presentation->certificates);
    CHECK(first.trust_pem == second.trust_pem);
}

TEST_CASE("two cases share no leaf, but their root", "[provider]") {
    ChainProvider provider = kit::make_provider();
    const auto& scenario = kit::scenario_of("trust/root-signed");
    const Shown one = show(provider, scenario, "a");
    const Shown other = show(provider, scenario, "b");
    CHECK(one.presentation->certificates[0] != other.presentation->certificates[0]);
    CHECK(one.trust_pem == other.trust_pem);
}

TEST_CASE("two runs have roots of their own", "[provider]") {
    ChainProvider one = kit::make_provider();
    ChainProvider other = kit::make_provider();
    CHECK(root_of(one) != root_of(other));
}

TEST_CASE("the clock is the run's, whatever the setting says", "[provider]") {
    ChainProvider provider = kit::make_provider();
    CHECK(provider.now() == kit::now);
    CHECK(show(provider, kit::scenario_of("trust/root-signed")).chain->faults.empty());
}

TEST_CASE("sessions are handed out on the occasions that say so", "[provider]") {
    ChainProvider provider = kit::make_provider();
    const auto& scenario = kit::scenario_of("trust/root-signed");
    const pki::Present& present = std::get<scenario::Connect>(scenario.visits.at(0).action).present;
    CHECK_FALSE(provider.show(scenario, present, "a", setting, {}).value().presentation->resumption);
    CHECK(provider.show(scenario, present, "a", setting, {.resumption = true})
              .value()
              .presentation->resumption);
}

TEST_CASE("a chain that is made after the clock has moved on is good by that clock", "[provider]") {
    ChainProvider provider = kit::make_provider();
    const auto& scenario = kit::scenario_of("trust/root-signed");
    const pki::Present& present = std::get<scenario::Connect>(scenario.visits.at(0).action).present;
    const std::chrono::hours years{24 * 365 * 30};
    const Shown later = provider.show(scenario, present, "a", setting, {.clock = years}).value();
    CHECK(later.chain->faults.empty());
    CHECK(pki::inspect(later.presentation->certificates.at(0))->not_after > kit::now + years);
}

TEST_CASE("what cannot be made is a problem", "[provider]") {
    ChainProvider provider = kit::make_provider();
    const scenario::Scenario scenario = kit::make_scenario("a/b", kit::present("no-such-leaf"));
    const auto shown = provider.show(scenario, kit::present("no-such-leaf"), "a", setting, {});
    CHECK_FALSE(shown.has_value());
}

TEST_CASE("the key cache is the user's: XDG_CACHE_HOME, else the home, else none", "[provider]") {
    const auto saved = [](const char* name) -> std::optional<std::string> {
        const char* value = std::getenv(name);
        return value ? std::optional<std::string>(value) : std::nullopt;
    };
    const auto cache = saved("XDG_CACHE_HOME");
    const auto home = saved("HOME");
    ::setenv("XDG_CACHE_HOME", "/cache", 1);
    ::setenv("HOME", "/user", 1);
    const auto by_cache = key_cache_dir();
    ::setenv("XDG_CACHE_HOME", "", 1);
    const auto by_home = key_cache_dir();
    ::unsetenv("HOME");
    const auto by_none = key_cache_dir();
    cache ? ::setenv("XDG_CACHE_HOME", cache->c_str(), 1) : ::unsetenv("XDG_CACHE_HOME");
    home ? ::setenv("HOME", home->c_str(), 1) : ::unsetenv("HOME");
    CHECK(by_cache == "/cache/guise");
    CHECK(by_home == "/user/.cache/guise");
    CHECK(by_none.empty());
}

TEST_CASE("statements are published in a folder of the scope, and without a publisher nowhere",
          "[provider]") {
    ChainProvider provider = kit::make_provider();
    const auto& scenario = kit::scenario_of("revocation/good[tls=1.3]");
    const auto leaf = [&] { return std::string(as_text(show(provider, scenario).chain->path.at(0).der)); };
    CHECK(leaf().find("http://127.0.0.1:9/") != std::string::npos);
    boost::asio::io_context io;
    const auto publisher = provider.open_publisher(io.get_executor()).value();
    const std::string place = publisher->place("");
    CHECK(leaf().find("http://" + place) != std::string::npos);
    CHECK(provider.take_fetched("a", std::chrono::steady_clock::now()).empty());
    provider.forget("a");
}

TEST_CASE("a provider goes on without its publisher", "[provider]") {
    boost::asio::io_context io{1};
    ChainProvider provider = kit::make_provider();
    const auto show = [&] {
        return provider.show(kit::scenario_of("trust/root-signed"), kit::present("checked-leaf"), "case",
                             {.host = "a.guise.test", .address = "127.0.0.1", .now = {}}, {});
    };
    {
        const auto publisher = provider.open_publisher(io.get_executor()).value();
        REQUIRE(show().has_value());
    }
    CHECK(show().has_value());
    CHECK(provider.take_fetched("case", {}).empty());
    provider.forget("case");
}

TEST_CASE("a chain that a worker makes is made on its thread and published on the caller's", "[provider]") {
    boost::asio::io_context io{1};
    ChainProvider provider = kit::make_provider();
    Worker worker;
    const auto publisher = provider.open_publisher(io.get_executor()).value();
    std::promise<void> free;
    worker.post([&] { free.get_future().wait(); });
    const scenario::Scenario& scenario = kit::scenario_of("trust/ca-signed[tls=1.3]");
    const auto& connect = std::get<scenario::Connect>(scenario.visits.at(0).action);
    std::optional<Shown> shown;
    boost::asio::co_spawn(
        io, provider.show_by(worker, {scenario, connect.present, "a", setting, {.label = "the label"}}),
        [&](const std::exception_ptr&, Result<Shown> made) { shown = std::move(made).value(); });
    io.poll();
    CHECK_FALSE(shown);  // the worker is busy, and the serving thread is not
    free.set_value();
    while (!shown && io.run_one_for(std::chrono::seconds(60)) == 1) {
    }
    REQUIRE(shown);
    CHECK(shown->presentation->label == "the label");
    CHECK(trusted(*shown).size() == 1);
    provider.forget_by(worker, "a");
}

TEST_CASE("a worker makes the same chain of the same scope as the caller does", "[provider]") {
    boost::asio::io_context io{1};
    ChainProvider provider = kit::make_provider();
    const scenario::Scenario& scenario = kit::scenario_of("trust/root-signed");
    const auto& connect = std::get<scenario::Connect>(scenario.visits.at(0).action);
    const Shown before = show(provider, scenario);
    Worker worker;
    const Shown after =
        kit::run_to_end(io, provider.show_by(worker, {scenario, connect.present, "a", setting, {}})).value();
    CHECK(after.presentation->key == before.presentation->key);
    CHECK(after.trust_pem == before.trust_pem);
}

}  // namespace guise::server::chain_provider_test
