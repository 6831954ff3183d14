#include "clients/exec_driver.hpp"

#include "clients/scripted.hpp"

namespace guise::clients::exec_driver_test {

using namespace guise::evidence;
using namespace guise::process;

TEST_CASE("a visit writes the client's files and runs its command to the end", "[exec]") {
    Client client = scripted("cat rc; echo $0 >&2; exit 3");
    client.driver = "exec";
    client.files = {{"rc", "trust = {trust}\n"}};
    client.modes["strict"].add = {"{port}"};
    const TemporaryFolder home;
    Attempt attempt = attempt_at(home);
    attempt.place.trust = "root.pem";
    attempt.place.port = 443;
    ExecDriver driver(client);
    const ClientRecord record = visit(driver, attempt);
    CHECK(record.process.exit_code == 3);
    CHECK(record.process.output == "trust = root.pem\n");
    CHECK(record.process.errors == "443\n");
    CHECK(record.prompts.empty());
    CHECK_FALSE(record.reports_prompts);
    CHECK_FALSE(record.reports_events);
    CHECK_FALSE(record.pins);
}

TEST_CASE("another mode holds from the next visit on, and the home stays", "[exec]") {
    Client client = scripted("echo $MODE; echo x >>visits; wc -l <visits");
    client.modes["strict"].env = {{"MODE", "strict"}};
    client.modes["lax"].env = {{"MODE", "lax"}};
    const TemporaryFolder home;
    ExecDriver driver(client);
    CHECK(visit(driver, attempt_at(home)).process.output == "strict\n1\n");
    CHECK(run_to_end(driver.set_mode("lax")) == "");
    CHECK(run_to_end(driver.connect(attempt_at(home))).process.output == "lax\n2\n");
}

TEST_CASE("a client that never asks reports no prompts, and its pins where they are", "[exec]") {
    Client client = scripted("echo YWJj >known");
    client.pins = PinsFile{"{home}/known", pattern("(?P<public_key>.+)")};
    const TemporaryFolder home;
    ExecDriver driver(client);
    const ClientRecord record = visit(driver, attempt_at(home));
    CHECK(record.pins ==
          std::vector<std::string>{"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"});
}

TEST_CASE("what a visit adds to a log is read as events", "[exec]") {
    Client client = scripted("echo \"bad certificate of $1\" >>events.log");
    client.modes["strict"].add = {"x", "{host}"};
    client.events = EventsLog{"events.log", pattern("bad certificate of (?P<server>.+)")};
    client.tells_events = true;
    const TemporaryFolder home;
    ExecDriver driver(client);
    Attempt attempt = attempt_at(home);
    attempt.place.host = "a.guise.test";
    CHECK(visit(driver, attempt).reports_events);
    const ClientRecord second = run_to_end(driver.connect(attempt));
    REQUIRE(second.events.size() == 1);
    CHECK(second.events[0].server == "a.guise.test");
    CHECK(second.events[0].source == "log");
}

}  // namespace guise::clients::exec_driver_test
