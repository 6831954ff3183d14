// situation x memory -> expectation: what one mode owes to what one visit presents.
#pragma once

#include "pki/mint.hpp"
#include "profile/facts.hpp"
#include "profile/profile.hpp"

#include <optional>
#include <set>
#include <string>

namespace guise::profile {

/// What a client may overlook without failing: a fault below `must` is not there for it.
struct Tolerated {
    Level level = Level::should;   // should: a note; may: described
    std::set<Decision> decisions;  // right besides the owed ones
    bool operator==(const Tolerated&) const = default;
};

/// `accept`, or `warn or refuse (rather warn)`: for a reader.
[[nodiscard]] std::string decisions_text(const std::set<Decision>& decisions,
                                         const std::set<Decision>& prefer,
                                         const std::optional<Tolerated>& tolerated);

/// What is owed in one visit.
struct Expectation {
    Row row = Row::trusted;
    Column column = Column::any;
    Cell cell;
    Level level = Level::must;  // how binding the decision is: the strongest of the cell's clauses
    std::optional<Tolerated> tolerated;
    Checks checks;  // the standing checks of the mode
    std::set<Fault> faults;

    /// Whether an outcome without a decision to go on is among what is right.
    [[nodiscard]] bool may_end_refused() const;
    /// The decisions, for a reader.
    [[nodiscard]] std::string text() const;
};

/// A cell, and the column in which it stands.
struct CellAt {
    Column column = Column::any;
    const Cell* cell = nullptr;
};

/// The cell of a situation. The mode must have the row.
[[nodiscard]] CellAt cell_of(const Mode& mode, Row row, Column memory);

/// What `mode` owes to `chain` when the client remembers what `memory` says. `mode` must be one of the
/// profile's.
[[nodiscard]] Expectation expect(const Profile& profile, const Ledger& ledger, const std::string& mode,
                                 const pki::Chain& chain, Column memory = Column::none);

}  // namespace guise::profile
