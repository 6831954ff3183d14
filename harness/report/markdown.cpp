#include "report/markdown.hpp"

#include "base/time.hpp"
#include "report/matrix.hpp"
#include "report/summary.hpp"

#include <fmt/format.h>

namespace guise::report {

namespace {

// Text inside a table cell or a line: what Markdown would read as a mark is escaped.
std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '|' || c == '*' || c == '_' || c == '`' || c == '[' || c == ']' || c == '<' || c == '\\')
            out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

std::string shown_cell(std::string_view cell) {
    if (cell == "pass") return "ok";
    if (cell == "fail" || cell == "error" || cell == "fixed") return fmt::format("**{}**", cell);
    return std::string(cell);
}

std::string matrix_text(const Matrix& matrix) {
    std::string head = "| scenario |";
    std::string rule = "|---|";
    for (const MatrixColumn& column : matrix.columns) {
        head += fmt::format(" {} {} |", escaped(column.client), escaped(column.mode));
        rule += "---|";
    }
    std::string out = head + "\n" + rule + "\n";
    for (const SharedText& row : matrix.rows) {
        out += fmt::format("| {} |", escaped(row));
        for (const MatrixColumn& column : matrix.columns) {
            const CaseRecord* record = matrix.at(row, column);
            out += fmt::format(" {} |", record ? shown_cell(cell_word(*record)) : "");
        }
        out += "\n";
    }
    return out;
}

std::string case_line(const CaseRecord& record) {
    std::string out =
        fmt::format("- {} **{}**, {} {}: {}", cell_word(record), escaped(record.id.scenario),
                    escaped(record.id.client), escaped(record.id.mode), escaped(record.judgement.sentence));
    if (!record.known.empty()) out += fmt::format(" Known: {}.", escaped(record.known));
    if (!record.repro.empty()) out += fmt::format("\n  `{}`", record.repro);
    return out + "\n";
}

}  // namespace

std::string markdown_report(const Results& results) {
    std::string out =
        fmt::format("# guise: {}\n\n{} cases: {}. Exit {}.\n", escaped(results.end.reason),
                    results.cases.size(), counts_text(results.cases), static_cast<int>(results.end.exit));
    out += fmt::format("\nguise {}, seed {}, clock {}.\n\n", results.start.version, results.start.seed,
                       time_text(results.start.now));
    for (const ClientFacts& client : results.start.clients)
        out += client.missing.empty()
                   ? fmt::format("- {} {}\n", escaped(client.name), escaped(client.version))
                   : fmt::format("- {}: took no part, {}\n", escaped(client.name), escaped(client.missing));
    out += "\n" + matrix_text(make_matrix(results));
    const auto telling = worth_telling(results);
    if (!telling.empty()) out += "\n## Not a plain pass\n\n";
    for (const CaseRecord* record : telling) out += case_line(*record);
    return out;
}

}  // namespace guise::report
