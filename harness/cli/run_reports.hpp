// What `guise run` and `guise try` leave behind.
#pragma once

#include "base/exit_code.hpp"
#include "base/problem.hpp"
#include "inputs/run_inputs.hpp"
#include "report/record.hpp"
#include "report/write_reports.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace guise::cli {

/// The reports that a run is to write.
struct RunReports {
    std::filesystem::path out;       // the folder for them, and for results.jsonl
    std::vector<std::string> asked;  // NAME or NAME=FILE; none: all, in `out`
    bool force = false;              // overwrite files that guise did not write

    [[nodiscard]] std::filesystem::path results() const { return out / "results.jsonl"; }
};

/// Which files they are. Errors: whatever would keep one from being written at the end.
[[nodiscard]] Result<std::vector<report::ReportRequest>> requested(const RunReports& reports);

/// Prints the tables of a run, writes its reports, and says where they are. The exit code is the run's, or
/// that for the machine where a report could not be written.
[[nodiscard]] ExitCode finish_run(const inputs::RunInputs& inputs, const report::Results& results,
                                  const RunReports& reports,
                                  const std::vector<report::ReportRequest>& requests);

}  // namespace guise::cli
