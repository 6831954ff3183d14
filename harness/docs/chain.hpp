// A chain as a reader sees it: which certificates there are, who signs whom, what is sent, what is trusted,
// what is wrong. Made of the recipes; nothing is minted.
#pragma once

#include "pki/library.hpp"
#include "pki/mint.hpp"
#include "scenario/scenario.hpp"

#include <string>
#include <vector>

namespace guise::docs {

/// How the client gets a certificate.
enum class Sent {
    sent,    // in the Certificate message
    kept,    // a root: servers do not send it
    missing  // it ought to be sent, and is not
};

/// One certificate of a path.
struct SeenCertificate {
    std::string recipe;
    pki::Position position = pki::Position::leaf;
    Sent sent = Sent::sent;
    bool anchor = false;               // the client trusts it
    bool unverifiable = false;         // its signature does not verify
    std::vector<std::string> facts;    // `for {host}`, `p256, valid -1d to +30d`
    std::vector<std::string> defects;  // `expired (must)`
};

/// A path from the top down: the root, or what signs itself, first; the leaf last.
struct SeenChain {
    std::vector<SeenCertificate> path;
    std::vector<std::string> handshake;  // the defects of the handshake itself
    std::vector<std::string> order;      // what is sent, where that is not the path from the leaf upwards
    bool anchored = false;  // some certificate of the path is trusted, and what is sent leads there

    /// All of it in one sentence, for who does not see the picture.
    [[nodiscard]] std::string sentence() const;
};

/// Looks at what a scenario presents, which must be one of its own.
[[nodiscard]] SeenChain look_at(const pki::Library& library, const scenario::Scenario& scenario,
                                const pki::Present& present);

/// What a recipe's tree says of a certificate, in short lines.
[[nodiscard]] std::vector<std::string> facts_of(const yaml::Value& tree, pki::Position position);

}  // namespace guise::docs
