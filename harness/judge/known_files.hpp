// Which known deviations there are: those of the data folder, and those of a user's files.
#pragma once

#include "inputs/run_inputs.hpp"
#include "judge/known_deviation.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace guise::judge {

/// The known deviations of the data folder, and of a user's files. Errors: all that is wrong in any of them.
[[nodiscard]] Result<std::vector<KnownDeviation>> load_all_known(
    const inputs::RunInputs& inputs, const std::vector<std::filesystem::path>& baselines);

/// How many known deviations of one of `clients` are about nothing: the scenario is gone, or the entry has
/// expired at `now`. With a catalogue of the user's own, the entries of the data folder are about another
/// one, and are left alone.
[[nodiscard]] std::size_t stale_entries(const std::vector<KnownDeviation>& known,
                                        const std::vector<std::string>& clients,
                                        const inputs::RunInputs& inputs, std::chrono::sys_seconds now);

}  // namespace guise::judge
