#include "docs/decision_table.hpp"

#include "profile/expectation.hpp"

#include <set>

namespace guise::docs {

namespace {

using profile::Cell;
using profile::Column;
using profile::Row;

Html effects_html(const Cell& cell) {
    std::vector<Html> pins;
    for (const profile::PinEffect effect : cell.pin) pins.push_back(html("{}", word(effect)));
    Html out;
    if (!pins.empty()) out += html("<br>pin: {}", joined(pins, " or "));
    if (cell.event) out += html("<br>event: {}", word(*cell.event));
    return out;
}

// Every clause of a cell, once.
profile::Clauses clauses_of(const Cell& cell) {
    profile::Clauses out;
    std::set<std::string> known;
    for (const auto* list : {&cell.clause, &cell.prefer_clause, &cell.pin_clause, &cell.event_clause})
        for (const std::string& id : *list)
            if (known.insert(id).second) out.push_back(id);
    return out;
}

Html cell_html(const Writer& writer, const profile::Profile& profile, const Cell& cell) {
    const bool is_part = cell.prefer != cell.decision;
    const std::string text =
        profile::decisions_text(cell.decision, is_part ? cell.prefer : std::set<profile::Decision>(), {});
    return html("<b>{}</b>{}<br><span class=\"soft\">{}</span>", text, effects_html(cell),
                writer.clauses(clauses_of(cell), &profile));
}

// The cell of a row that holds for all memories, or that of one.
const Cell* cell_at(const profile::RowCells& row, Column column) {
    if (const auto any = row.find(Column::any); any != row.end()) return &any->second;
    const auto found = row.find(column);
    return found == row.end() ? nullptr : &found->second;
}

std::set<Column> columns_of(const profile::Mode& mode) {
    std::set<Column> out;
    for (const auto& [row, cells] : mode.rows)
        for (const auto& [column, cell] : cells) out.insert(column);
    if (out.size() > 1) out.erase(Column::any);
    return out;
}

std::set<Row> rows_of(const profile::Profile& profile) {
    std::set<Row> out;
    for (const auto& [name, mode] : profile.modes)
        for (const auto& [row, cells] : mode.rows) out.insert(row);
    return out;
}

std::string heading(Column column) {
    return column == Column::any ? "whatever is remembered" : fmt::format("remembered: {}", word(column));
}

Html mode_table(const Writer& writer, const profile::Profile& profile, const std::string& name) {
    const profile::Mode& mode = profile.modes.at(name);
    Table table = table_with("What the mode " + name + " owes", {"Presented"});
    const auto columns = columns_of(mode);
    for (const Column column : columns) table.columns.push_back(html("{}", heading(column)));
    for (const auto& [row, cells] : mode.rows) {
        std::vector<Html> line{html("{}", word(row))};
        for (const Column column : columns) {
            const Cell* cell = cell_at(cells, column);
            line.push_back(cell ? cell_html(writer, profile, *cell) : Html{});
        }
        table.rows.push_back(std::move(line));
    }
    return html("<h3 id=\"{}\">{}</h3>\n{}", name, name, table_html(table));
}

// One table for all modes, where nothing is remembered.
Html plain_table(const Writer& writer, const profile::Profile& profile) {
    Table table = table_with("What " + profile.name + " owes", {"Presented"});
    for (const auto& [name, mode] : profile.modes)
        table.columns.push_back(html("<span id=\"{}\">{}</span>", name, name));
    for (const Row row : rows_of(profile)) {
        std::vector<Html> line{html("{}", word(row))};
        for (const auto& [name, mode] : profile.modes) {
            const auto found = mode.rows.find(row);
            const Cell* cell = found == mode.rows.end() ? nullptr : cell_at(found->second, Column::any);
            line.push_back(cell ? cell_html(writer, profile, *cell) : Html{});
        }
        table.rows.push_back(std::move(line));
    }
    return table_html(table);
}

}  // namespace

Html decision_tables(const Writer& writer, const profile::Profile& profile) {
    if (profile.pin.what == profile::PinWhat::nothing) return plain_table(writer, profile);
    Html out;
    for (const auto& [name, mode] : profile.modes) out += mode_table(writer, profile, name);
    return out;
}

Html checks_html(const Writer& writer, const profile::Profile& profile) {
    Table table = table_with("Checks", {"Check"});
    std::set<std::string> names;
    for (const auto& [name, mode] : profile.modes) {
        table.columns.push_back(html("{}", name));
        for (const auto& [check, clauses] : mode.checks) names.insert(check);
    }
    for (const std::string& check : names) {
        std::vector<Html> line{html("{}", check)};
        for (const auto& [name, mode] : profile.modes) {
            const auto found = mode.checks.find(check);
            line.push_back(found == mode.checks.end() ? Html{} : writer.clauses(found->second, &profile));
        }
        table.rows.push_back(std::move(line));
    }
    return table_html(table);
}

}  // namespace guise::docs
