#include "cli/run_reports.hpp"

#include "base/own_file.hpp"
#include "cli/command.hpp"
#include "cli/screen.hpp"
#include "report/results_file.hpp"
#include "report/terminal.hpp"

#include <fmt/format.h>

#include <iostream>

namespace guise::cli {

namespace {

std::string listed(const std::vector<std::filesystem::path>& files) {
    std::string out;
    for (const auto& file : files) out += (out.empty() ? "" : ", ") + file.string();
    return out;
}

}  // namespace

Result<std::vector<report::ReportRequest>> requested(const RunReports& reports) {
    auto requests = reports.asked.empty()
                        ? report::all_reports(reports.out)
                        : report::requested_reports(reports.asked, reports.out, reports.results());
    if (!requests || reports.force) return requests;
    Problems problems = report::why_not_written(*requests, reports.out);
    if (!may_overwrite(reports.results(), report::results_mark))
        problems.add(foreign_file(reports.results(), "choose another --out, or overwrite it with --force"));
    if (!problems.empty()) return problems;
    return requests;
}

ExitCode finish_run(const inputs::RunInputs& inputs, const report::Results& results,
                    const RunReports& reports, const std::vector<report::ReportRequest>& requests) {
    std::cout << report::terminal_report(results, {wants_colour(), line_width()});
    auto written = report::write_reports(requests, {results, reports.results(), inputs.clauses});
    if (results.file_failure.empty()) written.files.insert(written.files.begin(), reports.results());
    say(written.problems);
    if (!written.files.empty()) std::cout << fmt::format("Reports: {}\n", listed(written.files));
    if (!results.kept_homes.empty()) std::cout << fmt::format("Homes: {}\n", results.kept_homes);
    const bool whole = written.problems.empty() || results.end.exit == ExitCode::interrupted;
    return whole ? results.end.exit : ExitCode::environment;
}

}  // namespace guise::cli
