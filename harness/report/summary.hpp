// What a run comes to: the counts, the exit code, and the reason in words.
#pragma once

#include "report/record.hpp"

#include <vector>

namespace guise::report {

/// What besides the verdicts decides the exit code.
struct RunFacts {
    bool interrupted = false;
    std::string environment;  // what is wrong with the machine: a results file that cannot be written
    std::size_t stale = 0;    // entries of known deviations that match nothing, or have expired
    std::string internal{};   // what went wrong in the harness itself, outside of any case
};

/// Counts the verdicts and finds the exit code: 3 before 2 before 11 before 1 before 10 before 12.
[[nodiscard]] RunEnd summarise(const std::vector<CaseRecord>& cases, const RunFacts& facts);

/// What is wrong with the environment when a session was skipped: the first such session and why; empty where
/// none was.
[[nodiscard]] std::string skipped_text(const std::vector<SessionEnd>& sessions);

/// The word of a case in a table: its verdict, or `known` where the verdict is an expected failure, or
/// `fixed`.
[[nodiscard]] std::string_view cell_word(const CaseRecord& record);

/// The cases that a reader must see: all that are not a plain pass, the unexpected ones first.
[[nodiscard]] std::vector<const CaseRecord*> worth_telling(const Results& results);

/// `13 pass, 2 known, 1 fail`; `none` where there are no cases.
[[nodiscard]] std::string counts_text(const std::vector<CaseRecord>& cases);

}  // namespace guise::report
