// The cell of a situation, and what it leaves a client to decide.
#pragma once

#include "profile/profile.hpp"

#include <optional>
#include <set>
#include <string>

namespace guise::profile {

/// What a client may overlook without failing: a fault below `must` is not there for it.
struct Tolerated {
    Level level = Level::should;   // should: a note; may: described
    std::set<Decision> decisions;  // right besides the expected ones
    bool operator==(const Tolerated&) const = default;
};

/// A cell, and the column in which it stands.
struct CellAt {
    Column column = Column::any;
    const Cell* cell = nullptr;
};

/// The cell of a situation. The mode must have the row.
[[nodiscard]] CellAt cell_of(const Mode& mode, Row row, Column memory);

/// What may be decided besides what `owed` says, where the faults below `must`, of which the most binding is
/// `excuse`, are overlooked and `bare` is the cell without them. Nothing where `owed` has it all.
[[nodiscard]] std::optional<Tolerated> tolerated_besides(const Cell& owed, const Cell& bare, Level excuse);

/// `accept`, or `warn or refuse (rather warn)`: for a reader.
[[nodiscard]] std::string decisions_text(const std::set<Decision>& decisions,
                                         const std::set<Decision>& prefer,
                                         const std::optional<Tolerated>& tolerated);

}  // namespace guise::profile
