// Replays the cases of x509-limbo against a client.
#pragma once

#include "import/limbo_file.hpp"
#include "inputs/run_inputs.hpp"
#include "report/progress.hpp"
#include "run/participants.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace guise::imports {

/// What a client did with a chain.
enum class LimboSeen { accepted, refused, unclear };
constexpr auto words(LimboSeen) {
    return std::to_array<std::string_view>({"accepted", "refused", "unclear"});
}

/// What came of one case.
struct LimboResult {
    std::string id;
    std::string importance;
    bool succeeds = false;  // what the corpus expects
    LimboSeen seen = LimboSeen::unclear;
    std::string sentence;  // what the client did, or why that is not known
};

struct LimboRun {
    std::vector<LimboResult> results;   // in the order of the corpus
    std::vector<LimboSkipped> skipped;  // besides those of the corpus: what this client cannot be shown here
    bool interrupted = false;
};

struct LimboOptions {
    std::string mode;
    std::size_t jobs = 2;
    std::filesystem::path out;                              // homes and trust files go below it
    std::function<void(const report::Progress&)> progress;  // may be empty
};

/// Runs all cases of `file` with a client that is on this machine. Each has its own root, host and clock; a
/// clock needs libfaketime. Ctrl-C ends the clients and the run. Errors: what keeps it from starting.
[[nodiscard]] Result<LimboRun> run_limbo(const inputs::RunInputs& inputs, const LimboFile& file,
                                         const run::Participant& who, const LimboOptions& options);

/// Whether the client did what the corpus expects.
[[nodiscard]] bool as_expected(const LimboResult& result);

}  // namespace guise::imports
