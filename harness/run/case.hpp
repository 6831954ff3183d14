// Takes one client through one case: servers of its own, a home of its own, visit after visit.
#pragma once

#include "judge/judge.hpp"
#include "report/record.hpp"
#include "run/adapters.hpp"
#include "run/aftermath.hpp"
#include "run/events.hpp"
#include "run/limiter.hpp"
#include "run/patience.hpp"
#include "run/plan.hpp"
#include "server/chain_provider.hpp"
#include "server/worker.hpp"

#include <boost/asio/awaitable.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace guise::run {

/// What a case needs besides itself.
struct CasePlace {
    server::ChainProvider& provider;
    server::Worker& worker;  // makes the chains
    const Patience& patience;
    RunLimits& limits;
    Events& events;
    Adapters& adapters;                                        // of the client
    std::filesystem::path dir;                                 // an empty folder of the case
    std::function<void(const report::VisitRecord&)> on_visit;  // called as soon as a visit has ended
    Aftermath& aftermath;
    std::function<void(const report::VisitRecord&)> on_late;  // of a visit whose secret came after its case
};

/// A chain that was made elsewhere: shown in place of what the scenario says.
struct Given {
    std::string host;  // the name or the IP address that the client is to expect
    std::shared_ptr<const tls::Presentation> presentation;
    std::string trust_pem;
    std::optional<std::chrono::sys_seconds> now;  // the client's clock; none: the machine's
};

/// Which case, or which liveness control.
struct CaseJob {
    std::string session;
    const Participant* participant = nullptr;
    std::string mode;  // the start mode; `default`: the client's own
    const scenario::Scenario* scenario = nullptr;
    std::string control;  // `before` or `after`; empty for a case
    const Given* given = nullptr;
    int attempt = 1;  // at the control, or which run of the case
    /// The run whose canary it is given, where runs are compared: they differ in nothing else, so that all
    /// have the names of the first. None: all its own.
    std::optional<int> canary_of = std::nullopt;
};

/// What came of it: what was seen in its visits, or why nothing was.
struct CaseOutcome {
    judge::SeenVisits visits;
    std::string trouble;         // the harness or the adapter could not do it
    std::string not_applicable;  // the capability that the client has not declared
    bool done = false;           // no visit is missing
    std::chrono::milliseconds lasted{};
};

/// Runs the visits in order. The addresses stay the same over all of them.
///
/// Lifetime: what `place` refers to and `job` points to outlive the operation.
boost::asio::awaitable<CaseOutcome> run_case(CasePlace place, CaseJob job);

}  // namespace guise::run
