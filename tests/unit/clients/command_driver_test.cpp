#include "clients/command_driver.hpp"

#include "clients/exec_driver.hpp"
#include "clients/scripted.hpp"

#include <fstream>

namespace guise::clients::command_driver_test {

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

TEST_CASE("a process resumes nothing and connects once at a time", "[driver]") {
    const Client client;
    CHECK(process_lacks(client, {}).empty());
    CHECK_THAT(process_lacks(client, {.resumption = true}), Catch::EndsWith("resumes no session"));
    CHECK_THAT(process_lacks(client, {.connections = true}), Catch::EndsWith("connects once at a time"));
}

TEST_CASE("the clock moves for clients whose clock can be set", "[driver]") {
    Client client;
    CHECK_THAT(process_lacks(client, {.clock = true}), Catch::StartsWith("its clock cannot be set"));
    client.faketime = true;
    CHECK(process_lacks(client, {.clock = true}).empty());
}

TEST_CASE("what is to be forgotten must stand in the client's file, and is every server at once",
          "[driver]") {
    Client client;
    CHECK_THAT(process_lacks(client, {.forget = true}), Catch::EndsWith("(`forget`)"));
    client.forget = {"{home}/known"};
    CHECK(process_lacks(client, {.forget = true}).empty());
    CHECK_THAT(process_lacks(client, {.forget = true, .forget_one = true}),
               Catch::EndsWith("every server at once"));
}

namespace {

std::string text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("what the client made of a file of its client file stays until the file has another text",
          "[driver]") {
    Client client = scripted("echo pin >>known; echo >>rc");
    client.driver = "exec";
    client.files = {{"known", "start\n"}, {"rc", "{canary}"}};
    const TemporaryFolder home;
    Attempt attempt = attempt_at(home);
    attempt.place.canary = "first";
    ExecDriver driver(client);
    (void)visit(driver, attempt);
    (void)visit(driver, attempt);
    CHECK(text_of(home.path() / "known") == "start\npin\npin\n");
    CHECK(text_of(home.path() / "rc") == "first\n\n");
    attempt.place.canary = "second";
    (void)visit(driver, attempt);
    CHECK(text_of(home.path() / "known") == "start\npin\npin\npin\n");
    CHECK(text_of(home.path() / "rc") == "second\n");
}

TEST_CASE("a file of the client file that is gone is written again", "[driver]") {
    Client client = scripted("rm known");
    client.driver = "exec";
    client.files = {{"known", "text"}};
    const TemporaryFolder home;
    ExecDriver driver(client);
    CHECK(visit(driver, attempt_at(home)).process.exit_code == 0);
    CHECK(visit(driver, attempt_at(home)).process.exit_code == 0);
}

TEST_CASE("a mode has its files from its first visit on", "[driver]") {
    Client client = scripted("cat rc");
    client.driver = "exec";
    client.modes["strict"].files = {{"rc", "strict"}};
    client.modes["lax"].files = {{"rc", "lax"}};
    const TemporaryFolder home;
    ExecDriver driver(client);
    CHECK(visit(driver, attempt_at(home)).process.output == "strict");
    REQUIRE(run_to_end(driver.set_mode("lax")) == "");
    CHECK(run_to_end(driver.connect(attempt_at(home))).process.output == "lax");
}

TEST_CASE("an exit code means what the client file says, and nothing where it does not say", "[driver]") {
    Client client = scripted("exit $CODE");
    client.driver = "exec";
    client.exit_codes = {{0}, {60}};
    const TemporaryFolder home;
    ExecDriver driver(client);
    for (const auto& [code, means] : {std::pair("0", "accepted"), {"60", "refused"}, {"7", ""}}) {
        client.env["CODE"] = code;
        CHECK(visit(driver, attempt_at(home)).exit_means == means);
    }
}

}  // namespace guise::clients::command_driver_test
