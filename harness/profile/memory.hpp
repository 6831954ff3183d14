// What a client may remember by now.
//
// No pin is ever read out of a client. A visit's outcome leaves some memories possible, and the next visits
// tell them apart.
#pragma once

#include "profile/facts.hpp"
#include "profile/profile.hpp"
#include "scenario/scenario.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace guise::profile {

/// What a client has kept of one certificate.
struct Pin {
    std::string certificate;
    std::string key;
    bool operator==(const Pin&) const = default;
};

/// The memory of one client instance.
struct Memory {
    std::string mode;
    std::map<std::string, std::vector<Pin>> pins;  // by server, as the profile tells servers apart
    std::map<std::string, Clauses> notes;          // by server: the clauses that the next visit will show
    bool fresh_mode = false;                       // its mode was changed, and it has not connected since
    bool restarted = false;                        // likewise
    bool operator==(const Memory&) const = default;
};

/// One earlier visit's outcome.
struct Decided {
    int visit = 0;
    Decision decision = Decision::accept;
    bool operator==(const Decided&) const = default;
};

/// Everything that can have come of the visits so far, in one way that they can have gone.
struct Possible {
    std::map<std::string, Memory> clients;  // by label; the first client's is empty
    std::chrono::seconds clock{0};          // how far the clock has moved on
    std::map<std::string, std::chrono::seconds>
        made;  // by certificate: the clock when it was first asked for
    std::vector<Decided> log;
    bool operator==(const Possible&) const = default;
};

/// What may have cost something: a clause that is not kept, or a fault below must that is overlooked.
struct Price {
    std::optional<Level> fault;
    std::string clause;  // of the cell that asks for more where a fault is overlooked
    bool operator==(const Price&) const = default;
};

/// The level that a price weighs.
[[nodiscard]] Level level_of(const Price& price, const Profile& profile, const ClauseList& clauses);

/// The start: no pins, each client in its mode. `mode` may be `default`.
[[nodiscard]] Possible at_start(const scenario::Scenario& scenario, const Profile& profile,
                                const std::string& mode);

/// The name under which a client of this profile keeps the pins of a server.
[[nodiscard]] std::string server_of(const Profile& profile, const scenario::At& at);

/// What the memory is to this certificate.
[[nodiscard]] Column column_of(const Profile& profile, const Memory& memory, const std::string& server,
                               const ChainFacts& facts);

/// A memory, and what it costs to have it.
struct Remembered {
    Memory memory;
    std::vector<Price> price;
    std::optional<PinEffect> chosen = {};  // of two that the cell leaves open, where they differ
};

/// How acceptance in a cell is taken: as the cell expects, or not.
struct Acceptance {
    bool owed = true;        // the decision is one of the cell's
    bool tolerated = false;  // with effects that only a should-clause speaks against
};

/// The memories that accepting this certificate for good may leave, those that touch no pin first.
[[nodiscard]] std::vector<Remembered> after_acceptance(const Profile& profile, const ClauseList& clauses,
                                                       const Memory& memory, const std::string& server,
                                                       const ChainFacts& facts, const Cell& cell,
                                                       const Acceptance& how);

}  // namespace guise::profile
