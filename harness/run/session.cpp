#include "run/session.hpp"

#include "clients/launch.hpp"
#include "run/compared_runs.hpp"
#include "secrets/compare.hpp"
#include "server/task_group.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace guise::run {

namespace asio = boost::asio;

namespace {

using judge::Verdict;

// After the last case: who waits before it sends what it has refused to send waits for a moment.
constexpr std::chrono::milliseconds late_patience{1'500};

// The chain of the liveness control: good by every rule, and said to be so wherever a client asks, for a host
// of its own.
scenario::Scenario liveness_scenario() {
    scenario::Connect connect;
    connect.present.leaf = "checked-leaf";
    connect.answer = scenario::Answer::connect;
    return scenario::one_visit("liveness", "The client accepts what it must accept", std::move(connect));
}

// Runs of cases that wait for their turn at once, beyond one of each case.
constexpr std::size_t most_waiting = 512;

// Its cases hold it: where everything is destroyed at once, they may be the last.
class SessionRunner : public std::enable_shared_from_this<SessionRunner> {
 public:
    SessionRunner(SessionPlace place, const PlannedSession& session, const asio::any_io_executor& executor)
        : place_(std::move(place)),
          session_(session),
          adapters_(executor, *session.participant, place_.dir, place_.patience) {
        outcomes_.resize(session.cases.size());
        for (std::size_t i = 0; i < session.cases.size(); ++i)
            outcomes_[i].resize(runnable(session.cases[i]) ? runs_of_each() : 1);
        const Participant& who = *session.participant;
        evidence_ = {session.id, who.client.name, who.detection.version, session.mode, &who.profile, {}, {},
                     false};
    }

    asio::awaitable<judge::SessionRecords> run() {
        const bool any = std::any_of(session_.cases.begin(), session_.cases.end(), &runnable);
        if (any) co_await control_before();
        if (evidence_.skipped) {
            place_.on_progress(session_.cases.size() * runs_of_each());
        } else {
            co_await run_cases();
            if (any) (void)co_await failed_control("after", 1);
        }
        if (place_.on_listening) place_.on_listening();
        co_await aftermath_.end(place_.patience.scaled(late_patience));
        if (place_.compare) co_await compare_runs();
        co_await adapters_.shut_down();
        co_return judged();
    }

 private:
    static bool runnable(const PlannedCase& each) {
        return each.not_run.empty() && each.not_applicable.empty();
    }

    std::size_t runs_of_each() const { return static_cast<std::size_t>(place_.repeat); }

    CaseJob job(const scenario::Scenario& scenario, const std::string& control, int attempt = 1) const {
        CaseJob out{session_.id, session_.participant, session_.mode, &scenario, control, nullptr, attempt};
        if (place_.compare && control.empty())
            out.canary_of = secrets::secret_of_run.at(static_cast<std::size_t>(attempt) - 1);
        return out;
    }

    CasePlace case_place(const std::string& name) {
        return {place_.provider,   place_.worker,
                place_.patience,   place_.limits,
                place_.events,     adapters_,
                place_.dir / name, [this](const report::VisitRecord& visit) { take(visit); },
                aftermath_,        [this](const report::VisitRecord& visit) { take_late(visit); }};
    }

    // A case that a stop of the run can cut short, or keep from beginning; then it has no visits.
    asio::awaitable<CaseOutcome> watched(std::string name, CaseJob job) {
        if (place_.stop.stopping()) co_return CaseOutcome{};
        Stop::Watch watch(place_.stop);
        // Of a statement that waits, GCC 12 destroys temporaries of some kinds twice: here are none.
        const auto executor = co_await asio::this_coro::executor;
        CasePlace where = case_place(name);
        try {
            CaseOutcome out =
                co_await asio::co_spawn(executor, run_case(std::move(where), job),
                                        asio::bind_cancellation_slot(watch.slot(), asio::use_awaitable));
            co_return out;
        } catch (const std::exception& error) {
            CaseOutcome out;
            if (!is_stopped(error)) out.trouble = fmt::format("internal error: {}", error.what());
            co_return out;
        }
    }

    // Whether a case ended by this because the run was stopped.
    bool is_stopped(const std::exception& error) const {
        return place_.stop.stopping() && dynamic_cast<const boost::system::system_error*>(&error) != nullptr;
    }

    // A client that fails once may have met a busy machine. One that fails again has shown in two visits what
    // all its cases would show.
    asio::awaitable<void> control_before() {
        const bool failed = co_await failed_control("before", 1);
        if (!failed || place_.stop.stopping()) co_return;
        const bool failed_again = co_await failed_control("before", 2);
        evidence_.skipped = failed_again && !place_.stop.stopping() && !place_.keep_going;
    }

    // Runs a control. Whether it failed that could have been accepted: the client lacks nothing that it
    // needs.
    asio::awaitable<bool> failed_control(std::string which, int attempt) {
        CaseJob work = job(liveness_, which, attempt);
        std::string folder = attempt > 1 ? which + "-again" : which;
        CaseOutcome outcome = co_await watched(std::move(folder), std::move(work));
        judge::ControlEvidence out{which, std::nullopt, why_not(outcome)};
        if (!outcome.visits.empty()) out.seen = std::move(outcome.visits.rbegin()->second);
        const bool accepted = out.seen && out.seen->final == profile::Final::accepted;
        evidence_.controls.push_back(std::move(out));
        co_return !accepted && outcome.not_applicable.empty();
    }

    std::string why_not(const CaseOutcome& outcome) const {
        if (place_.stop.stopping()) return "the run was stopped";
        return outcome.trouble.empty() ? outcome.not_applicable : outcome.trouble;
    }

    // All cases at once; the limits decide how many of them are going on. The runs of a case wait in as few
    // lines as keep everybody busy: each that waits takes memory.
    asio::awaitable<void> run_cases() {
        const auto executor = co_await asio::this_coro::executor;
        server::TaskGroup cases(executor);
        const std::size_t lines = std::max<std::size_t>(most_waiting / session_.cases.size(), 1);
        for (std::size_t i = 0; i < session_.cases.size(); ++i) {
            if (!runnable(session_.cases[i])) {
                place_.on_progress(runs_of_each());
                continue;
            }
            for (std::size_t line = 0; line < std::min(lines, runs_of_each()); ++line)
                cases.spawn(run_some(shared_from_this(), i, line, lines));
        }
        co_await cases.wait();
    }

    // Every so many runs of a case, from the one with this index on.
    static asio::awaitable<void> run_some(std::shared_ptr<SessionRunner> self, std::size_t index,
                                          std::size_t first, std::size_t step) {
        for (std::size_t run = first; run < self->runs_of_each(); run += step) {
            CaseJob work = self->job(*self->session_.cases[index].scenario, "", static_cast<int>(run) + 1);
            std::string name = run == 0 ? fmt::format("{}", index) : fmt::format("{}.{}", index, run + 1);
            CaseOutcome outcome = co_await self->watched(std::move(name), std::move(work));
            self->outcomes_[index][run] = std::move(outcome);
            self->place_.on_progress(1);
        }
    }

    void take(const report::VisitRecord& visit) {
        place_.on_visit(visit);
        if (place_.compare) compared_->keep(visit);
    }

    // Of a statement that waits, GCC 12 destroys temporaries of some kinds twice: here are none.
    asio::awaitable<void> compare_runs() {
        auto work = [compared = compared_, requests = session_.participant->profile.public_requests] {
            return compared->found(requests);
        };
        const auto found = co_await place_.worker.run(std::move(work));
        for (const report::VisitRecord& visit : found) take_again(visit);
    }

    void take_late(const report::VisitRecord& visit) {
        if (place_.compare) compared_->keep(visit);
        take_again(visit);
    }

    // Its record stands for the one that was written before.
    void take_again(const report::VisitRecord& visit) {
        place_.on_visit(visit);
        for (std::size_t i = 0; i < outcomes_.size(); ++i)
            if (session_.cases[i].scenario->id == visit.id.scenario.text())
                outcomes_[i].at(static_cast<std::size_t>(visit.attempt) - 1).visits[visit.visit] = visit.seen;
    }

    // Why a case did not come to its end, as a judgement.
    std::optional<judge::Judgement> settled(const PlannedCase& planned, const CaseOutcome& outcome) const {
        const auto not_applicable = [](const std::string& why) {
            return judge::Judgement{Verdict::not_applicable, fmt::format("Not applicable: {}.", why), {}};
        };
        if (!planned.not_run.empty())
            return judge::Judgement{Verdict::not_run, fmt::format("Not run: {}.", planned.not_run), {}};
        if (!planned.not_applicable.empty()) return not_applicable(planned.not_applicable);
        if (evidence_.skipped) return std::nullopt;  // what is said of it then is the judge's
        if (!outcome.trouble.empty()) return judge::Judgement{Verdict::error, outcome.trouble, {}};
        if (!outcome.not_applicable.empty()) return not_applicable(outcome.not_applicable);
        if (!outcome.done) return judge::Judgement{Verdict::not_run, "Not run: the run was stopped.", {}};
        return std::nullopt;
    }

    judge::CaseEvidence evidence_of(const PlannedCase& planned, CaseOutcome& outcome) const {
        judge::CaseEvidence out;
        out.scenario = planned.scenario;
        out.settled = settled(planned, outcome);
        out.visits = std::move(outcome.visits);
        out.lasted = outcome.lasted;
        out.repro = fmt::format("guise run --client {} --mode {} --only '{}'{}",
                                clients::shell_quoted(session_.participant->named), session_.mode,
                                out.scenario->id, place_.repeat_with);
        return out;
    }

    // Of a session that was skipped there are no runs to tell apart.
    judge::SessionRecords judged() {
        for (std::size_t i = 0; i < session_.cases.size(); ++i) {
            if (evidence_.skipped) outcomes_[i].resize(1);
            for (std::size_t run = 0; run < outcomes_[i].size(); ++run) {
                evidence_.cases.push_back(evidence_of(session_.cases[i], outcomes_[i][run]));
                evidence_.cases.back().run = static_cast<int>(run) + 1;
            }
        }
        const inputs::RunInputs& inputs = place_.provider.inputs();
        profile::FactsSource facts(inputs.library);
        return judge::judge_session(std::move(evidence_),
                                    {inputs, place_.known, place_.provider.now(), facts});
    }

    SessionPlace place_;
    const PlannedSession& session_;
    Adapters adapters_;
    const scenario::Scenario liveness_ = liveness_scenario();
    std::vector<std::vector<CaseOutcome>> outcomes_;  // of each case, of each of its runs
    Aftermath aftermath_;
    std::shared_ptr<ComparedRuns> compared_ = std::make_shared<ComparedRuns>();
    judge::SessionEvidence evidence_;
};

}  // namespace

asio::awaitable<judge::SessionRecords> run_session(SessionPlace place, const PlannedSession& session) {
    const auto executor = co_await asio::this_coro::executor;
    const auto runner = std::make_shared<SessionRunner>(std::move(place), session, executor);
    co_return co_await runner->run();
}

}  // namespace guise::run
