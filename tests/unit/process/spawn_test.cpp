#include "process/spawn.hpp"

#include "process/run_to_end.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <sys/wait.h>

namespace guise::process::spawn_test {

TEST_CASE("a program is looked for in the directories of PATH, in order", "[spawn]") {
    CHECK(find_program("sh", "/no/such/place:/bin:/usr/bin") == "/bin/sh");
    CHECK(find_program("sh", "/no/such/place") == "");
    CHECK(find_program("sh", "") == "");
    CHECK(find_program("", "/bin") == "");
    CHECK(find_program("bin", "/usr") == "");  // a directory is no program
    CHECK(find_program("./sh", "/bin") == "./sh");
}

TEST_CASE("a spawned process leads a group of its own", "[spawn]") {
    const Spawned child = spawn(shell("read line"));
    REQUIRE(child.error.empty());
    CHECK(::getpgid(child.pid) == child.pid);
    ::kill(-child.pid, SIGKILL);
    CHECK(::waitpid(child.pid, nullptr, 0) == child.pid);
}

TEST_CASE("PATH is that of the launch, and the harness's own where the launch has none", "[spawn]") {
    Launch launch;
    launch.argv = {"true"};
    launch.env = {{"PATH", "/no/such/place"}};
    CHECK(spawn(launch).error == "'true' is not in PATH");
    launch.env.clear();
    CHECK(run_to_end(run_process(launch)).exit_code == 0);
}

}  // namespace guise::process::spawn_test
