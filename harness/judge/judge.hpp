// judge(expectation, evidence) -> verdict.
#pragma once

#include "judge/observe.hpp"
#include "judge/verdict.hpp"
#include "profile/expectation.hpp"
#include "profile/ledger.hpp"
#include "scenario/scenario.hpp"

#include <optional>
#include <string>
#include <vector>

namespace guise::judge {

/// What makes a refusal mean something: the client accepts what it must accept.
struct Controls {
    std::string trouble;  // why the liveness controls say nothing; empty where both were accepted
    std::string paired;   // the case that stands in as paired control; empty where there is none
    std::optional<bool> paired_accepted;  // nothing where it has not been run
};

/// One connecting visit of a case.
struct JudgedVisit {
    int number = 1;
    profile::Expectation expectation;
    Observation seen;
};

/// The verdict on a case, from its visits in order.
///
/// A refusal counts only with the controls; without them it is inconclusive. What contradicts a must is a
/// fail whatever the controls say: a client that refuses everything fails where it must accept, and passes
/// nowhere.
[[nodiscard]] Judgement judge_case(const std::vector<JudgedVisit>& visits,
                                   const std::vector<scenario::Expect>& extra, const Controls& controls,
                                   const profile::Profile& profile, const profile::Ledger& ledger);

}  // namespace guise::judge
