#include "clients/terminal/terminal_driver.hpp"

#include "clients/scripted.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <csignal>
#include <stdexcept>
#include <sys/wait.h>

namespace guise::clients::terminal_driver_test {

using namespace guise::evidence;
using namespace guise::process;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

const char* const asking = "printf 'Trust localhost? ' >&2; read answer; echo \"got $answer\"";

ClientRecord visit_of(const Client& client, const std::string& answer) {
    const TemporaryFolder home;
    TerminalDriver driver(client, 1ms);
    return visit(driver, attempt_at(home, answer));
}

// An attempt whose server has seen the handshake at once, or never.
Attempt with_handshake(Attempt attempt, bool done) {
    attempt.handshake_done = [done]() -> asio::awaitable<void> {
        if (done) co_return;
        asio::steady_timer never(co_await asio::this_coro::executor,
                                 std::chrono::steady_clock::time_point::max());
        co_await never.async_wait(asio::use_awaitable);
    };
    return attempt;
}

}  // namespace

TEST_CASE("the client's question is answered and recorded", "[terminal]") {
    for (const Screen screen : {Screen::pipe, Screen::pty}) {
        Client client = scripted(asking);
        client.screen = screen;
        for (const auto& [answer, typed] :
             {std::pair("connect", "yes"), {"once", "once"}, {"decline", "no"}}) {
            const ClientRecord record = visit_of(client, answer);
            CHECK(record.process.output == std::string("Trust localhost? got ") + typed + "\n");
            CHECK(record.process.exit_code == 0);
            CHECK(record.reports_prompts);
            REQUIRE(record.prompts.size() == 1);
            CHECK(record.prompts[0].answered == answer);
            CHECK(record.prompts[0].shown.at("server") == "localhost");
        }
    }
}

TEST_CASE("a client that talks only to a terminal gets one", "[terminal]") {
    Client client = scripted(std::string("[ -t 0 ] || exit 7; echo $TERM; ") + asking);
    CHECK(visit_of(client, "connect").process.exit_code == 7);
    client.screen = Screen::pty;
    CHECK(visit_of(client, "connect").process.output == "dumb\nTrust localhost? got yes\n");
}

TEST_CASE("a client that is talked to gets the screen that it wants", "[terminal]") {
    Client client = scripted("");
    client.screen = Screen::pty;
    Launch launch;
    put_on_screen(launch, client);
    CHECK(launch.streams == Streams::terminal);
    CHECK(launch.input_stays_open);
    CHECK(launch.env.at("TERM") == "dumb");
    client.screen = Screen::pipe;
    client.prompts.clear();
    Launch piped;
    put_on_screen(piped, client);
    CHECK(piped.streams == Streams::together);
    CHECK_FALSE(piped.input_stays_open);
    CHECK(piped.env.empty());
}

TEST_CASE("a question that is asked again is answered again", "[terminal]") {
    const ClientRecord record =
        visit_of(scripted("for i in 1 2 3; do printf \"Trust $i? \"; read a; done"), "once");
    REQUIRE(record.prompts.size() == 3);
    CHECK(record.prompts[2].shown.at("server") == "3");
}

TEST_CASE("a client whose question is ignored is ended, not killed", "[terminal]") {
    const ClientRecord record = visit_of(scripted(asking), "ignore");
    REQUIRE(record.prompts.size() == 1);
    CHECK(record.prompts[0].answered == "ignore");
    CHECK(record.process.output == "Trust localhost? ");
    CHECK(record.process.signal == SIGKILL);
    CHECK_FALSE(record.process.killed);
}

TEST_CASE("a client that asks nothing and goes nowhere is killed at its deadline", "[terminal]") {
    const TemporaryFolder home;
    const Client client = scripted("sleep 60");
    Attempt attempt = attempt_at(home);
    attempt.place.deadline = 1s;
    TerminalDriver driver(client);
    const ClientRecord record = visit(driver, attempt);
    CHECK(record.process.killed);
    CHECK(record.prompts.empty());
}

TEST_CASE("what is said after the handshake waits for it", "[terminal]") {
    Client client = scripted("read line; echo \"$line\"");
    client.say = {{std::nullopt, "GET {host}\n"}};
    const TemporaryFolder home;
    TerminalDriver driver(client);
    Attempt attempt = with_handshake(attempt_at(home), true);
    attempt.place.host = "localhost";
    CHECK(visit(driver, attempt).process.output == "GET localhost\n");
    attempt = with_handshake(attempt, false);
    attempt.place.deadline = 1s;
    const ClientRecord waited = visit(driver, attempt);
    CHECK(waited.process.killed);
    CHECK(waited.process.output.empty());
}

TEST_CASE("the end of the client ends the wait for its handshake", "[terminal]") {
    Client client = scripted("echo refused; exit 1");
    client.say = {{std::nullopt, "GET /\n"}};
    const TemporaryFolder home;
    TerminalDriver driver(client);
    CHECK(visit(driver, with_handshake(attempt_at(home), false)).process.exit_code == 1);
}

TEST_CASE("a handshake that cannot be waited for leaves the client to itself", "[terminal]") {
    Client client = scripted("exit 2");
    client.say = {{std::nullopt, "GET /\n"}};
    const TemporaryFolder home;
    Attempt attempt = attempt_at(home);
    attempt.handshake_done = []() -> asio::awaitable<void> {
        throw std::runtime_error("no server");
        co_return;
    };
    TerminalDriver driver(client);
    CHECK(visit(driver, attempt).process.exit_code == 2);
}

TEST_CASE("what is said after a text waits for it", "[terminal]") {
    Client client = scripted("echo ready; read line; echo \"$line\"");
    client.say = {{pattern("ready"), "quit\n"}};
    CHECK(visit_of(client, "connect").process.output == "ready\nquit\n");
}

TEST_CASE("a client with nothing to be told finds the end of its input", "[terminal]") {
    Client client = scripted("cat; echo done");
    client.prompts.clear();
    client.input = "input\n";
    const ClientRecord record = visit_of(client, "connect");
    CHECK(record.process.output == "input\ndone\n");
    CHECK_FALSE(record.reports_prompts);
}

TEST_CASE("a screen that has to be rendered is not guessed at", "[terminal]") {
    Client client = scripted("echo");
    client.screen = Screen::rendered;
    CHECK(visit_of(client, "connect").process.start_error ==
          "a screen that has to be rendered cannot be read");
}

TEST_CASE("a client that cannot be started says why", "[terminal]") {
    Client client = scripted("");
    client.run = {"no-such-program"};
    CHECK(visit_of(client, "connect").process.start_error == "'no-such-program' is not in PATH");
}

TEST_CASE("the pins are read when the visit is over", "[terminal]") {
    Client client = scripted(std::string(asking) + "; echo YWJj >known");
    client.pins = PinsFile{"known", pattern("(?P<public_key>.+)")};
    const TemporaryFolder home;
    TerminalDriver driver(client);
    CHECK(visit(driver, attempt_at(home)).pins ==
          std::vector<std::string>{"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"});
}

TEST_CASE("cancelling a visit kills the client", "[terminal]") {
    Client client = scripted("echo; sleep 60");
    client.say = {{std::nullopt, "GET /\n"}};
    const TemporaryFolder home;
    TerminalDriver driver(client);
    REQUIRE(run_to_end(driver.open("strict", {})) == "");
    asio::io_context io;
    asio::cancellation_signal stop;
    std::optional<ClientRecord> record;
    asio::co_spawn(io, driver.connect(with_handshake(attempt_at(home), false)),
                   asio::bind_cancellation_slot(
                       stop.slot(), [&](std::exception_ptr, ClientRecord got) { record = std::move(got); }));
    io.poll();
    stop.emit(asio::cancellation_type::terminal);
    io.run();
    REQUIRE(record);
    CHECK(record->process.killed);
}

TEST_CASE("a visit that nobody waits for any more leaves no process behind", "[terminal]") {
    Client client = scripted("echo; sleep 60");
    client.say = {{std::nullopt, "GET /\n"}};
    const TemporaryFolder home;
    TerminalDriver driver(client);
    REQUIRE(run_to_end(driver.open("strict", {})) == "");
    {
        asio::io_context io;
        asio::co_spawn(io, driver.connect(with_handshake(attempt_at(home), false)),
                       [](std::exception_ptr, ClientRecord) {});
        io.poll();
    }
    CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
}

}  // namespace guise::clients::terminal_driver_test
