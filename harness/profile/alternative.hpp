// One way that a visit may go, and what follows from it.
#pragma once

#include "profile/expectation.hpp"
#include "profile/memory.hpp"
#include "scenario/scenario.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace guise::profile {

/// How a visit ends for the client.
enum class Final {
    accepted,       // it goes on, and may remember
    accepted_once,  // it goes on, this time only
    refused,        // it does not go on
    held            // its question stays open
};
constexpr auto words(Final) {
    return std::to_array<std::string_view>({"accepted", "accepted-once", "refused", "held"});
}

/// What is derived for: a scenario in a mode of a profile.
///
/// Lifetime: keeps references to all it is given.
struct Subject {
    const scenario::Scenario& scenario;
    const Profile& profile;
    const ClauseList& clauses;
    std::string mode;  // the start mode, which may be `default`
};

/// What one way a visit goes is judged by.
struct Cited {
    std::vector<std::string> checks;  // the standing checks that are made, by name
    Clauses clauses;                  // all clauses, those of the cell first
    bool operator==(const Cited&) const = default;
};

/// What a client has done to a pin where a clause leaves it two ways, of which it is to take one always.
struct PinChoice {
    std::string where;  // `basic, trusted/none`: what is alike for a client there
    PinEffect effect = PinEffect::keep;
    Clauses clauses;
};

/// One way that a visit may go. A visit that is no connection has one for each memory it may leave, in which
/// only `next` says anything: `situation` is empty.
struct Alternative {
    std::string situation;  // `invalid/changed`; `untrusted/none>swapped` where two chains are met
    Row row = Row::trusted;
    Column column = Column::any;   // of the cell
    Column memory = Column::none;  // what is remembered, whether the cell asks for it or not
    std::string mode;              // the client's at the time
    Decision decision = Decision::accept;
    std::optional<scenario::Answer> answer;  // the user's, where the client asks
    Final final = Final::accepted;
    Cell cell;
    std::optional<Tolerated>
        tolerated;  // only for readers: `step` gives such ways as alternatives with a price
    Cited cited;
    std::vector<Price> price;  // what has to be said against it; nothing where all is as expected
    std::map<Fault, Level> faults;
    std::optional<PinChoice> choice;
    std::optional<Level> excuse;  // of the faults that make the row, where a client may overlook them
    Possible next;
};

}  // namespace guise::profile
