// Makes the verdicts of a run again from its evidence, by the catalogue and the profiles as they are now.
#pragma once

#include "clients/file/vocabulary.hpp"
#include "inputs/run_inputs.hpp"
#include "judge/known_deviation.hpp"
#include "report/record.hpp"

#include <filesystem>
#include <vector>

namespace guise::report {

/// What came of it.
struct Rejudged {
    Results results;
    /// The cases whose verdict is another than the one that was recorded, by id; a case that has only one of
    /// the two is one of them.
    std::vector<evidence::CaseId> changed;
    bool ended = false;  // the run had come to its end
    bool cut = false;    // the last line is incomplete: the run was killed while it was written
};

/// The results that follow from the visits of a results.jsonl. Cases without evidence (not run, not
/// applicable) stay as they were recorded. It is read once, and a session is judged when its last record has
/// been read: of the evidence no more is kept than that of the sessions that are open, and it takes time in
/// proportion to the file.
///
/// `vocabulary` is for the file of a client that has a profile of its own.
///
/// Errors: as `read_results`, and a scenario, profile or mode that is no longer there.
[[nodiscard]] Result<Rejudged> rejudge(const inputs::RunInputs& inputs, const std::filesystem::path& file,
                                       const std::vector<judge::KnownDeviation>& known,
                                       const clients::Vocabulary& vocabulary);

}  // namespace guise::report
