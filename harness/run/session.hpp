// A session: a liveness control, the cases of one client in one mode, the control again, and then the
// verdicts.
#pragma once

#include "judge/session.hpp"
#include "run/case.hpp"
#include "run/plan.hpp"
#include "run/stop.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <vector>

namespace guise::run {

/// What a session needs, and whom it tells.
struct SessionPlace {
    server::ChainProvider& provider;
    server::Worker& worker;  // makes the chains
    const Patience& patience;
    RunLimits& limits;
    Events& events;
    std::filesystem::path dir;
    const std::vector<judge::KnownDeviation>& known;
    Stop& stop;
    std::function<void(const report::VisitRecord&)> on_visit;
    std::function<void(std::size_t runs)> on_progress;  // runs of cases that have just ended
    std::string repeat_with;  // options for the command that repeats a case, each after a space
    bool keep_going = false;  // run the cases even when the control before them has failed twice
    int repeat = 1;           // how often each case is run
    bool compare = false;     // and the runs are compared: there are as many as in `secrets::secret_of_run`
    /// Called when all is done but listening for what comes late: another session may have its place.
    std::function<void()> on_listening{};
};

/// Runs it. Verdicts are made at the end by `judge::judge_session`, when both controls are known.
///
/// A control before the session that fails is repeated once. When it fails again, the cases are skipped:
/// `not-run`, or `error` where the adapter or the machine is at fault; both end the run with exit code 11.
///
/// Each run of a case has names, a canary and a home of its own. The controls are not repeated with it. Where
/// runs are compared, those of a case have the same names, and two each have the same canary.
///
/// Lifetime: what `place` refers to, and `session`, outlive the operation.
boost::asio::awaitable<judge::SessionRecords> run_session(SessionPlace place, const PlannedSession& session);

}  // namespace guise::run
