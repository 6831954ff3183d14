#include "process/adapter_process.hpp"

#include "process/run_to_end.hpp"

#include <catch2/catch.hpp>

#include <cerrno>
#include <csignal>
#include <memory>
#include <sys/wait.h>

namespace guise::process::adapter_process_test {

using evidence::ProcessRecord;
namespace asio = boost::asio;

namespace {

bool no_child_is_left() { return ::waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }

// An adapter, and what was received from it.
struct Watched {
    explicit Watched(const Launch& launch, std::function<void(AdapterProcess&)> at_line = {}) {
        process =
            std::make_unique<AdapterProcess>(io.get_executor(), launch,
                                             AdapterProcess::Handlers{[this, at_line](std::string_view line) {
                                                                          lines.emplace_back(line);
                                                                          if (at_line) at_line(*process);
                                                                      },
                                                                      [this] { ++ends; }});
    }

    asio::io_context io;
    std::vector<std::string> lines;
    int ends = 0;
    std::unique_ptr<AdapterProcess> process;
};

}  // namespace

TEST_CASE("what an adapter writes comes line by line, and then its end", "[adapter-process]") {
    Watched adapter(shell("echo one; printf 'two\\n\\nthr'; echo why >&2; exit 3"));
    adapter.io.run();
    CHECK(adapter.lines == std::vector<std::string>{"one", "two", ""});
    CHECK(adapter.process->unfinished_line() == "thr");
    CHECK(adapter.ends == 1);
    CHECK_FALSE(adapter.process->is_running());
    const ProcessRecord& record = adapter.process->record();
    CHECK(record.exit_code == 3);
    CHECK_FALSE(record.killed);
    CHECK(record.output == "one\ntwo\n\nthr");
    CHECK(record.errors == "why\n");
}

TEST_CASE("lines that are sent arrive in order, however long", "[adapter-process]") {
    Watched adapter(shell("read a; read b; echo ${#a} $b"));
    adapter.process->send(std::string(500'000, 'x'));
    adapter.process->send("end");
    adapter.io.run();
    CHECK(adapter.lines == std::vector<std::string>{"500000 end"});
}

TEST_CASE("an adapter that no longer reads costs nothing", "[adapter-process]") {
    Watched adapter(shell("exec <&-; echo closed"));
    for (int i = 0; i < 10; ++i) adapter.process->send(std::string(100'000, 'x'));
    adapter.io.run();
    adapter.process->send("late");
    CHECK(adapter.lines == std::vector<std::string>{"closed"});
    CHECK(adapter.ends == 1);
}

TEST_CASE("a line that grows without end is told as far as it came, and nothing after it",
          "[adapter-process]") {
    Watched adapter(shell("head -c 3000000 /dev/zero | tr '\\0' x; echo; echo more"),
                    [](AdapterProcess& process) { process.kill(); });
    adapter.io.run();
    REQUIRE(adapter.lines.size() == 1);
    CHECK(adapter.lines[0].size() > longest_line);
    CHECK(adapter.lines[0].size() < longest_line + 20'000);
    CHECK(adapter.process->record().output.size() == 64 * 1024);
}

TEST_CASE("a handler may kill the adapter, which is then told of no more", "[adapter-process]") {
    Watched adapter(shell("echo one; echo two; exec sleep 60"),
                    [](AdapterProcess& process) { process.kill(); });
    adapter.io.run();
    CHECK(adapter.lines == std::vector<std::string>{"one"});
    CHECK(adapter.ends == 0);
    CHECK(adapter.process->record().killed);
    CHECK(adapter.process->record().signal == SIGKILL);
    CHECK(no_child_is_left());
}

TEST_CASE("an adapter that closes its output goes on running", "[adapter-process]") {
    Watched adapter(shell("exec >&-; read line; exit 4"));
    while (!adapter.process->has_closed_output()) adapter.io.run_one();
    CHECK(adapter.process->is_running());
    adapter.process->send("");
    adapter.io.run();
    CHECK(adapter.process->record().exit_code == 4);
}

TEST_CASE("what was written before is forgotten on request", "[adapter-process]") {
    Watched adapter(shell("echo one; read line; echo two"));
    while (adapter.lines.empty()) adapter.io.run_one();
    adapter.process->forget_output();
    adapter.process->send("go");
    adapter.io.run();
    CHECK(adapter.process->record().output == "two\n");
}

TEST_CASE("an adapter that cannot be started says why and is told of nothing", "[adapter-process]") {
    Launch launch = shell("true");
    launch.argv = {"no-such-program"};
    Watched adapter(launch);
    adapter.process->send("hello");
    adapter.process->kill();
    adapter.io.run();
    CHECK(adapter.process->record().start_error == "'no-such-program' is not in PATH");
    CHECK(adapter.ends == 0);
}

TEST_CASE("an adapter is killed and reaped with its owner", "[adapter-process]") {
    Watched adapter(shell("echo up; exec sleep 60"));
    while (adapter.lines.empty()) adapter.io.run_one();
    adapter.process.reset();
    CHECK(no_child_is_left());
    adapter.io.run();
    CHECK(adapter.ends == 0);
}

TEST_CASE("an adapter that is destroyed while it is written to and read is killed", "[adapter-process]") {
    Watched adapter(shell("echo ready; exec sleep 600"));
    while (adapter.lines.empty()) adapter.io.run_one();
    adapter.process->send(std::string(500'000, 'x'));
    adapter.io.poll();
    adapter.process.reset();
    CHECK(no_child_is_left());
    SECTION("and its handlers end") { adapter.io.poll(); }
    SECTION("and its handlers go with the context") {}
    CHECK(adapter.ends == 0);
}

}  // namespace guise::process::adapter_process_test
