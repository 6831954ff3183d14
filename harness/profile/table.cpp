#include "profile/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace guise::profile {

namespace {

// The standing checks of SCHEMA: what no cell names, each made in a situation of its own.
constexpr std::array known_checks{
    "canary",       "declined",     "once",         "prompt-true", "prompt-shows", "prompt-trust",
    "one-prompt",   "no-way-on",    "pin-kept",     "restart",     "event-fired",  "event-once",
    "event-absent", "event-faults", "mode-applied", "isolated",    "default-mode", "installed-root",
    "resumed",      "plain-text",   "old-version",  "crash"};

std::string phrase(const std::set<Column>& columns) {
    std::string out;
    for (Column column : columns) out += (out.empty() ? "" : ", ") + std::string(word(column));
    return out;
}

}  // namespace

Checks TableReader::checks(const yaml::Value& value) {
    Checks out;
    yaml::Fields fields(value, problems_);
    for (const auto& [key, below] : value.entries) {
        if (std::find(known_checks.begin(), known_checks.end(), key.text) == known_checks.end())
            problems_.add(key.where, "the name of a check, such as canary or restart", key.describe());
        out[key.text] = clauses(fields, key.text);
    }
    return out;
}

Mode TableReader::mode(const yaml::Value& value, Mode out) {
    yaml::Fields fields(value, problems_);
    if (const yaml::Value* own = fields.maybe("checks"))
        for (auto& [name, clause] : checks(*own)) out.own[name] = clause;
    for (std::size_t i = 0; i < words(Row{}).size(); ++i) {
        const Row each = static_cast<Row>(i);
        const yaml::Value* cells = fields.maybe(word(each));
        const auto known = out.rows.find(each);
        if (cells)
            out.rows[each] = row(*cells, known == out.rows.end() ? nullptr : &known->second);
        else if (i < required_rows && known == out.rows.end())
            problems_.add(value.where, fmt::format("a row '{}'", word(each)), "a mode without it");
    }
    fields.done();
    return out;
}

// In an overlay single cells replace, whole; `any` and columns turn into each other.
RowCells TableReader::row(const yaml::Value& value, const RowCells* base) {
    RowCells out;
    if (base && !value.find("any")) {
        if (const auto any = base->find(Column::any); any != base->end())
            for (Column column : columns()) out[column] = any->second;
        else
            out = *base;
    }
    yaml::Fields fields(value, problems_);
    for (std::size_t i = 0; i < words(Column{}).size(); ++i)
        if (const yaml::Value* own = fields.maybe(word(static_cast<Column>(i))))
            out[static_cast<Column>(i)] = cell(*own);
    fields.done();
    check_columns(value, out);
    return out;
}

void TableReader::check_columns(const yaml::Value& value, const RowCells& cells, const std::string& whose) {
    std::set<Column> have;
    for (const auto& [column, cell] : cells) have.insert(column);
    if (have == std::set{Column::any} || have == columns()) return;
    const std::string all =
        profile_.pin.what == PinWhat::nothing ? "" : fmt::format(", or all of {}", phrase(columns()));
    problems_.add(value.where, "the column any" + all + whose, have.empty() ? "none" : phrase(have));
}

void TableReader::check_effects(const yaml::Value& value, const Cell& cell, const std::string& whose) {
    if (cell.pin.empty() != (profile_.pin.what == PinWhat::nothing))
        problems_.add(value.where, "`pin` exactly where the profile pins" + whose,
                      cell.pin.empty() ? "none" : "one");
    if (cell.event.has_value() == profile_.event.empty())
        problems_.add(value.where, "`event` exactly where the profile names one" + whose,
                      cell.event ? "one" : "none");
}

void TableReader::check_inherited(const yaml::Value& overlay) {
    for (const auto& [name, mode] : profile_.modes)
        for (const auto& [row, cells] : mode.rows) {
            const std::string whose = fmt::format(" in {}.{}", name, word(row));
            check_columns(overlay, cells, whose);
            check_effects(overlay, cells.begin()->second, whose);
        }
}

std::set<Column> TableReader::columns() const {
    switch (profile_.pin.what) {
        case PinWhat::nothing:
            return {Column::any};
        case PinWhat::certificate:
            return {Column::none, Column::same, Column::changed};
        case PinWhat::public_key:
            return {Column::none, Column::same, Column::renewed, Column::changed};
    }
    return {};
}

Cell TableReader::cell(const yaml::Value& value) {
    Cell out;
    yaml::Fields fields(value, problems_);
    const yaml::Value* decision = fields.required("decision");
    if (decision && decision->kind == yaml::Kind::sequence && decision->items.empty())
        problems_.add(decision->where, "at least one decision", "none");
    out.decision = fields.choices<Decision>("decision");
    const yaml::Value* clause = fields.required("clause");
    out.clause = clauses(fields, "clause");
    if (clause && out.clause.empty()) problems_.add(clause->where, "at least one clause", "none");
    out.prefer = fields.choices<Decision>("prefer");
    out.prefer_clause = clauses(fields, "prefer_clause");
    out.pin = fields.choices<PinEffect>("pin");
    out.pin_clause = clauses(fields, "pin_clause");
    out.event = fields.maybe_choice<EventRule>("event");
    out.event_clause = clauses(fields, "event_clause");
    fields.done();
    const bool part =
        std::includes(out.decision.begin(), out.decision.end(), out.prefer.begin(), out.prefer.end());
    if (out.prefer.empty() != out.prefer_clause.empty() || !part)
        problems_.add(value.where, "`prefer` as a part of `decision`, with its `prefer_clause`",
                      "another cell");
    check_effects(value, out);
    return out;
}

Clauses TableReader::clauses(yaml::Fields& fields, std::string_view key) {
    Clauses out;
    if (const yaml::Value* value = fields.maybe(key))
        for (const yaml::Value* item : yaml::Fields::each(*value)) {
            if (!clauses_.contains(item->text))
                problems_.add(item->where, "a clause of a clause list", item->describe());
            out.push_back(item->text);
        }
    return out;
}

}  // namespace guise::profile
