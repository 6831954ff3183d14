#include "profile/expectation.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::profile {

namespace {

std::string either(const std::set<Decision>& decisions) {
    std::string out;
    for (Decision decision : decisions) out += (out.empty() ? "" : " or ") + std::string(word(decision));
    return out;
}

}  // namespace

bool Expectation::may_end_refused() const {
    return cell.decision.contains(Decision::refuse) || cell.decision.contains(Decision::ask) ||
           cell.decision.contains(Decision::warn);
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

std::string Expectation::text() const { return decisions_text(cell.decision, cell.prefer, tolerated); }

CellAt cell_of(const Mode& mode, Row row, Column memory) {
    const RowCells& cells = mode.rows.at(row);
    const Column column = cells.contains(Column::any) ? Column::any : memory;
    return {column, &cells.at(column)};
}

Expectation expect(const Profile& profile, const Ledger& ledger, const std::string& mode,
                   const pki::Chain& chain, Column memory) {
    const Mode& rules = profile.modes.at(mode);
    Expectation out;
    out.row = row_of(chain, profile);
    const CellAt at = cell_of(rules, out.row, memory);
    out.column = at.column;
    out.cell = *at.cell;
    out.level = profile.level(out.cell.clause, ledger);
    out.checks = rules.checks;
    for (const auto& [fault, level] : chain.faults) out.faults.insert(fault);
    const auto excuse = excuse_of(chain);
    const Row bare = row_of(chain, profile, false);
    if (!excuse || bare == out.row) return out;
    Tolerated tolerated{*excuse, {}};
    for (const Decision decision : cell_of(rules, bare, memory).cell->decision)
        if (!out.cell.decision.contains(decision)) tolerated.decisions.insert(decision);
    if (!tolerated.decisions.empty()) out.tolerated = std::move(tolerated);
    return out;
}

}  // namespace guise::profile
