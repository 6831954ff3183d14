// How slow the machine is right now, and waits that are as long as that takes.
//
// A deadline tells a client that hangs from one that works. On a machine that has other things to do, or that
// is slow by itself, work takes several times as long, and so does every wait.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>

namespace guise::run {

/// What was measured of the machine.
struct SpeedSample {
    std::chrono::microseconds took{};  // for what `measure_speed` does, by the wall clock
    double load = 0;                   // threads that ran or wanted to, over the last minute
    unsigned processors = 1;
};

/// How many times longer than on a quiet machine things take: 1 where the machine is quiet and as fast as
/// most are, and never more than `most_slowness`.
[[nodiscard]] double slowness(const SpeedSample& sample);
constexpr double most_slowness = 12;

/// Makes some keys as handshakes do, and reads the load. Takes 5 ms of a processor. Threads: any.
[[nodiscard]] SpeedSample measure_speed();

/// The waits of a run. Threads: one.
class Patience final {
 public:
    explicit Patience(double slowness = 1) : slowness_(slowness) {}

    /// From the next wait on. A machine that turns quiet is believed step by step: its load was measured in
    /// one moment, and waits are for the slowest.
    void take(double slowness) { slowness_ = std::max(slowness, (slowness_ + slowness) / 2); }

    /// The wait for what takes `nominal` at most on a quiet machine.
    template <class Rep, class Period>
    [[nodiscard]] std::chrono::duration<Rep, Period> scaled(
        std::chrono::duration<Rep, Period> nominal) const {
        const auto count = std::ceil(static_cast<double>(nominal.count()) * slowness_);
        return std::chrono::duration<Rep, Period>(static_cast<Rep>(count));
    }

 private:
    double slowness_;
};

}  // namespace guise::run
