#include "run/case.hpp"

#include "base/time.hpp"
#include "run/feasible.hpp"
#include "run/kit.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <catch2/catch.hpp>

#include <optional>

namespace guise::run::case_test {

using namespace guise::server;
using namespace guise::inputs;
using namespace std::chrono_literals;
using evidence::Outcome;
using profile::Decision;

namespace {

// A real client looks at the machine's clock, so what it must accept is valid by that one.
// One client, and what a case needs.
struct Place {
    TemporaryFolder folder;
    std::chrono::seconds later{0};  // how far the clock of the run has gone on
    ChainProvider provider{kit::inputs(),
                           SeededGenerator("seed"),
                           {machine_clock(), [this] { return provider.now() + later; }},
                           {}};
    Worker worker;
    Patience patience;
    boost::asio::io_context io{1};
    RunLimits limits{io.get_executor(), 2};
    std::unique_ptr<Events> events = Events::open(io.get_executor()).value();
    std::vector<std::unique_ptr<Participant>> clients;
    std::vector<report::VisitRecord> visits;
    Aftermath aftermath;

    explicit Place(const std::string& script, const std::string& more = "",
                   const clients::Tables& tables = clients::built_in_tables())
        : clients(kit::participants({kit::write_client(folder.path(), "demo", script, more)}, tables)) {}

    CaseOutcome run(const scenario::Scenario& scenario, const std::string& control = "") {
        const CaseJob job{"demo/strict", clients[0].get(), "strict", &scenario, control};
        Adapters adapters(io.get_executor(), *clients[0], folder.path(), patience);
        return kit::run_until_done(
            io, run_case({provider,
                          worker,
                          patience,
                          limits,
                          *events,
                          adapters,
                          folder.path() / "case",
                          [this](const report::VisitRecord& visit) { visits.push_back(visit); },
                          aftermath,
                          {}},
                         job));
    }
    const std::string& output(std::size_t visit) const {
        return visits.at(visit).evidence.client.process.output;
    }
};

scenario::Scenario good() { return kit::make_scenario("test/good", kit::present("leaf")); }
scenario::Scenario bad() { return kit::make_scenario("test/bad", kit::present("self-signed")); }

boost::asio::awaitable<void> keep(Limiter& limiter, std::optional<Limiter::Permit>& into) {
    into.emplace(co_await limiter.take());
}

// Two visits, and something between them.
template <class Action>
scenario::Scenario with_between(Action action) {
    scenario::Scenario out = good();
    out.visits.push_back({std::move(action), {}, {}});
    out.visits.push_back(out.visits[0]);
    return out;
}

const std::string marking = "test -e {home}/mark && echo again; touch {home}/mark; echo here";

scenario::Scenario twice() {
    scenario::Scenario out = good();
    out.visits.push_back(out.visits[0]);
    return out;
}

}  // namespace

TEST_CASE("a client that verifies accepts a good chain, and its canary arrives", "[case]") {
    Place place(kit::verifying);
    const CaseOutcome outcome = place.run(good());
    CHECK(outcome.trouble.empty());
    REQUIRE(outcome.visits.size() == 1);
    CHECK(outcome.visits.at(1).decision == Decision::accept);
    CHECK(outcome.visits.at(1).outcome == Outcome::confidential);
}

TEST_CASE("a client that verifies refuses a self-signed certificate by an alert", "[case]") {
    Place place(kit::verifying);
    const CaseOutcome outcome = place.run(bad());
    REQUIRE(outcome.visits.size() == 1);
    CHECK(outcome.visits.at(1).decision == Decision::refuse);
    CHECK(outcome.visits.at(1).outcome == Outcome::refused_alert);
}

TEST_CASE("a client that never connects decides nothing", "[case]") {
    Place place("true");
    const CaseOutcome outcome = place.run(good());
    REQUIRE(outcome.visits.size() == 1);
    CHECK_FALSE(outcome.visits.at(1).decision);
    CHECK(outcome.visits.at(1).outcome == Outcome::no_connection);
}

TEST_CASE("a visit to a server that stalls does not wait for the others", "[case]") {
    Place place("true");
    std::vector<std::optional<Limiter::Permit>> others(2);
    for (auto& each : others)
        boost::asio::co_spawn(place.io, keep(place.limits.limits(false).visits, each), boost::asio::detached);
    place.io.poll();
    REQUIRE(others[1].has_value());
    CHECK(place.run(kit::scenario_of("handshake/stalls[after=proof,tls=1.3]")).visits.size() == 1);
}

TEST_CASE("a certificate is of the time when its case begins, and not of when the run began", "[case]") {
    Place place("true");
    const auto not_after = [&] {
        (void)place.run(good());
        return place.visits.back().evidence.chain.at(0).not_after;
    };
    const auto before = not_after();
    place.later = std::chrono::hours(1);
    CHECK(not_after() - before == std::chrono::hours(1));
}

TEST_CASE("a client is given more time on a slow machine, and the evidence says how much", "[case]") {
    Place place("echo 'it has {deadline} s'");
    place.patience = Patience(3);
    (void)place.run(good());
    REQUIRE(place.visits.size() == 1);
    CHECK(place.output(0) == "it has 30 s\n");
    CHECK(place.visits[0].evidence.client_deadline == std::chrono::seconds(30));
}

TEST_CASE("a visit is told with all its evidence", "[case]") {
    Place place(kit::verifying);
    (void)place.run(good(), "before");
    REQUIRE(place.visits.size() == 1);
    const report::VisitRecord& visit = place.visits[0];
    CHECK(visit.session == "demo/strict");
    CHECK((visit.id == report::CaseId{"test/good", "strict", "demo"}));
    CHECK(visit.visit == 1);
    CHECK(visit.control == "before");
    CHECK(visit.evidence.client.process.exit_code == 0);
    CHECK(visit.evidence.canary.starts_with("canary-"));
    CHECK(visit.evidence.client_deadline == std::chrono::seconds(10));
    REQUIRE(visit.evidence.connections.size() == 1);
    const tls::Transcript& connection = visit.evidence.connections[0];
    CHECK(connection.presented == "test/good visit 1");
    CHECK(connection.hello->server_name == "before.liveness.guise.test");
    CHECK(connection.began > 0us);
    CHECK(connection.began < 1h);
    REQUIRE_FALSE(visit.evidence.chain.empty());
    CHECK(visit.evidence.chain[0].names ==
          std::vector<std::string>{"dns:before.liveness.guise.test", "ip:127.0.0.1"});
    CHECK(visit.evidence.chain[0].sha256 == visit.evidence.presented->sha256);
    CHECK(visit.evidence.swapped_chain.empty());
    CHECK(connection.application.find(visit.evidence.canary) != std::string::npos);
}

TEST_CASE("all connections of a visit are told, in their order", "[case]") {
    const std::string once = kit::verifying.substr(std::string("exec ").size());
    Place place(once + "\n" + once);
    (void)place.run(good());
    REQUIRE(place.visits.size() == 1);
    CHECK(place.visits[0].evidence.connections.size() == 2);
}

TEST_CASE("the address stays the same over the visits of a case, and the canary does not", "[case]") {
    Place place("echo {address} {port} {host} {url}");
    const CaseOutcome outcome = place.run(twice());
    REQUIRE(outcome.visits.size() == 2);
    CHECK(place.visits[1].visit == 2);
    CHECK(place.output(0) == place.output(1));
    CHECK(place.output(0).find("good.test.guise.test") != std::string::npos);
    CHECK(place.visits[0].evidence.canary != place.visits[1].evidence.canary);
}

TEST_CASE("the client's home is fresh for a case and kept over its visits", "[case]") {
    Place place(
        "test -e \"$HOME/mark\" && echo again; touch \"$HOME/mark\"; test \"$HOME\" = {home} && echo home");
    (void)place.run(twice());
    CHECK(place.output(0) == "home\n");
    CHECK(place.output(1) == "again\nhome\n");
}

TEST_CASE("visits are numbered with what comes between them", "[case]") {
    Place place(marking);
    const CaseOutcome outcome = place.run(with_between(scenario::Restart{}));
    CHECK(outcome.done);
    REQUIRE(outcome.visits.size() == 2);
    CHECK(outcome.visits.contains(3));
    CHECK(place.visits[1].visit == 3);
    CHECK(place.output(1) == "again\nhere\n");
}

TEST_CASE("what the user lets the client forget is gone in the next visit", "[case]") {
    Place place(marking);
    place.clients[0]->client.forget = {"{home}/mark"};
    CHECK(place.run(with_between(scenario::Forget{})).done);
    CHECK(place.output(1) == "here\n");
}

TEST_CASE("another mode holds from the next visit on", "[case]") {
    Place place("echo $MODE");
    place.clients[0]->client.modes["lax"].env = {{"MODE", "lax"}};
    CHECK(place.run(with_between(scenario::SetMode{"lax"})).done);
    CHECK(place.output(0) == "\n");
    CHECK(place.output(1) == "lax\n");
}

TEST_CASE("a second client of a case has a home of its own", "[case]") {
    Place place(marking);
    scenario::Scenario two = twice();
    two.visits[1].client = "second";
    two.clients = {{"second", "strict"}};
    CHECK(place.run(two).done);
    CHECK(place.output(1) == "here\n");
}

TEST_CASE("what an adapter does not declare is not applicable, and nothing is run", "[case]") {
    Place place("true");
    clients::Client& client = place.clients[0]->client;
    kit::drive_by(*place.clients[0], "rpc");
    client.run = {"/usr/bin/python3", "-B", GUISE_SOURCE_DIR "/tests/system/adapters/plain.py"};
    const CaseOutcome outcome = place.run(with_between(scenario::MoveClock{}));
    CHECK(outcome.not_applicable == "the client does not declare 'clock'");
    CHECK(outcome.trouble.empty());
    CHECK_FALSE(outcome.done);
    CHECK(place.visits.empty());
}

TEST_CASE("an adapter that does not start is trouble", "[case]") {
    Place place("true");
    kit::drive_by(*place.clients[0], "rpc");
    const CaseOutcome outcome = place.run(good());
    CHECK_FALSE(outcome.trouble.empty());
    CHECK_FALSE(outcome.done);
}

TEST_CASE("files of the client file are in its home", "[case]") {
    Place place("cat \"$HOME/conf/demo.ini\"", "files: {conf/demo.ini: \"host={host}\"}\n");
    (void)place.run(good());
    CHECK(place.output(0) == "host=good.test.guise.test");
}

TEST_CASE("the trust file is that of the visit", "[case]") {
    Place place("grep -c BEGIN {trust}");
    scenario::Scenario installed = bad();
    installed.trust = {{"self-signed", "a"}};
    (void)place.run(installed);
    CHECK(place.output(0) == "2\n");
}

TEST_CASE("a client that reaches localhost alone is given that name", "[case]") {
    Place place("echo {host}");
    place.clients[0]->routing = kit::routing("localhost");
    (void)place.run(good());
    CHECK(place.output(0) == "localhost\n");
}

namespace {

// A driver that no client file could name so far: it fetches the page itself, and has no mode and no memory.
class Fetching final : public clients::Driver {
 public:
    boost::asio::awaitable<std::string> open(std::string, clients::VisitPlace) override { return nothing(); }
    boost::asio::awaitable<evidence::ClientRecord> connect(clients::Attempt attempt) override {
        const clients::VisitPlace& at = attempt.place;
        process::Launch launch;
        launch.argv = {"curl",
                       "-sS",
                       "--http1.1",
                       "--connect-to",
                       "::" + at.address + ":" + std::to_string(at.port),
                       "--cacert",
                       at.trust,
                       "-H",
                       "Authorization: Bearer " + at.canary,
                       at.url};
        launch.env["PATH"] = at.path;
        evidence::ClientRecord record;
        record.process = co_await process::run_process(std::move(launch));
        co_return record;
    }
    boost::asio::awaitable<std::string> restart() override { return nothing(); }
    boost::asio::awaitable<std::string> set_mode(std::string) override { return nothing(); }
    boost::asio::awaitable<std::string> forget(clients::VisitPlace, std::string) override {
        return nothing();
    }
    boost::asio::awaitable<void> close() override { co_return; }

 private:
    static boost::asio::awaitable<std::string> nothing() { co_return std::string(); }
};

// The tables with a driver and a routing more.
clients::Tables with_made_up() {
    clients::Tables tables = clients::built_in_tables();
    tables.drivers.push_back(
        {.name = "fetching",
         .lacks = [](const clients::Client&,
                     const clients::Needs& needs) { return needs.restart ? "it never stops" : ""; },
         .make = [](const clients::Client&, clients::Adapter*) { return std::make_unique<Fetching>(); }});
    tables.routings.push_back(
        {.name = "by-post",
         .hosts = false,
         .environment = [](const clients::VisitPlace& place, auto& env) { env["LETTER"] = place.host; },
         .files =
             [](const clients::VisitPlace& place) {
                 return std::map<std::string, std::string>{{"stamp", place.address}};
             }});
    return tables;
}

}  // namespace

TEST_CASE("a driver that is one entry of the table runs a case, and says what it lacks", "[case][tables]") {
    const clients::Tables tables = with_made_up();
    Place place("true", "", tables);
    const kit::fs::path file = place.clients[0]->client.file;
    std::string text = kit::content_of(file);
    text.replace(text.find("driver: exec"), 12, "driver: fetching");
    kit::write(file, text);
    place.clients = kit::participants({file}, tables);
    CHECK(place.run(good()).visits.at(1).outcome == Outcome::confidential);
    CHECK(place.run(bad()).visits.at(1).outcome == Outcome::refused_alert);
    CHECK(not_supported(good(), *place.clients[0]).empty());
    CHECK(not_applicable(with_between(scenario::Restart{}), *place.clients[0], kit::inputs().library) ==
          "it never stops");
}

TEST_CASE("a routing that is one entry of the table leads a client, and says what it cannot",
          "[case][tables]") {
    const clients::Tables tables = with_made_up();
    Place place("echo $LETTER by $(cat stamp)", "", tables);
    const kit::fs::path file = place.clients[0]->client.file;
    std::string text = kit::content_of(file);
    text.replace(text.find("routing: [option]"), 17, "routing: by-post");
    kit::write(file, text);
    place.clients = kit::participants({file}, tables);
    (void)place.run(good());
    CHECK(place.output(0) == "good.test.guise.test by 127.0.0.1\n");
    scenario::Scenario two = good();
    std::get<scenario::Connect>(two.visits[0].action).at.host = "other";
    CHECK(not_applicable(two, *place.clients[0], kit::inputs().library) ==
          "it visits several hosts, and the client reaches one");
}

TEST_CASE("a client that goes through a proxy of the case is seen as without", "[case]") {
    Place place(
        "exec curl -q -sS --http1.1 --max-time {deadline} --cacert {trust} --capath {home}/tmp "
        "-H 'Authorization: Bearer {canary}' {url}");
    place.clients[0]->routing = kit::routing(GENERATE("http-proxy", "socks-proxy"));
    const CaseOutcome accepted = place.run(good());
    REQUIRE(accepted.visits.size() == 1);
    CHECK(accepted.visits.at(1).outcome == Outcome::confidential);
    const CaseOutcome refused = place.run(bad());
    REQUIRE(refused.visits.size() == 1);
    CHECK(refused.visits.at(1).outcome == Outcome::refused_alert);
    REQUIRE(place.visits.size() == 2);
    for (const report::VisitRecord& visit : place.visits) CHECK(visit.evidence.connections.size() == 1);
}

TEST_CASE("the proxy stays the same over the visits of a case", "[case]") {
    Place place("echo $https_proxy");
    place.clients[0]->routing = kit::routing("http-proxy");
    (void)place.run(twice());
    CHECK_THAT(place.output(0), Catch::StartsWith("http://127.0.0.1:"));
    CHECK(place.output(0) == place.output(1));
}

TEST_CASE("a visit waits for connections to the proxy that outlive the client", "[case]") {
    Place place(
        "exec 3<>/dev/tcp/127.0.0.1/${https_proxy##*:}\n"
        "printf 'CONNECT {host}:{port} HTTP/1.1\\r\\n\\r\\nhello' >&3");
    const kit::fs::path file = place.clients[0]->client.file;
    std::string text = kit::content_of(file);
    text.replace(text.find("run:\n  - sh"), 11, "run:\n  - bash");
    kit::write(file, text);
    place.clients = kit::participants({file});
    place.clients[0]->routing = kit::routing("http-proxy");
    (void)place.run(good());
    REQUIRE(place.visits.at(0).evidence.connections.size() == 1);
    CHECK(place.visits[0].evidence.connections[0].clear == "hello");
}

TEST_CASE("what a child of the client sends after its end is still of the visit", "[case]") {
    // The connection outlives the client: it waits in the kernel, not accepted, when the client ends.
    Place place("exec 3<>/dev/tcp/{address}/{port}\nprintf hello >&3");
    const kit::fs::path file = place.clients[0]->client.file;
    std::string text = kit::content_of(file);
    text.replace(text.find("run:\n  - sh"), 11, "run:\n  - bash");
    kit::write(file, text);
    place.clients = kit::participants({file});
    const CaseOutcome outcome = place.run(good());
    CHECK(outcome.visits.at(1).outcome == Outcome::not_tls);
    REQUIRE(place.visits.at(0).evidence.connections.size() == 1);
    CHECK(place.visits[0].evidence.connections[0].clear == "hello");
}

TEST_CASE("a client that cannot be started is a visit with the reason", "[case]") {
    Place place("true");
    place.clients[0]->client.run = {"no-such-program"};
    const CaseOutcome outcome = place.run(good());
    REQUIRE(outcome.visits.size() == 1);
    CHECK(outcome.visits.at(1).trouble == evidence::Trouble::environment);
    CHECK(place.visits[0].evidence.client.process.start_error == "'no-such-program' is not in PATH");
}

TEST_CASE("a folder that cannot be made is trouble, and nothing is run", "[case]") {
    Place place("true");
    kit::write(place.folder.path() / "case", "in the way");
    const CaseOutcome outcome = place.run(good());
    CHECK(outcome.visits.empty());
    CHECK(outcome.trouble.find((place.folder.path() / "case").string()) != std::string::npos);
    CHECK(place.visits.empty());
}

TEST_CASE("a chain that cannot be made is trouble, and the visits before it count", "[case]") {
    Place place("true");
    scenario::Scenario scenario = twice();
    std::get<scenario::Connect>(scenario.visits[1].action).present.leaf = "no-such-leaf";
    const CaseOutcome outcome = place.run(scenario);
    CHECK(outcome.visits.size() == 1);
    CHECK_FALSE(outcome.trouble.empty());
}

TEST_CASE("a case gives its slot back", "[case]") {
    Place place("true");
    (void)place.run(good());
    CHECK(place.run(bad()).visits.size() == 1);
}

}  // namespace guise::run::case_test
