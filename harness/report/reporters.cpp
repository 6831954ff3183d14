#include "report/reporters.hpp"

#include "report/html.hpp"
#include "report/junit.hpp"
#include "report/markdown.hpp"

#include <array>

namespace guise::report {

namespace {

Result<std::string> html(const ReportInput& input) {
    return html_report(input.file,
                       {.judged = input.judged_again ? &input.results : nullptr, .clauses = &input.clauses});
}

Result<std::string> junit(const ReportInput& input) { return junit_report(input.results); }

Result<std::string> markdown(const ReportInput& input) { return markdown_report(input.results); }

constexpr std::array table{
    Reporter{"html", "report.html", html_mark, &html},
    Reporter{"junit", "junit.xml", junit_mark, &junit},
    Reporter{"markdown", "summary.md", markdown_mark, &markdown},
};

}  // namespace

Reporters reporters() { return table; }

std::string names_of(Reporters kinds) {
    std::string out;
    for (const Reporter& each : kinds) out += (out.empty() ? "" : ", ") + std::string(each.name);
    return out;
}

}  // namespace guise::report
