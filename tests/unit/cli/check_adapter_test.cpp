#include "cli/program.hpp"

#include <catch2/catch.hpp>

namespace guise::cli::check_adapter_test {
namespace {

std::string script(const std::string& name) { return GUISE_SOURCE_DIR "/tests/system/adapters/" + name; }

}  // namespace

TEST_CASE("an adapter that keeps to the protocol is told so", "[check-adapter]") {
    for (const auto& arguments : std::vector<std::vector<std::string>>{
             {"check-adapter", "/usr/bin/python3", "-B", script("plain.py")},
             {"check-adapter", "--", "/usr/bin/python3", "-B", script("plain.py")}}) {
        const Ran ran = run_guise(arguments);
        CHECK(ran.code == 0);
        CHECK(ran.err.empty());
        CHECK(has(ran.out, "ok     client.connect to a port where nobody listens\n"));
        CHECK(has(ran.out, " checks, 0 wrong\n"));
        CHECK_FALSE(has(ran.out, "WRONG"));
    }
}

TEST_CASE("an adapter that does not is told what was sent, came and is expected", "[check-adapter]") {
    const Ran ran = run_guise({"check-adapter", "/usr/bin/python3", "-B", script("garbage.py")});
    CHECK(ran.code == 11);
    CHECK(has(ran.out, "WRONG  "));
    CHECK(has(ran.out, "       sent:     client.connect {"));
    CHECK(has(ran.out, "       came:     the adapter wrote a line that is not JSON: 'connecting"));
    CHECK(has(ran.out, "       expected: "));
}

TEST_CASE("check-adapter needs a command", "[check-adapter]") {
    CHECK(run_guise({"check-adapter"}).code == 4);
    CHECK(run_guise({"check-adapter", "--"}).code == 4);
}

}  // namespace guise::cli::check_adapter_test
