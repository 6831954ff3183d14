// Which standing checks a visit calls for, and which clauses it can be cited with.
#pragma once

#include "profile/alternative.hpp"

#include <string>

namespace guise::profile {

/// A visit as one memory meets it.
///
/// Lifetime: keeps references to all it is given.
struct Met {
    const Subject& subject;
    const scenario::Connect& visit;
    const ChainFacts& facts;
    const Possible& state;
    const Memory& memory;  // of the client that visits
    const std::string& server;
    Row row = Row::trusted;
    Column column = Column::any;  // of the cell
    const Cell& cell;
};

/// Adds the clauses that are not there yet.
void cite(const Clauses& clauses, Cited& cited);

/// What is judged however the client decides: the cell's clauses, what the visit before has left to be shown,
/// and the checks that the visit itself calls for.
[[nodiscard]] Cited cited_by_visit(const Met& met);

/// The same, with what a decision adds.
[[nodiscard]] Cited cited_by_decision(const Met& met, Cited cited, Decision decision);

/// Whether this visit shows what the visit before has done to the pin: its row depends on what is remembered.
[[nodiscard]] bool shows_memory(const Mode& mode, Row row);

/// The clauses that the next visit will show, after this one has ended so.
[[nodiscard]] Clauses notes_for_next(const Met& met, Decision decision, Final final);

}  // namespace guise::profile
