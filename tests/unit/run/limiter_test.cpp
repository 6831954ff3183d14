#include "run/limiter.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <optional>
#include <vector>

namespace guise::run::limiter_test {

using guise::run::Limiter;
using guise::run::RunLimits;
namespace asio = boost::asio;

namespace {

struct Counter {
    int held = 0;
    int most = 0;
    std::vector<int> order;
};

// Holds a permit over a few turns of the loop.
asio::awaitable<void> hold(Limiter& limiter, Counter& counter, int number) {
    const Limiter::Permit slot = co_await limiter.take();
    counter.order.push_back(number);
    counter.most = std::max(counter.most, ++counter.held);
    for (int i = 0; i < 3; ++i) co_await asio::post(asio::use_awaitable);
    --counter.held;
}

Counter run(std::size_t count, int all) {
    asio::io_context io{1};
    Limiter limiter(io.get_executor(), count);
    Counter counter;
    for (int i = 0; i < all; ++i) asio::co_spawn(io, hold(limiter, counter, i), asio::detached);
    io.run();
    return counter;
}

asio::awaitable<void> keep(Limiter& limiter, std::optional<Limiter::Permit>& into) {
    into.emplace(co_await limiter.take());
}

}  // namespace

TEST_CASE("never more limiter are held than there are", "[limiter]") {
    CHECK(run(1, 5).most == 1);
    CHECK(run(2, 7).most == 2);
    CHECK(run(3, 2).most == 2);
}

TEST_CASE("everybody gets a slot in the end, in the order of asking", "[limiter]") {
    for (const std::size_t count : {1, 2, 4})
        CHECK(run(count, 6).order == std::vector<int>{0, 1, 2, 3, 4, 5});
}

TEST_CASE("a slot is given back when it is destroyed", "[limiter]") {
    asio::io_context io{1};
    Limiter limiter(io.get_executor(), 1);
    std::optional<Limiter::Permit> first;
    std::optional<Limiter::Permit> second;
    asio::co_spawn(io, keep(limiter, first), asio::detached);
    asio::co_spawn(io, keep(limiter, second), asio::detached);
    io.poll();
    REQUIRE(first.has_value());
    CHECK_FALSE(second.has_value());
    first.reset();
    io.poll();
    CHECK(second.has_value());
}

TEST_CASE("a slot that was moved is given back once", "[limiter]") {
    asio::io_context io{1};
    Limiter limiter(io.get_executor(), 1);
    std::optional<Limiter::Permit> first;
    asio::co_spawn(io, keep(limiter, first), asio::detached);
    io.poll();
    { const Limiter::Permit moved = std::move(*first); }
    first.reset();
    std::optional<Limiter::Permit> second;
    std::optional<Limiter::Permit> third;
    asio::co_spawn(io, keep(limiter, second), asio::detached);
    asio::co_spawn(io, keep(limiter, third), asio::detached);
    io.restart();
    io.poll();
    CHECK(second.has_value());
    CHECK_FALSE(third.has_value());
}

TEST_CASE("who stops waiting takes no slot, and the next one is served", "[limiter]") {
    asio::io_context io{1};
    Limiter limiter(io.get_executor(), 1);
    std::optional<Limiter::Permit> first;
    std::optional<Limiter::Permit> cancelled;
    std::optional<Limiter::Permit> last;
    asio::cancellation_signal stop;
    bool failed = false;
    asio::co_spawn(io, keep(limiter, first), asio::detached);
    asio::co_spawn(io, keep(limiter, cancelled),
                   asio::bind_cancellation_slot(
                       stop.slot(), [&](const std::exception_ptr& error) { failed = error != nullptr; }));
    asio::co_spawn(io, keep(limiter, last), asio::detached);
    io.poll();
    stop.emit(asio::cancellation_type::terminal);
    io.poll();
    CHECK(failed);
    first.reset();
    io.poll();
    CHECK_FALSE(cancelled.has_value());
    CHECK(last.has_value());
}

TEST_CASE("those that wait for a silent server take nobody's turn", "[limiter]") {
    asio::io_context io{1};
    RunLimits limits(io.get_executor(), 2);
    std::vector<std::optional<Limiter::Permit>> silent(3), others(3);
    for (auto& each : silent) asio::co_spawn(io, keep(limits.limits(true).visits, each), asio::detached);
    for (auto& each : others) asio::co_spawn(io, keep(limits.limits(false).visits, each), asio::detached);
    io.poll();
    for (const auto* held : {&silent, &others})
        CHECK(std::ranges::count_if(*held, [](const auto& each) { return each.has_value(); }) == 2);
}

TEST_CASE("one job is one visit at a time, whatever its server does", "[limiter]") {
    asio::io_context io{1};
    RunLimits limits(io.get_executor(), 1);
    CHECK(&limits.limits(true) == &limits.limits(false));
}

}  // namespace guise::run::limiter_test
