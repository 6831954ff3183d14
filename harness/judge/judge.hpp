// judge(expectation, evidence) -> verdict.
#pragma once

#include "evidence/observe.hpp"
#include "judge/verdict.hpp"
#include "profile/step.hpp"

#include <map>
#include <optional>
#include <string>

namespace guise::judge {

/// What makes a refusal mean something: the client accepts what it must accept.
struct Controls {
    std::string trouble;  // why the liveness controls say nothing; empty where both were accepted
    std::string paired;   // the case that stands in as paired control; empty where there is none
    std::optional<bool> paired_accepted;  // nothing where its user was let decline, or it was not done
    std::string paired_undone = {};       // why it was not done; empty where it was
    bool reused = false;                  // the paired control showed that the client reuses connections
};

/// What was seen in the connecting visits of a case, by their numbers.
using SeenVisits = std::map<int, evidence::Observation>;

/// Whether a visit went on over a connection that an earlier one had opened.
[[nodiscard]] bool reuses_connections(const SeenVisits& visits);

/// The verdict on a case.
///
/// A refusal counts only with the controls; without them it is inconclusive, and a paired control that was
/// not done is one that is missing. What contradicts a must is a fail whatever the controls say: a client
/// that refuses everything fails where it must accept, and passes nowhere. A visit that nothing explains is
/// the last that is judged: what the client remembers by then is not known. A connecting visit that was not
/// seen makes the case inconclusive; a case of which nothing was seen is not judged. Where connections are
/// kept open, a client that reuses none, here or in the control, has shown nothing: not applicable.
[[nodiscard]] Judgement judge_case(const profile::Subject& subject, profile::FactsSource& facts,
                                   const SeenVisits& visits, const Controls& controls);

/// Adds what the comparison with other cases of the session has shown.
void add_finding(Judgement& judgement, const SeenVisits& visits, Check finding);

/// A pass, or a note, of which other cases of the session show that it was luck becomes inconclusive, with
/// the check `inconsistent`. `why` stands in the middle of a sentence.
void call_luck(Judgement& judgement, const std::string& why);

}  // namespace guise::judge
