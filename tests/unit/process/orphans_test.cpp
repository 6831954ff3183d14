#include "process/orphans.hpp"

#include "base/temporary_folder.hpp"
#include "process/run_to_end.hpp"

#include <catch2/catch.hpp>

#include <sys/prctl.h>
#include <sys/wait.h>

namespace guise::process::orphans_test {

using namespace std::chrono_literals;

namespace {

// Adopts for one test: other tests want to see no children at all.
struct Adopting {
    Adopting() { adopt_orphans(); }
    Adopting(const Adopting&) = delete;
    Adopting& operator=(const Adopting&) = delete;
    ~Adopting() {
        ::prctl(PR_SET_CHILD_SUBREAPER, 0);
        while (::waitpid(-1, nullptr, 0) > 0) continue;
    }
};

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
    const Adopting adopting;
    const TemporaryFolder folder;
    const std::string there = (folder.path() / "there").string();
    REQUIRE(client("/a-home", "setsid sh -c ': >" + there +
                                  "; exec sleep 600' >/dev/null 2>&1 <&- & "
                                  "while [ ! -e " +
                                  there + " ]; do :; done; exit 0") == 0);
    CHECK(orphans_of("/another-home").empty());
    const auto found = outlived("/a-home", 0ms);
    REQUIRE(found.size() == 1);
    CHECK_THAT(found.front(), Catch::Contains("(process "));
    while (!orphans_of("/a-home").empty()) {
    }
}

TEST_CASE("what ends by itself is waited for", "[process][orphans]") {
    const Adopting adopting;
    REQUIRE(client("/b-home", "setsid sleep 0.1 >/dev/null 2>&1 <&- & exit 0") == 0);
    CHECK(outlived("/b-home", 60s).size() <= 1);
    CHECK(orphans_of("/b-home").empty());
}

TEST_CASE("a client that leaves nothing behind is not waited for", "[process][orphans]") {
    const Adopting adopting;
    REQUIRE(client("/c-home", "sleep 600 >/dev/null 2>&1 & exit 0") == 0);
    CHECK(outlived("/c-home", 60s).empty());
}

}  // namespace guise::process::orphans_test
