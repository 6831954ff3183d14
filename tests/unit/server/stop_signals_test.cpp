#include "server/stop_signals.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <functional>
#include <optional>
#include <sys/wait.h>
#include <unistd.h>

namespace guise::server::stop_signals_test {

using guise::server::StopSignals;
namespace asio = boost::asio;

namespace {

// How a process ends that does this: its exit code, or the negative number of the signal that ended it.
int end_of(const std::function<void()>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        work();
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

TEST_CASE("the first signal stops in an orderly way", "[signals]") {
    for (const int signal : {SIGINT, SIGTERM}) {
        asio::io_context io{1};
        int stopped = 0;
        StopSignals signals(io, [&] { ++stopped; });
        std::raise(signal);
        io.run();
        CHECK(stopped == 1);
    }
}

TEST_CASE("the second signal ends the process at once, even while it computes", "[signals]") {
    CHECK(end_of([] {
              asio::io_context io{1};
              StopSignals signals(io, [] {});
              std::raise(SIGINT);
              std::raise(SIGINT);
          }) == -SIGINT);
}

TEST_CASE("the second signal may be the other one", "[signals]") {
    CHECK(end_of([] {
              asio::io_context io{1};
              StopSignals signals(io, [] { std::raise(SIGTERM); });
              std::raise(SIGINT);
              io.run();
          }) == -SIGTERM);
}

TEST_CASE("a context runs out of work once no signal is waited for", "[signals]") {
    asio::io_context io{1};
    int stopped = 0;
    StopSignals signals(io, [&] { ++stopped; });
    signals.cancel();
    io.run();
    CHECK(stopped == 0);
}

TEST_CASE("nothing is called after the signals are gone", "[signals]") {
    asio::io_context io{1};
    int stopped = 0;
    std::optional<StopSignals> signals(std::in_place, io, [&] { ++stopped; });
    std::raise(SIGINT);
    signals.reset();
    io.run();
    CHECK(stopped == 0);
}

}  // namespace guise::server::stop_signals_test
