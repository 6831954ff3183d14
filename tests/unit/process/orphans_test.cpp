#include "process/orphans.hpp"

#include "process/run_to_end.hpp"

#include <catch2/catch.hpp>

using namespace guise;
using namespace guise::process;
using namespace std::chrono_literals;

namespace {

// The exit code of a client with this home.
std::optional<int> client(const std::string& home, const std::string& script) {
    Launch launch = shell(script);
    launch.env["HOME"] = home;
    return run_to_end(run_process(std::move(launch))).exit_code;
}

std::vector<std::string> outlived(const std::string& home, std::chrono::milliseconds patience) {
    return run_to_end(outlive_orphans(home, patience));
}

}  // namespace

TEST_CASE("what has left the client's group is found by its home, named and ended", "[process][orphans]") {
    adopt_orphans();
    REQUIRE(client("/a-home", "setsid sleep 600 >/dev/null 2>&1 <&- & exit 0") == 0);
    CHECK(orphans_of("/another-home").empty());
    const auto found = outlived("/a-home", 0ms);
    REQUIRE(found.size() == 1);
    CHECK_THAT(found.front(), Catch::Contains("(process "));
    while (!orphans_of("/a-home").empty()) {
    }
}

TEST_CASE("what ends by itself is waited for", "[process][orphans]") {
    adopt_orphans();
    REQUIRE(client("/b-home", "setsid sleep 0.1 >/dev/null 2>&1 <&- & exit 0") == 0);
    CHECK(outlived("/b-home", 60s).size() <= 1);
    CHECK(orphans_of("/b-home").empty());
}

TEST_CASE("a client that leaves nothing behind is not waited for", "[process][orphans]") {
    adopt_orphans();
    REQUIRE(client("/c-home", "sleep 600 >/dev/null 2>&1 & exit 0") == 0);
    CHECK(outlived("/c-home", 60s).empty());
}
