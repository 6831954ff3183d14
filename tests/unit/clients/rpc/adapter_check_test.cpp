#include "clients/rpc/adapter_check.hpp"

#include "base/temporary_folder.hpp"
#include "clients/adapters.hpp"

#include <catch2/catch.hpp>

namespace guise::clients::adapter_check_test {

using namespace guise::evidence;
using namespace guise::process;

namespace {

std::vector<CheckLine> check(const std::string& name, AdapterPatience patience = generous) {
    const TemporaryFolder folder;
    return check_adapter(script(name),
                         {.suite_version = "1.0", .folder = folder.path().string(), .patience = patience});
}

std::vector<CheckLine> wrong(std::vector<CheckLine> lines) {
    std::erase_if(lines, [](const CheckLine& line) { return line.ok; });
    return lines;
}

}  // namespace

TEST_CASE("an adapter that keeps to the protocol passes every check", "[adapter-check]") {
    const std::vector<CheckLine> lines = check("plain");
    CHECK(check_text(wrong(lines)).empty());
    CHECK(all_ok(lines));
    CHECK(lines.size() > 15);
    CHECK(lines.back().what == "the end of the process");
    CHECK(lines.back().came == "exit code 0");
}

TEST_CASE("the example of the C++ header keeps to the protocol", "[adapter-check]") {
    const TemporaryFolder folder;
    Launch launch;
    launch.argv = {GUISE_EXAMPLE_ADAPTER};
    launch.env = {{"PATH", "/usr/bin:/bin"}};
    const std::vector<CheckLine> lines = check_adapter(
        launch, {.suite_version = "1.0", .folder = folder.path().string(), .patience = generous});
    CHECK(check_text(wrong(lines)).empty());
    CHECK(lines.size() > 15);
}

TEST_CASE("a capability that is declared and refused is found", "[adapter-check]") {
    const std::vector<CheckLine> lines = wrong(check("capability_refused"));
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].what == "pins.get");
    CHECK(has(lines[0].sent, "pins.get {\"instance\":\"a\""));
    CHECK(has(lines[0].came, "-32001"));
    CHECK(lines[0].expected == "a result");
    CHECK(lines[1].what == "client.restart");
}

TEST_CASE("the check ends where the adapter does, and says how", "[adapter-check]") {
    const std::vector<CheckLine> lines = check("garbage");
    REQUIRE_FALSE(lines.empty());
    CHECK_FALSE(all_ok(lines));
    CHECK(has(lines.back().came, "that is not JSON: 'connecting"));
    CHECK(wrong(lines).size() == 1);
}

TEST_CASE("what cannot be started is one line", "[adapter-check]") {
    const TemporaryFolder folder;
    Launch launch;
    launch.argv = {"no-such-program"};
    const std::vector<CheckLine> lines = check_adapter(
        launch, {.suite_version = "1.0", .folder = folder.path().string(), .patience = generous});
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].came == "the adapter could not be started: 'no-such-program' is not in PATH");
}

TEST_CASE("only what is wrong is explained", "[adapter-check]") {
    CHECK(check_text({{true, "one", "s", "c", ""}, {false, "two", "s", "c", "e"}}) ==
          "ok     one\n"
          "WRONG  two\n"
          "       sent:     s\n"
          "       came:     c\n"
          "       expected: e\n");
}

}  // namespace guise::clients::adapter_check_test
