// Goes on with a run that was killed or stopped: sessions that had ended are kept, the others are run again,
// and so are those that were skipped because their control had failed.
#pragma once

#include "base/problem.hpp"
#include "report/read_results.hpp"
#include "report/record.hpp"
#include "run/plan.hpp"

#include <filesystem>
#include <set>
#include <string>

namespace guise::run {

/// What is kept of an earlier run.
struct Kept {
    report::RunStart start;                 // its seed and its clock go on
    std::set<std::string> sessions;         // ids of those that had ended and were not skipped
    std::vector<report::CaseRecord> cases;  // of those sessions
    std::vector<report::SessionEnd> ends;
};

/// Reads OUT/results.jsonl. Errors: as `report::read_results`.
[[nodiscard]] Result<Kept> read_kept(const std::filesystem::path& file);

/// Which kept sessions this plan would run otherwise, or not at all: the cases that are new would never run.
/// Empty where there are none.
[[nodiscard]] Problems why_not_kept(const Kept& kept, const Plan& plan);

/// What has changed since, so that old and new verdicts would not go together; empty where nothing has.
[[nodiscard]] Problems why_not_resumed(const report::RunStart& before, const report::RunStart& now);

}  // namespace guise::run
