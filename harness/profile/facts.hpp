// What a derivation knows of the chains that a scenario presents: their faults, and which are the same.
#pragma once

#include "profile/profile.hpp"
#include "scenario/scenario.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>

namespace guise::profile {

/// One chain, as a client that sees it at some time can judge it.
struct ChainFacts {
    std::string certificate;  // equal texts are the same certificate, byte for byte
    std::string key;          // the label of the leaf's key
    pki::Chain chain;         // its faults and its stage; nothing is made
    bool installed = false;   // its anchor is one that the user has installed
};

/// Looks at the chains of scenarios, at each once.
///
/// Lifetime: keeps a reference to `library`. Threads: one object, one thread.
class FactsSource final {
 public:
    explicit FactsSource(const pki::Library& library) : library_(library) {}

    /// The facts of a chain of `scenario` that was made `age` ago. Stays valid as long as this object.
    const ChainFacts& of(const scenario::Scenario& scenario, const pki::Present& present,
                         std::chrono::seconds age);

    /// What a client would have to ask to meet the defects of this chain; nothing where they are in the
    /// certificates or in the handshake.
    [[nodiscard]] std::optional<pki::Topic> topic_of(const pki::Present& present) const;

 private:
    const pki::Library& library_;
    std::map<std::string, ChainFacts> known_;
};

/// The row of a chain in a mode. With `soft` false, faults and stages that a client may overlook are left
/// out. The rows `expired` and `protocol` are those of modes that have them; else it is the row that they are
/// part of.
[[nodiscard]] Row row_of(const pki::Chain& chain, const Profile& profile, const Mode& mode, bool soft = true);

/// The most binding of the chain's faults that are below must; none where all are musts.
[[nodiscard]] std::optional<Level> excuse_of(const pki::Chain& chain);

}  // namespace guise::profile
