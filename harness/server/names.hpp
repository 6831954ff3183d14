// The names of a case: its host, its scope, and what is generated from the seed.
#pragma once

#include "scenario/scenario.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace guise::server {

/// The host name of a scenario: the id read backwards below guise.test, `changed-key.pin.guise.test`; a
/// variant is a short hash label before it. The same id has the same name in every run.
[[nodiscard]] std::string host_of(const std::string& scenario_id);

/// The address at which a scenario is served: one of the kind that it asks for. `usual` is kept where it is
/// one.
[[nodiscard]] std::string address_for(const scenario::Scenario& scenario, const std::string& usual);

/// What a client connects to: the host name of `id`, or the address, where the scenario wants that.
[[nodiscard]] std::string host_for(const scenario::Scenario& scenario, const std::string& id,
                                   const std::string& address);

/// The names besides the host under which a client of another's making may come: `localhost`, but for a host
/// that is an address.
[[nodiscard]] std::vector<std::string> other_hosts(const scenario::Scenario& scenario);

/// Whether this machine has the loopback address of IPv6. Tried once.
[[nodiscard]] bool has_ipv6();

/// Generates names from a seed: the same seed and purpose give the same text, and no text reveals another.
class SeededGenerator final {
 public:
    explicit SeededGenerator(std::string seed) : seed_(std::move(seed)) {}

    /// `digits` hexadecimal digits, at most 64.
    [[nodiscard]] std::string hex(const std::string& purpose, std::size_t digits) const;
    [[nodiscard]] const std::string& seed() const noexcept { return seed_; }

 private:
    std::string seed_;
};

/// A seed for a run that was given none.
[[nodiscard]] std::string fresh_seed();

}  // namespace guise::server
