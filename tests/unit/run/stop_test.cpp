#include "run/stop.hpp"

#include <catch2/catch.hpp>

namespace guise::run::stop_test {

using boost::asio::cancellation_type;
using guise::run::Stop;

TEST_CASE("a stop cancels every operation that is watched", "[stop]") {
    Stop stop;
    Stop::Watch one(stop);
    Stop::Watch two(stop);
    int cancelled = 0;
    for (auto* watch : {&one, &two})
        watch->slot().assign(
            [&](cancellation_type type) { cancelled += type == cancellation_type::terminal; });
    stop.now();
    CHECK(cancelled == 2);
}

TEST_CASE("a stop leaves an operation that has ended alone", "[stop]") {
    Stop stop;
    int cancelled = 0;
    {
        Stop::Watch ended(stop);
        ended.slot().assign([&](cancellation_type) { ++cancelled; });
    }
    stop.now();
    CHECK(cancelled == 0);
}

TEST_CASE("who asks after a stop is told", "[stop]") {
    Stop stop;
    CHECK_FALSE(stop.stopping());
    stop.now();
    CHECK(stop.stopping());
}

TEST_CASE("a stop with nothing going on is a stop", "[stop]") {
    Stop stop;
    stop.now();
    stop.now();
    CHECK(stop.stopping());
}

}  // namespace guise::run::stop_test
