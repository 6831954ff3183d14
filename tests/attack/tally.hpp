// How far hostile connections came, counted.
#pragma once

#include "base/words.hpp"
#include "tls/engine.hpp"

#include <map>
#include <string>

namespace guise::attack {

/// How far a connection came, and why no further.
enum class Reached {
    nothing,       // not one complete record header
    no_tls,        // what came first is no TLS
    incomplete,    // a ClientHello that never became whole
    rejected,      // failed on our side before our Certificate
    early_alert,   // an alert of the client before our Certificate
    certificate,   // our Certificate went out, then nothing that decides
    failed_later,  // failed on our side after our Certificate
    client_alert,  // an alert of the client after our Certificate
    finished,      // the client's Finished was verified
    data           // and application data came
};
constexpr auto words(Reached) {
    return std::to_array<std::string_view>({"nothing", "no TLS", "incomplete", "rejected", "early alert",
                                            "certificate", "failed later", "client alert", "finished",
                                            "data"});
}

[[nodiscard]] Reached reached(const tls::Engine& engine);

/// Counts by name of the attack and state.
class Tally final {
 public:
    void add(const std::string& attack, Reached how_far);
    [[nodiscard]] std::size_t of(const std::string& attack, Reached how_far) const;
    [[nodiscard]] std::size_t total() const;
    /// A table: one line an attack, one column a state, and the sums.
    void print() const;

 private:
    std::map<std::string, std::map<Reached, std::size_t>> counts_;
};

}  // namespace guise::attack
