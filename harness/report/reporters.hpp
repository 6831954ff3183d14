// The kinds of reports, by table: another kind is another row.
#pragma once

#include "base/problem.hpp"
#include "profile/clause_list.hpp"
#include "report/record.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace guise::report {

/// What a report is made of.
struct ReportInput {
    const Results& results;
    std::filesystem::path file;  // results.jsonl, with the evidence
    const profile::ClauseList& clauses;
    bool judged_again = false;  // the verdicts are those of `results` in place of those of the file
};

/// One kind of report.
struct Reporter {
    std::string_view name;  // as `--report` takes it
    std::string_view file;  // its name in the folder of a run
    std::string_view mark;  // stands near the beginning of each of its files (see base/own_file.hpp)
    Result<std::string> (*make)(const ReportInput& input);
};

using Reporters = std::span<const Reporter>;

/// Those of guise.
[[nodiscard]] Reporters reporters();

/// Their names, as a message lists them: `html, junit, markdown`.
[[nodiscard]] std::string names_of(Reporters table);

}  // namespace guise::report
