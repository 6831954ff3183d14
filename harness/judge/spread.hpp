// What the runs of one case came to, where it was run several times.
#pragma once

#include "judge/case_record.hpp"

#include <memory>
#include <string>
#include <vector>

namespace guise::judge {

/// One run of a case with its judgement.
struct JudgedRun {
    int number = 1;
    bool judged = true;  // by evidence; else it did not come to its end
    std::shared_ptr<const Judgement> judgement;
};

/// The judgement, as a copy that equal ones of `others` share: most runs of a case come to the same, and
/// there may be a thousand.
[[nodiscard]] std::shared_ptr<const Judgement> shared(Judgement judgement,
                                                      const std::vector<JudgedRun>& others);

/// The run that counts: the first of those with the worst verdict. `runs` is not empty, and ascending.
[[nodiscard]] const JudgedRun& worst_of(const std::vector<JudgedRun>& runs);

/// The runs by their verdicts, the worst first. Nothing where there is one run.
[[nodiscard]] std::vector<SpreadPart> spread_of(const std::vector<JudgedRun>& runs);

/// `3 of 5 runs failed, 2 passed`; empty where all came to the same verdict.
[[nodiscard]] std::string spread_text(const std::vector<SpreadPart>& spread);

/// The part that a run belongs to; null where there is none.
[[nodiscard]] const SpreadPart* part_of(const std::vector<SpreadPart>& spread, int run);

}  // namespace guise::judge
