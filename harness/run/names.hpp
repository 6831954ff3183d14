// The names of a case: its host, its scope, and what is drawn from the seed.
#pragma once

#include <cstdint>
#include <string>

namespace guise::run {

/// The host name of a scenario: the id read backwards below guise.test, `changed-key.pin.guise.test`; a
/// variant is a short hash label before it. The same id has the same name in every run.
[[nodiscard]] std::string host_of(const std::string& scenario_id);

/// Draws names from a seed: the same seed and purpose give the same text, and no purpose tells of another.
class Draw final {
 public:
    explicit Draw(std::string seed) : seed_(std::move(seed)) {}

    /// `digits` hexadecimal digits, at most 64.
    [[nodiscard]] std::string hex(const std::string& purpose, std::size_t digits) const;
    [[nodiscard]] const std::string& seed() const noexcept { return seed_; }

 private:
    std::string seed_;
};

/// A seed for a run that was given none.
[[nodiscard]] std::string fresh_seed();

}  // namespace guise::run
