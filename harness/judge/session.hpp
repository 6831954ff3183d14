// From what was seen in a session to its verdicts. Verdicts are made here and nowhere else: `guise run`,
// `guise judge` and `guise import` all call `judge_session`.
#pragma once

#include "inputs/run_inputs.hpp"
#include "judge/case_record.hpp"
#include "judge/judge.hpp"
#include "profile/step.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace guise::judge {

/// One try of a liveness control.
struct ControlEvidence {
    std::string which;                          // `before` or `after` the cases
    std::optional<evidence::Observation> seen;  // of its visit; none where it did not come to that
    std::string trouble;                        // why it did not
};

/// One case as it went, in one of its runs.
struct CaseEvidence {
    const scenario::Scenario* scenario = nullptr;
    int run = 1;  // which of its runs
    /// The judgement of a case that did not come to its end (not run, not applicable, an error): it stands
    /// whatever was seen.
    std::optional<Judgement> settled;
    SeenVisits visits;
    /// A chain of a corpus: whether it says that a client accepts it. There is no profile's table and no
    /// control then.
    std::optional<bool> corpus_accepts;
    std::chrono::milliseconds lasted{};
    std::string repro;
};

/// A session as it went: the cases of one client in one mode, between its liveness controls.
///
/// Lifetime: the scenarios and the profile are referred to until it is judged.
struct SessionEvidence {
    std::string session;  // `curl/strict`
    std::string client;
    SharedText client_version;
    std::string mode;
    const profile::Profile* profile = nullptr;
    std::vector<ControlEvidence> controls;  // in the order in which they ran
    std::vector<CaseEvidence> cases;        // each scenario once for each of its runs
    bool skipped = false;  // the control before the cases failed twice, and they were not run
};

/// What verdicts are made by.
///
/// Lifetime: keeps references to all of it. Threads: `facts` is a cache that one thread uses at a time.
struct JudgeInputs {
    const inputs::RunInputs& data;
    const std::vector<KnownDeviation>& known;
    std::chrono::sys_seconds now;  // of the run: a known deviation may have expired
    profile::FactsSource& facts;
};

/// The verdicts of a session.
struct SessionRecords {
    SessionEnd end;
    std::vector<CaseRecord> cases;  // one a scenario, in the order of the evidence
};

/// Judges each case of a session, in time that grows with their number. The same evidence and inputs give the
/// same records.
///
/// A refusal counts where the controls count: a try before the cases and one after them were accepted, and so
/// was the paired control of the case (`profile::effective_control`). A paired control that was not done, for
/// whatever reason, leaves the refusal inconclusive. The cases of a skipped session are `not-run`, or `error`
/// where the adapter or the machine is at fault.
///
/// Each run of a case is judged, with the run of the same number of its paired control, and the worst counts.
[[nodiscard]] SessionRecords judge_session(SessionEvidence evidence, const JudgeInputs& inputs);

/// How many visits of a scenario connect: a case whose evidence has fewer did not come to its end.
[[nodiscard]] std::size_t connections_of(const scenario::Scenario& scenario);

}  // namespace guise::judge
