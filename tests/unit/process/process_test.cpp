#include "process/process.hpp"

#include "process/run_to_end.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/post.hpp>
#include <catch2/catch.hpp>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/wait.h>
#include <thread>

namespace guise::process::process_test {

using evidence::ProcessRecord;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

std::ptrdiff_t open_descriptors() {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                         std::filesystem::directory_iterator());
}

bool no_child_is_left() { return ::waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }

// A zombie that waits for init counts as dead.
bool is_alive(int pid) {
    std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
    std::string number, name, state;
    return stat >> number >> name >> state && state != "Z";
}

// A signal was sent; it arrives when the scheduler likes.
bool dies(int pid) {
    const auto patience = std::chrono::steady_clock::now() + 5s;
    while (is_alive(pid) && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
    return !is_alive(pid);
}

}  // namespace

TEST_CASE("a process that ends by itself is recorded with its exit code and both outputs", "[process]") {
    const ProcessRecord record = run_shell("echo out; echo err >&2; exit 3");
    CHECK(record.argv == std::vector<std::string>{"sh", "-c", "echo out; echo err >&2; exit 3"});
    CHECK(record.exit_code == 3);
    CHECK_FALSE(record.signal);
    CHECK_FALSE(record.killed);
    CHECK(record.start_error.empty());
    CHECK(record.output == "out\n");
    CHECK(record.errors == "err\n");
    CHECK(record.lasted < 5s);
}

TEST_CASE("a process that dies of a signal of its own was not killed by the harness", "[process]") {
    for (const int signal : {SIGSEGV, SIGKILL, SIGTERM}) {
        const ProcessRecord record = run_shell("kill -" + std::to_string(signal) + " $$");
        CHECK(record.signal == signal);
        CHECK_FALSE(record.exit_code);
        CHECK_FALSE(record.killed);
    }
}

TEST_CASE("a process reads its input to the end", "[process]") {
    Launch launch = shell("wc -c");
    launch.input = std::string(1 << 20, 'x');
    CHECK(run_to_end(run_process(launch)).output == "1048576\n");
}

TEST_CASE("a process without input finds the end of its standard input at once", "[process]") {
    CHECK(run_shell("cat; echo done").output == "done\n");
}

TEST_CASE("of each output the first 64 KiB are kept and the rest is swallowed", "[process]") {
    Launch launch = shell("cat; echo done >&2");
    launch.input = std::string(1 << 20, 'x');
    const ProcessRecord record = run_to_end(run_process(launch));
    CHECK(record.exit_code == 0);
    CHECK(record.output.size() == 64 * 1024);
    CHECK(record.errors == "done\n");
}

TEST_CASE("a process that does not read its input neither blocks nor ends the harness", "[process]") {
    Launch launch = shell("exec <&-; echo closed");
    launch.input = std::string(1 << 20, 'x');
    CHECK(run_to_end(run_process(launch)).output == "closed\n");
}

TEST_CASE("what cannot be started says why", "[process]") {
    Launch launch = shell("true");
    SECTION("a program that is not installed") {
        launch.argv = {"no-such-program"};
        CHECK(run_to_end(run_process(launch)).start_error == "'no-such-program' is not in PATH");
    }
    SECTION("a file that is no program") {
        launch.argv = {"/dev/null"};
        CHECK(run_to_end(run_process(launch)).start_error ==
              "'/dev/null' cannot be started: Permission denied");
    }
    SECTION("a directory that is not there") {
        launch.directory = "/no/such/place";
        CHECK(run_to_end(run_process(launch)).start_error ==
              "the working directory '/no/such/place' does not exist");
    }
    SECTION("nothing") {
        launch.argv.clear();
        CHECK(run_to_end(run_process(launch)).start_error == "there is no command to start");
    }
    CHECK(no_child_is_left());
}

TEST_CASE("the deadline kills the whole group", "[process]") {
    Launch launch = shell("sleep 60 & echo $!; wait");
    launch.deadline = 1s;
    const ProcessRecord record = run_to_end(run_process(launch));
    CHECK(record.killed);
    CHECK(record.signal == SIGKILL);
    CHECK_FALSE(record.exit_code);
    CHECK(record.lasted >= 1s);
    CHECK(record.lasted < 10s);
    CHECK(dies(std::stoi(record.output)));
}

TEST_CASE("what a process leaves behind in its group is killed when it ends", "[process]") {
    const ProcessRecord record = run_shell("sleep 60 & echo $!");
    CHECK(record.exit_code == 0);
    CHECK(record.lasted < 5s);
    CHECK(dies(std::stoi(record.output)));
}

TEST_CASE("nobody waits for a grandchild that left the group and holds the pipes", "[process]") {
    // It tells its number through a pipe of its own, and holds on to standard error.
    const ProcessRecord record = run_shell("echo $(setsid -f sh -c 'echo $$; exec sleep 60 >&2'); echo end");
    CHECK(record.exit_code == 0);
    CHECK(record.lasted < 10s);
    CHECK(record.output.ends_with("\nend\n"));
    const int grandchild = std::stoi(record.output);
    CHECK(is_alive(grandchild));
    ::kill(grandchild, SIGKILL);
}

TEST_CASE("a process gets the environment and the directory of its launch and nothing else", "[process]") {
    Launch launch = shell("pwd; env");
    launch.argv = {"/bin/sh", "-c", "pwd; /usr/bin/env"};
    launch.env = {{"HOME", "/run/home of case"}};
    launch.directory = "/usr";
    const std::string output = run_to_end(run_process(launch)).output;
    CHECK(output.starts_with("/usr\n"));
    CHECK(output.find("HOME=/run/home of case\n") != std::string::npos);
    CHECK(output.find("PATH=") == std::string::npos);
}

TEST_CASE("a process sees only its three standard descriptors, and none of the harness's signals",
          "[process]") {
    std::signal(SIGPIPE, SIG_IGN);
    const int inherited = ::dup(1);  // not close-on-exec
    const ProcessRecord record =
        run_shell("ls /proc/$$/fd; exec sed -n 's/Sig[BI][lg][kn]:.//p' /proc/self/status");
    ::close(inherited);
    std::signal(SIGPIPE, SIG_DFL);
    REQUIRE(record.output.starts_with("0\n1\n2\n0000000000000000\n"));
    const auto ignored =
        std::stoull(record.output.substr(record.output.rfind('\n', record.output.size() - 2)), nullptr, 16);
    CHECK((ignored & 0x7fffffff) == 0);  // the C library's own signals come after these
}

TEST_CASE("fifty runs leave no descriptor and no zombie behind", "[process]") {
    asio::io_context io;
    const auto run = [&](Launch launch) {
        asio::co_spawn(io, run_process(std::move(launch)), [](std::exception_ptr, ProcessRecord) {});
    };
    run(shell("true"));
    io.run();
    const auto before = open_descriptors();
    for (int i = 0; i < 50; ++i) {
        Launch late = shell("sleep 60");
        late.deadline = 20ms;
        Launch unread = shell("true");
        unread.input = std::string(1 << 20, 'x');
        run(i % 5 == 0 ? late : unread);
    }
    io.restart();
    io.run();
    CHECK(open_descriptors() == before);
    CHECK(no_child_is_left());
}

TEST_CASE("cancelling a run kills the process and waits for its end", "[process]") {
    asio::io_context io;
    asio::cancellation_signal stop;
    std::optional<ProcessRecord> record;
    asio::co_spawn(io, run_process(shell("sleep 60")),
                   asio::bind_cancellation_slot(
                       stop.slot(), [&](std::exception_ptr, ProcessRecord got) { record = std::move(got); }));
    while (no_child_is_left()) io.run_one();
    stop.emit(asio::cancellation_type::terminal);
    io.run();
    REQUIRE(record);
    CHECK(record->killed);
    CHECK(record->signal == SIGKILL);
    CHECK(no_child_is_left());
}

TEST_CASE("a process whose harness stops listening is killed and reaped", "[process]") {
    const auto before = open_descriptors();
    {
        asio::io_context io;
        asio::co_spawn(io, run_process(shell("sleep 60")), [](std::exception_ptr, ProcessRecord) {});
        while (no_child_is_left()) io.run_one();
    }
    CHECK(no_child_is_left());
    CHECK(open_descriptors() == before);
}

}  // namespace guise::process::process_test
