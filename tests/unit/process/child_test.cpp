#include "process/child.hpp"

#include "process/run_to_end.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>
#include <catch2/catch.hpp>

#include <cerrno>
#include <csignal>
#include <memory>
#include <sys/wait.h>

namespace guise::process::child_test {

using evidence::ProcessRecord;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

// Called with the child and all its output so far, whenever there is more.
using Listener = std::function<void(Child&, const std::string& on_output)>;

asio::awaitable<ProcessRecord> listen_to(Launch launch, Listener listener) {
    std::string on_output;
    std::weak_ptr<Child> self;
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    auto child = std::make_shared<Child>(executor, std::move(launch), [&](std::string_view bytes) {
        on_output += bytes;
        if (const auto alive = self.lock()) listener(*alive, on_output);
    });
    self = child;
    co_return co_await run(std::move(child));
}

Launch interactive(std::string script, Streams streams = Streams::together) {
    Launch launch = shell(std::move(script));
    launch.streams = streams;
    launch.input_stays_open = true;
    return launch;
}

}  // namespace

TEST_CASE("a child can be answered while it runs", "[child]") {
    for (const Streams streams : {Streams::apart, Streams::together, Streams::terminal}) {
        bool answered = false;
        const ProcessRecord record =
            run_to_end(listen_to(interactive("printf 'name? '; read name; echo hello $name", streams),
                                 [&](Child& child, const std::string& on_output) {
                                     if (!std::exchange(answered, true) && on_output == "name? ")
                                         child.say("world\n");
                                 }));
        CHECK(record.exit_code == 0);
        CHECK(record.output == "name? hello world\n");
    }
}

TEST_CASE("outputs that come together come in order", "[child]") {
    const ProcessRecord record =
        run_to_end(listen_to(interactive("echo 1; echo 2 >&2; echo 3; echo 4 >&2"), {[](auto&&...) {}}));
    CHECK(record.output == "1\n2\n3\n4\n");
    CHECK(record.errors.empty());
}

TEST_CASE("a child on a terminal has it as its controlling terminal", "[child]") {
    const ProcessRecord record = run_to_end(
        listen_to(interactive("[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo opened >/dev/tty", Streams::terminal),
                  {[](auto&&...) {}}));
    CHECK(record.output == "opened\n");
    CHECK(record.exit_code == 0);
}

TEST_CASE("nothing that a child wrote before its end is lost", "[child]") {
    for (const Streams streams : {Streams::together, Streams::terminal}) {
        std::size_t heard_in_all = 0;
        const ProcessRecord record = run_to_end(
            listen_to(interactive("head -c 50000 /dev/zero | tr '\\0' x; echo end", streams),
                      [&](Child&, const std::string& on_output) { heard_in_all = on_output.size(); }));
        CHECK(heard_in_all == 50004);
        CHECK(record.output.ends_with("xend\n"));
    }
}

TEST_CASE("a child that was seen enough of is ended, which is no kill", "[child]") {
    for (const Streams streams : {Streams::together, Streams::terminal}) {
        const ProcessRecord record =
            run_to_end(listen_to(interactive("echo; sleep 60 & wait", streams),
                                 [](Child& child, const std::string&) { child.end_after(1ms); }));
        CHECK(record.signal == SIGKILL);
        CHECK_FALSE(record.killed);
        CHECK(record.lasted < 10s);
    }
}

TEST_CASE("a patience beyond the deadline changes nothing", "[child]") {
    Launch launch = interactive("echo; sleep 60");
    launch.deadline = 100ms;
    const ProcessRecord record =
        run_to_end(listen_to(launch, [](Child& child, const std::string&) { child.end_after(1h); }));
    CHECK(record.killed);
    CHECK(record.lasted < 10s);
}

TEST_CASE("a child that has ended is not spoken to", "[child]") {
    const ProcessRecord record =
        run_to_end(listen_to(interactive("exec <&-; echo gone"), [](Child& child, const std::string&) {
            child.say(std::string(1 << 20, 'x'));
            child.say("more");
        }));
    CHECK(record.exit_code == 0);
    CHECK(record.output == "gone\n");
}

TEST_CASE("a child whose context is destroyed is killed and leaves nothing behind", "[child]") {
    auto io = std::make_unique<asio::io_context>(1);
    bool speaks = false;
    auto child = std::make_shared<Child>(io->get_executor(), interactive("echo here; exec sleep 600"),
                                         [&](std::string_view) { speaks = true; });
    bool ended = false;
    asio::co_spawn(*io, run(std::move(child)),
                   [&](const std::exception_ptr&, const ProcessRecord&) { ended = true; });
    while (!speaks) REQUIRE(io->run_one_for(20s) == 1);
    io.reset();
    CHECK_FALSE(ended);
    CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
    CHECK(errno == ECHILD);
}

}  // namespace guise::process::child_test
