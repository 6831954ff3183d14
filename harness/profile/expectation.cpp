#include "profile/expectation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace guise::profile {

namespace {

std::string either(const std::set<Decision>& decisions) {
    std::string out;
    for (Decision decision : decisions) out += (out.empty() ? "" : " or ") + std::string(word(decision));
    return out;
}

}  // namespace

CellAt cell_of(const Mode& mode, Row row, Column memory) {
    const RowCells& cells = mode.rows.at(row);
    const Column column = cells.contains(Column::any) ? Column::any : memory;
    return {column, &cells.at(column)};
}

std::optional<Tolerated> tolerated_besides(const Cell& owed, const Cell& bare, Level excuse) {
    Tolerated out{excuse, {}};
    std::ranges::set_difference(bare.decision, owed.decision,
                                std::inserter(out.decisions, out.decisions.end()));
    return out.decisions.empty() ? std::nullopt : std::optional(std::move(out));
}

std::string decisions_text(const std::set<Decision>& decisions, const std::set<Decision>& prefer,
                           const std::optional<Tolerated>& tolerated) {
    std::string out = either(decisions);
    if (!prefer.empty() && prefer != decisions) out += fmt::format(" (rather {})", either(prefer));
    if (tolerated)
        out += fmt::format(" ({} is {})", either(tolerated->decisions),
                           tolerated->level == Level::may ? "right too" : "a note");
    return out;
}

}  // namespace guise::profile
