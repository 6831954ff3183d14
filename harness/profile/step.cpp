// A visit that connects meets one cell of the table, or two: where a fault of the chain is one that a client
// may overlook, what holds without that fault is right as well, at a price. Each decision then leaves one or
// several memories, and each of them is an alternative of its own.
#include "profile/step.hpp"

#include "profile/change.hpp"
#include "profile/checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

namespace guise::profile {

namespace {

using scenario::Answer;
using scenario::Connect;

constexpr Decision all_decisions[] = {Decision::accept, Decision::ask, Decision::warn, Decision::refuse};

Final answered(Answer answer) {
    switch (answer) {
        case Answer::connect:
            return Final::accepted;
        case Answer::once:
            return Final::accepted_once;
        case Answer::decline:
            return Final::refused;
        case Answer::ignore:
            break;
    }
    return Final::held;
}

Final final_of(Decision decision, Answer answer) {
    if (decision == Decision::accept) return Final::accepted;
    return decision == Decision::refuse ? Final::refused : answered(answer);
}

std::vector<Price> priced(const Clauses& clauses) {
    std::vector<Price> out;
    for (const std::string& clause : clauses) out.push_back({std::nullopt, clause});
    return out;
}

// What it costs to overlook a fault: as much as the fault weighs, under the clauses of the row with it.
std::vector<Price> overlooked(Level fault, const Clauses& clauses) {
    std::vector<Price> out;
    for (const std::string& clause : clauses) out.push_back({fault, clause});
    return out;
}

std::string situation(Row row, Column column) { return fmt::format("{}/{}", word(row), word(column)); }

// A visit that connects, from one state.
class Connection final {
 public:
    Connection(const Subject& subject, FactsSource& facts, int number, const Connect& visit,
               const Possible& state, bool tolerated)
        : subject_(subject),
          profile_(subject.profile),
          visit_(visit),
          number_(number),
          tolerated_(tolerated),
          who_(subject.scenario.visits[static_cast<std::size_t>(number) - 1].client),
          server_(server_of(profile_, visit.at)),
          state_(state),
          facts_(look(facts, visit.present)),
          swapped_(visit.swap ? &look(facts, visit.swap->present) : nullptr) {}

    std::vector<Alternative> alternatives() const {
        const auto [full, bare] = rows();
        std::vector<Alternative> out = by_row(full, {});
        const auto excuse = excuse_of(facts_.chain);
        if (!excuse || bare == full) return out;
        for (Alternative& one : out) one.excuse = excuse;
        std::vector<Alternative> others = by_row(bare, overlooked(*excuse, out.front().cell.clause));
        if (tolerated_) {
            std::ranges::move(others, std::back_inserter(out));
            return out;
        }
        const auto besides = tolerated_besides(out.front().cell, others.front().cell, *excuse);
        for (Alternative& one : out) one.tolerated = besides;
        return out;
    }

 private:
    // Certificates are made when they are first asked for, and age from then on.
    const ChainFacts& look(FactsSource& facts, const pki::Present& present) {
        const auto made = state_.made.emplace(present.identity(), state_.clock).first;
        return facts.of(subject_.scenario, present, state_.clock - made->second);
    }

    const Memory& memory() const { return state_.clients.at(who_); }
    const Mode& mode() const { return profile_.modes.at(memory().mode); }

    // The row with all faults, and the one without those that may be overlooked.
    std::pair<Row, Row> rows() const {
        const Row full = row_of(facts_.chain, profile_, mode());
        const auto* said =
            visit_.claims && visit_.claims->certificate ? &*visit_.claims->certificate : nullptr;
        const bool unproven = full == Row::untrusted || full == Row::invalid || full == Row::expired;
        const bool other = said && said->key != facts_.key;
        if (other && !(visit_.claims->also && visit_.claims->also->key == facts_.key) && unproven &&
            mode().rows.contains(Row::contradicted))
            return {Row::contradicted, Row::contradicted};
        return {full, row_of(facts_.chain, profile_, mode(), false)};
    }

    std::vector<Alternative> by_row(Row row, const std::vector<Price>& base) const {
        Alternative common;
        common.row = row;
        common.memory = column_of(profile_, memory(), server_, facts_);
        const CellAt at = cell_of(mode(), row, common.memory);
        common.column = at.column;
        common.cell = *at.cell;
        common.situation = situation(row, at.column);
        common.mode = memory().mode;
        common.faults = facts_.chain.faults;
        const Met met{subject_, visit_, facts_, state_, memory(), server_, row, at.column, *at.cell};
        common.cited = cited_by_visit(met);
        std::vector<Alternative> out;
        for (const Decision decision : all_decisions)
            if (const auto price = price_of(decision, *at.cell, base)) {
                common.price = *price;
                decide(met, decision, common, out);
            }
        return out;
    }

    // What the decision costs in this cell; nothing where it is out of the question.
    std::optional<std::vector<Price>> price_of(Decision decision, const Cell& cell,
                                               std::vector<Price> price) const {
        const Clauses* broken = nullptr;
        if (!cell.decision.contains(decision)) {
            if (!tolerated_ || profile_.level(cell.clause, subject_.clauses) == Level::must)
                return std::nullopt;
            broken = &cell.clause;
        } else if (!cell.prefer.empty() && !cell.prefer.contains(decision)) {
            broken = &cell.prefer_clause;
        }
        if (broken) std::ranges::move(priced(*broken), std::back_inserter(price));
        return price;
    }

    void decide(const Met& met, Decision decision, Alternative one, std::vector<Alternative>& out) const {
        const bool asks = decision == Decision::ask || decision == Decision::warn;
        one.decision = decision;
        if (asks) one.answer = visit_.answer;
        one.final = final_of(decision, visit_.answer);
        one.cited = cited_by_decision(met, std::move(one.cited), decision);
        const Memory before = visited(met);
        const std::vector<Remembered> memories = memories_after(met, before, decision, one.final);
        const Clauses notes = notes_for_next(met, decision, one.final);
        const bool goes_on = one.final == Final::accepted || one.final == Final::accepted_once;
        if (!swapped_ || !goes_on)
            for (const Remembered& each : memories) add(one, each, notes, out);
        else if (const auto row = swap_row())
            meet_swap(*row, std::move(one), before, memories, notes, out);
        else
            meet_second(std::move(one), memories, notes, out);
    }

    // The memory as this visit leaves it, before anything is pinned.
    Memory visited(const Met& met) const {
        Memory out = memory();
        if (shows_memory(mode(), met.row)) out.notes.erase(server_);
        out.fresh_mode = false;
        out.restarted = false;
        return out;
    }

    std::vector<Remembered> memories_after(const Met& met, const Memory& before, Decision decision,
                                           Final final) const {
        if (final != Final::accepted || profile_.pin.what == PinWhat::nothing) return {{before, {}}};
        const Acceptance how{met.cell.decision.contains(decision), tolerated_};
        return after_acceptance(profile_, subject_.clauses, before, server_, facts_, met.cell, how);
    }

    // The row for a second connection with another key, where the table has one. The key that was accepted
    // is no other, whatever certificate it comes with.
    std::optional<Row> swap_row() const {
        const auto& rows = mode().rows;
        if (swapped_->key == facts_.key) return std::nullopt;
        if (row_of(swapped_->chain, profile_, mode()) == Row::trusted && rows.contains(Row::swapped_trusted))
            return Row::swapped_trusted;
        return rows.contains(Row::swapped) ? std::optional(Row::swapped) : std::nullopt;
    }

    // The second connection shows another chain, and the table has a row for that. Whether the first chain is
    // remembered is then open.
    void meet_swap(Row row, Alternative one, const Memory& before, std::vector<Remembered> memories,
                   const Clauses& notes, std::vector<Alternative>& out) const {
        const Cell& cell = *cell_of(mode(), row, Column::none).cell;
        one.situation += fmt::format(">{}", word(row));
        cite(cell.clause, one.cited);
        const auto canary = mode().checks.find("canary");
        if (canary != mode().checks.end()) cite(canary->second, one.cited);
        memories.push_back({before, {}});
        for (const Decision decision : cell.decision) {
            one.final = decision == Decision::refuse ? Final::refused : Final::accepted;
            for (const Remembered& each : memories) add(one, each, notes, out);
        }
    }

    // The second connection is a visit like any other: it meets a cell of its own.
    void meet_second(Alternative one, const std::vector<Remembered>& memories, const Clauses& notes,
                     std::vector<Alternative>& out) const {
        const Row row = row_of(swapped_->chain, profile_, mode());
        const Column memory = column_of(profile_, memories.front().memory, server_, *swapped_);
        const CellAt at = cell_of(mode(), row, memory);
        one.situation += ">" + situation(row, at.column);
        cite(at.cell->clause, one.cited);
        one.final = at.cell->decision.contains(Decision::accept) ? Final::accepted : Final::refused;
        for (const Remembered& each : memories) add(one, each, notes, out);
    }

    // One habit is asked for where all is well with a certificate, and in each mode by itself: what is pinned
    // where pins are not asked, and of what the user has installed, may be another matter to a client.
    std::optional<PinChoice> choice(const Alternative& one, const Remembered& left) const {
        if (!left.chosen || one.row != Row::trusted || one.cell.pin_clause.empty()) return std::nullopt;
        if (!facts_.chain.faults.empty()) return std::nullopt;
        return PinChoice{fmt::format("{}, {}{}", one.mode, situation(one.row, one.memory),
                                     facts_.installed ? ", installed" : ""),
                         *left.chosen, one.cell.pin_clause};
    }

    void add(Alternative one, const Remembered& left, const Clauses& notes,
             std::vector<Alternative>& out) const {
        one.choice = choice(one, left);
        one.price.insert(one.price.end(), left.price.begin(), left.price.end());
        one.next = state_;
        Memory& memory = one.next.clients.at(who_);
        memory = left.memory;
        if (!notes.empty()) memory.notes[server_] = notes;
        one.next.log.push_back({number_, one.decision});
        out.push_back(std::move(one));
    }

    const Subject& subject_;
    const Profile& profile_;
    const Connect& visit_;
    int number_;
    bool tolerated_;
    std::string who_;
    std::string server_;
    Possible state_;
    const ChainFacts& facts_;
    const ChainFacts* swapped_;
};

}  // namespace

std::vector<Alternative> step(const Subject& subject, FactsSource& facts, int number, const Possible& state,
                              bool tolerated) {
    const scenario::Visit& visit = subject.scenario.visits.at(static_cast<std::size_t>(number) - 1);
    if (const auto* connect = std::get_if<Connect>(&visit.action))
        return Connection(subject, facts, number, *connect, state, tolerated).alternatives();
    std::vector<Alternative> out;
    for (Possible& next : after_change(subject.profile, visit, state)) {
        out.emplace_back();
        out.back().next = std::move(next);
    }
    return out;
}

}  // namespace guise::profile
