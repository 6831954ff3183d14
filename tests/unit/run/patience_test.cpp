#include "run/patience.hpp"

#include <catch2/catch.hpp>

namespace guise::run::patience_test {

using namespace std::chrono_literals;

namespace {

SpeedSample sample(std::chrono::microseconds took, double load = 0, unsigned processors = 2) {
    return {.took = took, .load = load, .processors = processors};
}

}  // namespace

TEST_CASE("on a quiet machine of usual speed waits are as long as they are said to be", "[patience]") {
    CHECK(slowness(sample(0us)) == 1);
    CHECK(slowness(sample(5'000us, 1.0)) == 1);
    CHECK(slowness(sample(15'000us, 2.0)) == 1);
    CHECK(Patience().scaled(10s) == 10s);
}

TEST_CASE("a slow machine makes waits longer in proportion", "[patience]") {
    CHECK(slowness(sample(30'000us)) == Approx(2));
    CHECK(slowness(sample(75'000us)) == Approx(5));
}

TEST_CASE("a load makes waits longer by as many as share a processor", "[patience]") {
    CHECK(slowness(sample(5'000us, 8, 2)) == Approx(4));
    CHECK(slowness(sample(5'000us, 8, 64)) == 1);
    CHECK(slowness(sample(30'000us, 8, 2)) == Approx(4));  // the larger of the two: one shows in the other
}

TEST_CASE("a machine that says nothing of its processors has one", "[patience]") {
    CHECK(slowness(sample(0us, 3, 0)) == Approx(3));
}

TEST_CASE("no machine is so slow that a run waits for ever", "[patience]") {
    CHECK(slowness(sample(3600s)) == most_slowness);
    CHECK(slowness(sample(0us, 1e9)) == most_slowness);
}

TEST_CASE("waits are rounded up", "[patience]") {
    CHECK(Patience(1.5).scaled(1s) == 2s);
    CHECK(Patience(1.5).scaled(1000ms) == 1500ms);
    CHECK(Patience(2).scaled(0s) == 0s);
}

TEST_CASE("a machine that gets slower is believed at once, one that gets faster step by step", "[patience]") {
    Patience patience(1);
    patience.take(8);
    CHECK(patience.scaled(1000ms) == 8000ms);
    patience.take(4);
    CHECK(patience.scaled(1000ms) == 6000ms);
    patience.take(4);
    CHECK(patience.scaled(1000ms) == 5000ms);
}

TEST_CASE("the machine that runs this can be measured", "[patience]") {
    const SpeedSample measured = measure_speed();
    CHECK(measured.took > 0us);
    CHECK(slowness(measured) >= 1);
    CHECK(slowness(measured) <= most_slowness);
}

}  // namespace guise::run::patience_test
