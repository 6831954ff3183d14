// A whole run: plan -> sessions -> results. The only place that knows all stages.
#pragma once

#include "inputs/run_inputs.hpp"
#include "judge/known_deviation.hpp"
#include "report/progress.hpp"
#include "report/record.hpp"
#include "run/plan.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace guise::run {

/// How a run is done.
struct RunOptions {
    Selection selection;
    inputs::InputPlaces places;  // where the user had the inputs read from, for commands that repeat a case
    std::filesystem::path out = "out";
    std::vector<std::filesystem::path> baselines;  // a user's files of known deviations
    std::size_t jobs = 2;                          // visits at once (see RunLimits)
    std::string seed;                              // empty: a fresh one
    std::optional<std::chrono::sys_seconds> now;   // the clock, which stands still; none: the machine's
    int repeat = 1;                                // how often each case is run
    bool compare = false;     // run each case as `secrets::secret_of_run` has it, whatever `repeat` says
    bool resume = false;      // go on with the run in `out`, where there is one
    bool keep = false;        // keep the clients' homes, in a folder of their own below `out`
    bool keep_going = false;  // run sessions whose control has failed, as well
    std::function<void(const report::Progress&)> progress;  // may be empty
    std::function<void(const std::string&)> warn;           // about the client files; before anything is run

    /// How often each case is run.
    [[nodiscard]] int runs_of_case() const;
};

/// Runs it and writes OUT/results.jsonl as it goes. The first Ctrl-C (SIGINT or SIGTERM) ends the clients,
/// and the results hold what had been found; the second ends the process. A fault of the harness is in the
/// results too, with `ExitCode::internal`. Of a case that is a plain pass they have no checks, no sentence
/// and no command, of no case what was seen: these are in the file. Errors: what keeps the run from starting;
/// nothing has been run then.
[[nodiscard]] Result<report::Results> run(const inputs::RunInputs& inputs, const RunOptions& options);

}  // namespace guise::run
