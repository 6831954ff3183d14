// Reads results.jsonl record by record: nothing of a record is kept that its reader does not keep.
#pragma once

#include "base/bounded_json.hpp"
#include "base/line_reader.hpp"
#include "base/problem.hpp"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <functional>
#include <ios>

namespace guise::report {

/// What of a visit is of interest. Its evidence is most of the file.
enum class Evidence { wanted, passed_over };

/// What one line may hold at most. A visit may have much to show.
constexpr JsonLimits record_limits{64 << 20, 64, 1000};

/// The lines of a file. Errors: a file that cannot be read.
[[nodiscard]] Result<LineReader> open_results(const std::filesystem::path& file);

/// The record of one line. Throws std::invalid_argument that says why the line is none.
[[nodiscard]] nlohmann::ordered_json parse_record(const std::string& line);

/// Takes one record, and where it begins in the file. What it throws is a problem of that line.
using OnRecord = std::function<void(const nlohmann::ordered_json& record, std::streamoff at)>;

/// Gives each record of a file to `on_record`, in its order; true where the last line is incomplete, because
/// the run was killed while it was written. Errors, with file and line: a line that is no JSON or that
/// `on_record` refused, a file that does not begin with `run.start`.
[[nodiscard]] Result<bool> stream_results(const std::filesystem::path& file, const OnRecord& on_record,
                                          Evidence evidence = Evidence::wanted);

/// The file of a run that was named by itself or by its folder, OUT or OUT/results.jsonl.
[[nodiscard]] std::filesystem::path results_file_of(const std::filesystem::path& named);

}  // namespace guise::report
