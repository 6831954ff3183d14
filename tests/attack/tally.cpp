#include "attack/tally.hpp"

#include <algorithm>
#include <cstdio>

namespace guise::attack {

namespace {

constexpr auto states = words(Reached{});

void print_line(const std::string& name, const std::map<Reached, std::size_t>& counts) {
    std::size_t sum = 0;
    std::printf("%-18s", name.c_str());
    for (std::size_t i = 0; i < states.size(); ++i) {
        const auto found = counts.find(static_cast<Reached>(i));
        const std::size_t count = found == counts.end() ? 0 : found->second;
        sum += count;
        std::printf(" %12s", count == 0 ? "." : std::to_string(count).c_str());
    }
    std::printf(" %8zu\n", sum);
}

}  // namespace

// The further state is asked for first: a later one implies the earlier ones.
Reached reached(const tls::Engine& engine) {
    const tls::Transcript& seen = engine.transcript();
    const bool alert = std::ranges::any_of(seen.alerts, [](const tls::Alert& each) {
        return each.direction == tls::Direction::received && each.description != 0;
    });
    if (seen.application_bytes > 0) return Reached::data;
    if (seen.finished) return Reached::finished;
    if (seen.certificate_sent && engine.failed()) return Reached::failed_later;
    if (seen.certificate_sent) return alert ? Reached::client_alert : Reached::certificate;
    if (engine.failed()) return Reached::rejected;
    if (alert) return Reached::early_alert;
    if (seen.speaks_tls) return Reached::incomplete;
    return engine.dead() ? Reached::no_tls : Reached::nothing;
}

void Tally::add(const std::string& attack, Reached how_far) { ++counts_[attack][how_far]; }

std::size_t Tally::of(const std::string& attack, Reached how_far) const {
    const auto found = counts_.find(attack);
    if (found == counts_.end()) return 0;
    const auto count = found->second.find(how_far);
    return count == found->second.end() ? 0 : count->second;
}

std::size_t Tally::total() const {
    std::size_t sum = 0;
    for (const auto& [attack, states_of] : counts_)
        for (const auto& [state, count] : states_of) sum += count;
    return sum;
}

void Tally::print() const {
    std::map<Reached, std::size_t> sums;
    std::printf("%-18s", "");
    for (const std::string_view state : states) std::printf(" %12s", std::string(state).c_str());
    std::printf(" %8s\n", "all");
    for (const auto& [attack, counts] : counts_) {
        print_line(attack, counts);
        for (const auto& [state, count] : counts) sums[state] += count;
    }
    print_line("all", sums);
}

}  // namespace guise::attack
