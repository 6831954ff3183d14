// The verdict on a chain of a corpus, which says itself whether a client accepts it.
#pragma once

#include "judge/judge.hpp"

namespace guise::judge {

/// Pass or fail by how the last visit ended; inconclusive where the evidence does not say.
[[nodiscard]] Judgement judge_corpus_case(bool accepts, const SeenVisits& visits);

}  // namespace guise::judge
