#include "clients/routing/hosts_file.hpp"

#include "base/temporary_folder.hpp"
#include "clients/home.hpp"
#include "process/run_to_end.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <unistd.h>

namespace guise::clients::hosts_file_test {

using namespace guise::evidence;
using namespace guise::process;

namespace {

const std::string system_path = "/usr/bin:/bin";

// A folder with an `unshare` that is this script for sh.
struct FakeUnshare {
    TemporaryFolder home;
    std::string path = home.path().string() + ":" + system_path;

    explicit FakeUnshare(const std::string& script) {
        REQUIRE(make_home(home.path(), {{"unshare", "#!/bin/sh\n" + script + "\n"}}).empty());
        std::filesystem::permissions(home.path() / "unshare", std::filesystem::perms::owner_all);
    }
};

}  // namespace

TEST_CASE("a private hosts file is found to work, or why not", "[routing]") {
    const PrivateHosts tried = try_private_hosts(system_path);
    INFO(tried.why_not);
    CHECK(tried.option.empty() != tried.why_not.empty());
    CHECK((tried.option.empty() || tried.option == "-m" || tried.option == "-Urm"));
}

TEST_CASE("without unshare the package that brings it is named", "[routing]") {
    CHECK(try_private_hosts("/no/such/place").why_not ==
          "unshare is not installed (Debian package util-linux)");
}

TEST_CASE("where the kernel gives no leave, its words are told", "[routing]") {
    const FakeUnshare fake("echo 'unshare: unshare failed: Operation not permitted' >&2; exit 1");
    const PrivateHosts tried = try_private_hosts(fake.path);
    CHECK(tried.option.empty());
    CHECK_THAT(tried.why_not, Catch::StartsWith("no private hosts file with `unshare -"));
    CHECK_THAT(tried.why_not,
               Catch::EndsWith("with `unshare -Urm`: unshare: unshare failed: Operation not permitted"));
}

TEST_CASE("where no namespace is given without a user's, a user's is tried", "[routing]") {
    const FakeUnshare fake("test \"$1\" = -Urm && echo 127.42.42.42 trial.guise.test");
    CHECK(try_private_hosts(fake.path).option == "-Urm");
}

TEST_CASE("where nobody reads the private hosts file, it is not a way", "[routing]") {
    const FakeUnshare fake("exit 2");
    CHECK_THAT(try_private_hosts(fake.path).why_not, Catch::EndsWith("-Urm`: a name in it is not found"));
}

TEST_CASE("a command with a hosts file of its own is the command it wraps", "[routing]") {
    const std::string option = private_hosts().option;
    if (option.empty()) {
        WARN(private_hosts().why_not);
        return;
    }
    const TemporaryFolder home;
    const std::string hosts = (home.path() / "hosts").string();
    REQUIRE(make_home(home.path(), {{"hosts", "127.1.2.3 demo.guise.test\n"}}).empty());
    const auto wrapped = [&](const std::string& script) {
        Launch launch = shell(script);
        launch.argv = with_hosts_file(option, hosts, std::move(launch.argv));
        launch.deadline = std::chrono::seconds(10);
        return launch;
    };
    const auto run = [&](const std::string& script) { return run_to_end(run_process(wrapped(script))); };
    CHECK_THAT(run("getent hosts demo.guise.test").output, Catch::StartsWith("127.1.2.3"));
    CHECK(run("exit 42").exit_code == 42);
    CHECK(run("kill -TERM $$").signal == SIGTERM);
    CHECK(run("echo $PPID").output == std::to_string(::getpid()) + "\n");
    Launch env = wrapped("");
    env.argv.resize(env.argv.size() - 3);
    env.argv.emplace_back("env");
    CHECK(run_to_end(run_process(env)).output == "PATH=/usr/bin:/bin\n");
    Launch endless = wrapped("sleep 1000 & wait");
    endless.deadline = std::chrono::milliseconds(200);
    const ProcessRecord record = run_to_end(run_process(endless));
    CHECK(record.killed);
    CHECK(record.signal == SIGKILL);
}

}  // namespace guise::clients::hosts_file_test
