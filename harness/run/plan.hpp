// From the files and the command line to what will be run: which clients, in which modes, through which
// cases.
#pragma once

#include "base/problem.hpp"
#include "inputs/run_inputs.hpp"
#include "run/participants.hpp"

#include <memory>
#include <string>
#include <vector>

namespace guise::run {

/// One case of a session.
struct PlannedCase {
    const scenario::Scenario* scenario = nullptr;
    std::string not_run;         // why this version cannot run it; empty where it can
    std::string not_applicable;  // which capability the client lacks; empty where it lacks none
    std::string paired;          // the case whose acceptance a refusal needs; empty where there is none
    bool added = false;          // not selected: here as a paired control
};

/// A batch of cases of one client in one mode, between two liveness controls.
struct PlannedSession {
    std::string id;  // `curl/strict`
    const Participant* participant = nullptr;
    std::string mode;
    std::vector<PlannedCase> cases;  // sorted by id
};

struct Plan {
    std::vector<std::unique_ptr<Participant>> participants;  // those that are missing too
    std::vector<PlannedSession> sessions;

    [[nodiscard]] std::size_t cases() const;
};

/// The sessions of the participants that are not missing. Errors: a mode or a pattern that selects nothing
/// anywhere.
[[nodiscard]] Result<Plan> make_plan(const inputs::RunInputs& inputs, const Selection& selection,
                                     std::vector<std::unique_ptr<Participant>> participants);

/// How often a case can be run at most, and how many runs of cases a session can have: what was seen in a
/// visit takes a good kilobyte, and is kept until the session is judged.
constexpr int most_repetitions = 1'000;
constexpr std::size_t most_runs_of_session = 50'000;

/// Why the cases of the plan cannot be run so often. Empty where they can.
[[nodiscard]] Problems why_not_repeated(const Plan& plan, int repeat);

}  // namespace guise::run
