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

const Cell& cell_of(const Mode& mode, Row row, Column memory, Column& column) {
    const RowCells& cells = mode.rows.at(row);
    const auto any = cells.find(Column::any);
    column = any != cells.end() ? Column::any : memory;
    return cells.at(column);
}

}  // namespace

bool Expectation::may_end_refused() const {
    return cell.decision.contains(Decision::refuse) || cell.decision.contains(Decision::ask) ||
           cell.decision.contains(Decision::warn);
}

std::string Expectation::text() const {
    std::string out = either(cell.decision);
    if (!cell.prefer.empty() && cell.prefer != cell.decision)
        out += fmt::format(" (rather {})", either(cell.prefer));
    if (tolerated)
        out += fmt::format(" ({} is {})", either(tolerated->decisions),
                           tolerated->level == Level::may ? "right too" : "a note");
    return out;
}

Row row_of(const pki::Chain& chain, const Profile& profile, bool soft) {
    std::set<Fault> faults;
    for (const auto& [fault, level] : chain.faults)
        if (soft || level == Level::must) faults.insert(fault);
    if (chain.stage == pki::Stage::handshake) return Row::no_proof;
    if (chain.stage == pki::Stage::parse && soft) return Row::unreadable;
    if (faults.empty()) return Row::trusted;
    if (!faults.contains(Fault::unknown_issuer)) return Row::invalid;
    const bool worse = std::any_of(faults.begin(), faults.end(),
                                   [&](Fault fault) { return profile.untrusted_faults.contains(fault); });
    return worse ? Row::invalid : Row::untrusted;
}

Expectation expect(const Profile& profile, const Ledger& ledger, const std::string& mode,
                   const pki::Chain& chain, Column memory) {
    const Mode& rules = profile.modes.at(mode);
    Expectation out;
    out.row = row_of(chain, profile);
    out.cell = cell_of(rules, out.row, memory, out.column);
    out.level = profile.level(out.cell.clause, ledger);
    out.checks = rules.checks;
    Level soft = Level::may;
    bool any_soft = false;
    for (const auto& [fault, level] : chain.faults) {
        out.faults.insert(fault);
        if (level == Level::must) continue;
        any_soft = true;
        soft = std::max(soft, level);
    }
    const Row bare = row_of(chain, profile, false);
    if (!any_soft || bare == out.row) return out;
    Column column = memory;
    Tolerated tolerated{soft, {}};
    for (Decision decision : cell_of(rules, bare, memory, column).decision)
        if (!out.cell.decision.contains(decision)) tolerated.decisions.insert(decision);
    if (!tolerated.decisions.empty()) out.tolerated = std::move(tolerated);
    return out;
}

}  // namespace guise::profile
