// Which reports are written, and where.
#pragma once

#include "report/reporters.hpp"

#include <vector>

namespace guise::report {

/// One report that was asked for.
struct ReportRequest {
    const Reporter* reporter = nullptr;
    std::filesystem::path file;
};

/// What each `NAME` or `NAME=FILE` of `given` asks for; a name alone means the usual file in `folder`.
/// Errors: a name that `table` does not have, two reports for one file, a report in place of `results`
/// (results.jsonl).
[[nodiscard]] Result<std::vector<ReportRequest>> requested_reports(const std::vector<std::string>& given,
                                                                   const std::filesystem::path& folder,
                                                                   const std::filesystem::path& results,
                                                                   Reporters table = reporters());

/// One of each kind, in `folder`.
[[nodiscard]] std::vector<ReportRequest> all_reports(const std::filesystem::path& folder,
                                                     Reporters table = reporters());

/// Why a report could not be written when the run is over: its folder is missing, or its file is somebody
/// else's. `folder` is about to be made. Nothing where all is well.
[[nodiscard]] Problems why_not_written(const std::vector<ReportRequest>& requests,
                                       const std::filesystem::path& folder);

/// The reports that were written, and what kept others from it.
struct WrittenReports {
    std::vector<std::filesystem::path> files;
    Problems problems;
};
[[nodiscard]] WrittenReports write_reports(const std::vector<ReportRequest>& requests,
                                           const ReportInput& input);

}  // namespace guise::report
