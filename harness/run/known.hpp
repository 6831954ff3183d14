// Known behaviour in a run: which entries there are, and how each case stands to them.
#pragma once

#include "inputs/run_inputs.hpp"
#include "judge/known.hpp"
#include "report/record.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace guise::run {

/// The entries of the data folder, and of a user's files. Errors: all that is wrong in any of them.
[[nodiscard]] Result<std::vector<judge::KnownEntry>> load_all_known(
    const inputs::RunInputs& inputs, const std::vector<std::filesystem::path>& baselines);

/// Fills `disposition` and `known` of a judged case.
void apply_known(report::CaseRecord& record, const std::vector<judge::KnownEntry>& known,
                 std::chrono::sys_seconds now);

/// How many entries about one of `clients` are about nothing: the scenario is gone, or the entry has expired
/// at `now`. With a catalogue of the user's own, the entries of the data folder are about another one, and
/// are left alone.
[[nodiscard]] std::size_t stale_entries(const std::vector<judge::KnownEntry>& known,
                                        const std::vector<std::string>& clients,
                                        const inputs::RunInputs& inputs, std::chrono::sys_seconds now);

}  // namespace guise::run
