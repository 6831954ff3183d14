#include "clients/command_driver.hpp"

#include "clients/exec_driver.hpp"
#include "clients/scripted.hpp"

#include <fstream>

using namespace guise;
using namespace guise::clients;
using namespace guise::evidence;
using namespace guise::process;
namespace fs = std::filesystem;

TEST_CASE("a command-line client has the modes of its file and no other", "[driver]") {
    const Client client = scripted("");
    ExecDriver driver(client);
    CHECK(run_to_end(driver.open("strict", {})) == "");
    CHECK(run_to_end(driver.open("lax", {})) == "the client file has no mode 'lax'");
    CHECK(run_to_end(driver.open("", {})) == "the client file has no default mode");
    CHECK(run_to_end(driver.set_mode("lax")) == "the client file has no mode 'lax'");
    CHECK(run_to_end(driver.restart()) == "");
}

TEST_CASE("a command-line client forgets by losing its files", "[driver]") {
    Client client = scripted("");
    const TemporaryFolder home;
    const Attempt attempt = attempt_at(home);
    ExecDriver driver(client);
    REQUIRE(run_to_end(driver.open("strict", {})) == "");
    CHECK(run_to_end(driver.forget(attempt.place, "a")) == "the client file does not say how to forget");
    client.forget = {"known"};
    std::ofstream(home.path() / "known") << "text";
    CHECK(run_to_end(driver.forget(attempt.place, "a")) == "");
    CHECK_FALSE(fs::exists(home.path() / "known"));
}

TEST_CASE("a command-line client makes its connections one by one", "[driver]") {
    const Client client = scripted("exit 0");
    const TemporaryFolder home;
    Attempt attempt = attempt_at(home);
    attempt.connections = 2;
    ExecDriver driver(client);
    const ClientRecord record = visit(driver, attempt);
    CHECK(record.unsupported == "connections");
    CHECK_FALSE(record.process.exit_code);
}

TEST_CASE("a home that cannot be written is why the client did not start", "[driver]") {
    Client client = scripted("exit 0");
    const TemporaryFolder home;
    client.files = {{"known/rc", "text"}};
    std::ofstream(home.path() / "known") << "a file where a folder should be";
    ExecDriver driver(client);
    CHECK(visit(driver, attempt_at(home)).process.start_error.find("known") != std::string::npos);
}
