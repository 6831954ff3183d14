// Takes one client through one case: a listener of its own, a home of its own, visit after visit.
#pragma once

#include "judge/judge.hpp"
#include "report/record.hpp"
#include "run/plan.hpp"
#include "run/slots.hpp"
#include "run/workshop.hpp"

#include <boost/asio/awaitable.hpp>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace guise::run {

/// What a case needs besides itself.
struct CasePlace {
    Workshop& workshop;
    Slots& slots;
    std::filesystem::path dir;                                 // an empty folder of the case
    std::function<void(const report::VisitRecord&)> on_visit;  // called as soon as a visit has ended
};

/// Which case, or which liveness control.
struct CaseJob {
    std::string session;
    const Participant* participant = nullptr;
    std::string mode;
    const scenario::Scenario* scenario = nullptr;
    std::string control;  // `before` or `after`; empty for a case
};

/// What came of it: the visits that were judged, or why there are none.
struct CaseOutcome {
    std::vector<judge::JudgedVisit> visits;
    std::string trouble;  // the harness could not do it: no port, no folder, no certificate
    std::chrono::milliseconds lasted{};
};

/// Runs the visits in order. The address stays the same over all of them.
///
/// Lifetime: what `place` refers to and `job` points to outlive the operation.
boost::asio::awaitable<CaseOutcome> run_case(CasePlace place, CaseJob job);

}  // namespace guise::run
