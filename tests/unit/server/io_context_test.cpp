#include "server/io_context.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace guise::server::io_context_test {

using guise::server::IoContext;
namespace asio = boost::asio;

namespace {

// Writes down when it is destroyed, in a list that has to live still.
struct Witness {
    std::vector<std::string>& said;
    std::string name;
    ~Witness() { said.push_back(name); }
};

asio::awaitable<void> wait_for_ever(asio::steady_timer& timer, std::vector<std::string>& said) {
    const Witness witness{said, "coroutine"};
    co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace

TEST_CASE("coroutines that wait are destroyed before what was declared before their guard", "[io]") {
    std::vector<std::string> said;
    {
        IoContext io;
        const Witness referred_to{said, "what it refers to"};
        asio::steady_timer timer(io, asio::steady_timer::time_point::max());
        const IoContext::FrameGuard frames(io);
        asio::co_spawn(io, wait_for_ever(timer, said), asio::detached);
        io.poll();
    }
    CHECK(said == std::vector<std::string>{"coroutine", "what it refers to"});
}

TEST_CASE("what is ready to run is destroyed too, and not run", "[io]") {
    bool ran = false;
    IoContext io;
    {
        const IoContext::FrameGuard frames(io);
        asio::post(io, [&ran] { ran = true; });
    }
    CHECK_FALSE(ran);
}

TEST_CASE("sockets and timers may go after the coroutines that used them", "[io]") {
    std::vector<std::string> said;
    IoContext io;
    asio::steady_timer timer(io, asio::steady_timer::time_point::max());
    {
        const IoContext::FrameGuard frames(io);
        asio::co_spawn(io, wait_for_ever(timer, said), asio::detached);
        io.poll();
    }
    CHECK(timer.cancel() == 0);
    CHECK(said.size() == 1);
}

}  // namespace guise::server::io_context_test
