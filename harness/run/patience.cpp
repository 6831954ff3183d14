#include "run/patience.hpp"

#include "pki/keys.hpp"

#include <array>
#include <cstdlib>
#include <thread>

namespace guise::run {

namespace {

constexpr int keys_of_a_sample = 25;
// What that takes on a quiet machine of ten years ago. Today's need a third of it.
constexpr std::chrono::microseconds nominal{15'000};

}  // namespace

double slowness(const SpeedSample& sample) {
    const double own = static_cast<double>(sample.took.count()) / static_cast<double>(nominal.count());
    // The sample is short, and a scheduler favours whoever has just woken: the load says what a long piece of
    // work meets.
    const double crowd = sample.load / std::max(1U, sample.processors);
    return std::clamp(std::max(own, crowd), 1.0, most_slowness);
}

SpeedSample measure_speed() {
    SpeedSample out;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < keys_of_a_sample; ++i) (void)pki::make_key(pki::Algorithm::p256);
    out.took =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    std::array<double, 1> load{};
    if (::getloadavg(load.data(), 1) == 1) out.load = load[0];
    out.processors = std::thread::hardware_concurrency();
    return out;
}

}  // namespace guise::run
