// The canary in a form that only a comparison of runs finds (`guise run --compare`).
#pragma once

#include "evidence/visit.hpp"

#include <span>

namespace guise::evidence {

/// How the canary came where it was found by comparison (`secrets::form_of_secret` is for what is known).
constexpr const char* by_comparison = "in a form that follows it";

/// Compares the same visit of six runs that had the canaries of `secrets::secret_of_run`: what was sent over
/// TLS, what came in clear, the ClientHellos, and what was said to others, each by itself. Where something
/// follows the canary, and is in no form that is known, it is noted in the transcripts and the asides. Says
/// whether anything was. Nothing is compared unless there are six.
[[nodiscard]] bool compare_runs(std::span<VisitEvidence* const> runs);

}  // namespace guise::evidence
