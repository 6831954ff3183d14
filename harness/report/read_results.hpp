// Reads results.jsonl back into records.
#pragma once

#include "report/record.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace guise::report {

/// The records of a file, in its order.
struct Recorded {
    RunStart start;
    std::vector<VisitRecord> visits;
    std::vector<CaseRecord> cases;
    std::vector<SessionEnd> sessions;
    std::optional<RunEnd> end;  // none where the run was killed
    bool cut = false;           // the last line is incomplete: the run was killed while it was written
};

/// Reads a file. Errors, with file and line: a line that is no JSON or no record of this schema, a newer
/// schema, a file that does not begin with `run.start`. An incomplete last line is no error.
[[nodiscard]] Result<Recorded> read_results(const std::filesystem::path& file);

}  // namespace guise::report
