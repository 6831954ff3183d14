#include "report/terminal.hpp"

#include "report/matrix.hpp"
#include "report/summary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace guise::report {

namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t widest = 7;  // of what cells show: `not-run`

// What a cell shows: few letters, and capitals for what a reader must not miss.
std::string cell_text(std::string_view cell) {
    if (cell == "pass") return "ok";
    if (cell == "fail") return "FAIL";
    if (cell == "error") return "ERROR";
    if (cell == "fixed") return "FIXED";
    if (cell == "inconclusive") return "?";
    if (cell == "not-applicable") return "n/a";
    return std::string(cell);
}

const char* colour_of(std::string_view cell) {
    if (cell == "pass") return "\x1b[32m";
    if (cell == "fail" || cell == "error" || cell == "fixed") return "\x1b[1;31m";
    if (cell == "note" || cell == "inconclusive" || cell == "known") return "\x1b[33m";
    return "\x1b[2m";
}

std::string painted(const std::string& text, std::string_view cell, const TerminalStyle& style) {
    return style.colour ? fmt::format("{}{}\x1b[0m", colour_of(cell), text) : text;
}

struct Group {
    std::string client;
    std::vector<MatrixColumn> columns;
    std::size_t width = 0;
};

std::size_t column_width(const MatrixColumn& column) {
    return std::max(column.mode.text().size(), widest) + gap;
}

std::vector<Group> groups_of(const Matrix& matrix) {
    std::vector<Group> out;
    for (const MatrixColumn& column : matrix.columns) {
        if (out.empty() || out.back().client != column.client) out.push_back({column.client, {}, 0});
        out.back().columns.push_back(column);
        out.back().width += column_width(column);
    }
    for (Group& group : out) group.width = std::max(group.width, group.client.size() + gap);
    return out;
}

std::string cell_text(const CaseRecord* record, std::size_t width, const TerminalStyle& style) {
    if (!record) return fmt::format("{:<{}}", "", width);
    const std::string_view cell = cell_word(*record);
    const std::string text = cell_text(cell);
    return painted(text, cell, style) + std::string(width - std::min(width, text.size()), ' ');
}

std::string trimmed(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line + "\n";
}

std::string matrix_text(const Matrix& matrix, const std::vector<Group>& groups, std::size_t first,
                        const TerminalStyle& style) {
    std::string clients(first, ' ');
    std::string modes(first, ' ');
    for (const Group& group : groups) {
        clients += fmt::format("{:<{}}", group.client, group.width);
        std::string below;
        for (const MatrixColumn& column : group.columns)
            below += fmt::format("{:<{}}", column.mode, column_width(column));
        modes += fmt::format("{:<{}}", below, group.width);
    }
    std::string out = trimmed(clients) + trimmed(modes);
    for (const SharedText& row : matrix.rows) {
        std::string line = fmt::format("{:<{}}", row, first);
        for (const Group& group : groups) {
            std::size_t used = 0;
            for (const MatrixColumn& column : group.columns) {
                line += cell_text(matrix.at(row, column), column_width(column), style);
                used += column_width(column);
            }
            line += std::string(group.width - used, ' ');
        }
        out += trimmed(line);
    }
    return out;
}

// As many clients side by side as fit, at least one.
std::string tables(const Matrix& matrix, const TerminalStyle& style) {
    std::size_t first = 0;
    for (const SharedText& row : matrix.rows) first = std::max(first, row.text().size() + gap);
    std::string out;
    std::vector<Group> line;
    std::size_t width = first;
    for (const Group& group : groups_of(matrix)) {
        if (!line.empty() && width + group.width > style.width + gap) {
            out += matrix_text(matrix, line, first, style) + "\n";
            line.clear();
            width = first;
        }
        line.push_back(group);
        width += group.width;
    }
    return line.empty() ? out : out + matrix_text(matrix, line, first, style);
}

std::string clauses_of(const CaseRecord& record) {
    for (const judge::Check& check : record.judgement.checks)
        if (check.verdict == record.judgement.verdict && !check.clauses.empty())
            return fmt::format("{}", fmt::join(check.clauses, ", "));
    return {};
}

// One line a client and mode: a client file that is wrong about its exit codes would say it in every case.
std::string contradictions(const Results& results) {
    std::map<std::pair<std::string, std::string>, std::vector<const CaseRecord*>> all;
    for (const CaseRecord& record : results.cases)
        if (!record.contradiction.empty()) all[{record.id.client, record.id.mode}].push_back(&record);
    std::string out;
    for (const auto& [who, records] : all)
        out += fmt::format("\n{} {}: wire and client disagree in {} case{}, first in {}: {}\n", who.first,
                           who.second, records.size(), records.size() == 1 ? "" : "s",
                           records[0]->id.scenario, records[0]->contradiction);
    return out;
}

// A run that was stopped has thousands of them, all for one reason.
std::string not_run(const std::vector<const CaseRecord*>& records) {
    std::map<std::string, std::size_t> by_reason;
    for (const CaseRecord* record : records)
        if (record->judgement.verdict == judge::Verdict::not_run) ++by_reason[record->judgement.sentence];
    std::string out;
    for (const auto& [reason, number] : by_reason)
        out += fmt::format("{} case{}: {}\n", number, number == 1 ? "" : "s", reason);
    return out;
}

std::string seconds(std::chrono::milliseconds lasted) {
    return fmt::format("{:.1f} s", static_cast<double>(lasted.count()) / 1000.0);
}

}  // namespace

std::string case_text(const CaseRecord& record, const TerminalStyle& style) {
    const std::string_view cell = cell_word(record);
    std::string head = painted(fmt::format("{:<5}", cell_text(cell)), cell, style);
    std::string out =
        fmt::format("{}  {}  {} {}\n", head, record.id.scenario, record.id.client, record.id.mode);
    const std::string clauses = clauses_of(record);
    out += fmt::format("       {}{}\n", record.judgement.sentence,
                       clauses.empty() ? "" : fmt::format("  [{}]", clauses));
    if (!record.known.empty()) out += fmt::format("       known: {}\n", record.known);
    if (record.disposition == judge::Disposition::fixed)
        out += "       a known deviation says that this fails; remove its entry\n";
    if (!record.repro.empty()) out += fmt::format("       repeat: {}\n", record.repro);
    return out;
}

std::string terminal_report(const Results& results, const TerminalStyle& style) {
    const Matrix matrix = make_matrix(results);
    std::string out = tables(matrix, style);
    const auto telling = worth_telling(results);
    if (!telling.empty()) out += "\n";
    for (const CaseRecord* record : telling)
        if (record->judgement.verdict != judge::Verdict::not_run) out += case_text(*record, style);
    out += not_run(telling);
    for (const SessionEnd& session : results.sessions)
        if (!session.trouble.empty())
            out += fmt::format("\n{} {}: {}\n", session.client, session.mode, session.trouble);
    out += contradictions(results);
    for (const ClientFacts& client : results.start.clients)
        if (!client.missing.empty())
            out += fmt::format("\n{} took no part: {}\n", client.name, client.missing);
    out += fmt::format("\n{} cases in {}: {}. {}{} (exit {}).\n", results.cases.size(),
                       seconds(results.end.lasted), counts_text(results.cases),
                       static_cast<char>(std::toupper(results.end.reason[0])), results.end.reason.substr(1),
                       static_cast<int>(results.end.exit));
    if (results.end.exit == ExitCode::interrupted)
        out += "The same command with --resume runs the sessions that had not ended.\n";
    return out;
}

}  // namespace guise::report
