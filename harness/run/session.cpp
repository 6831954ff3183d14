#include "run/session.hpp"

#include "clients/launch.hpp"
#include "judge/contradiction.hpp"
#include "run/feasible.hpp"
#include "run/known.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace guise::run {

namespace asio = boost::asio;

namespace {

using judge::Verdict;

// The chain of the liveness control: good by every rule, and said to be so wherever a client asks, for a host
// of its own.
scenario::Scenario liveness_scenario() {
    scenario::Connect connect;
    connect.present.leaf = "checked-leaf";
    connect.answer = scenario::Answer::connect;
    return scenario::one_visit("liveness", "The client accepts what it must accept", std::move(connect));
}

class SessionRunner {
 public:
    SessionRunner(SessionPlace& place, const PlannedSession& session, const asio::any_io_executor& executor)
        : place_(place),
          session_(session),
          adapters_(executor, *session.participant, place.dir),
          facts_(place.provider.inputs().library) {
        outcomes_.resize(session.cases.size());
        result_.end.session = session.id;
        result_.end.client = session.participant->client.name;
        result_.end.mode = session.mode;
    }

    asio::awaitable<SessionResult> run() {
        const bool any = std::any_of(session_.cases.begin(), session_.cases.end(), &runnable);
        if (any) result_.end.before = co_await control("before");
        co_await run_cases();
        if (any) result_.end.after = co_await control("after");
        co_await adapters_.shut_down();
        for (std::size_t i = 0; i < session_.cases.size(); ++i) result_.cases.push_back(record(i));
        co_return std::move(result_);
    }

 private:
    static bool runnable(const PlannedCase& each) {
        return each.not_run.empty() && each.not_applicable.empty();
    }

    CaseJob job(const scenario::Scenario& scenario, const std::string& control) const {
        return {session_.id, session_.participant, session_.mode, &scenario, control};
    }

    CasePlace case_place(const std::string& name) {
        return {place_.provider, place_.limits, place_.events, adapters_, place_.dir / name, place_.on_visit};
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
        } catch (const boost::system::system_error&) {
            if (!place_.stop.stopping()) throw;
        }
        co_return CaseOutcome{};
    }

    // How its last visit ended.
    static bool accepts(const CaseOutcome& outcome) {
        return outcome.done && outcome.visits.rbegin()->second.final == profile::Final::accepted;
    }

    asio::awaitable<bool> control(std::string which) {
        CaseJob work = job(liveness_, which);
        const CaseOutcome outcome = co_await watched(which, std::move(work));
        const bool accepted = accepts(outcome);
        if (!accepted && result_.end.trouble.empty())
            result_.end.trouble =
                fmt::format("the control {} the session was not accepted: {}", which, control_text(outcome));
        co_return accepted;
    }

    std::string control_text(const CaseOutcome& outcome) const {
        if (!outcome.visits.empty()) return "the client " + outcome.visits.rbegin()->second.sentence;
        if (place_.stop.stopping()) return "the run was stopped";
        return outcome.trouble.empty() ? outcome.not_applicable : outcome.trouble;
    }

    // All cases at once; the limits decide how many of them are going on.
    asio::awaitable<void> run_cases() {
        const auto executor = co_await asio::this_coro::executor;
        asio::experimental::channel<void(boost::system::error_code)> done(executor, session_.cases.size());
        std::size_t waiting = 0;
        for (std::size_t i = 0; i < session_.cases.size(); ++i) {
            if (!runnable(session_.cases[i])) {
                place_.on_progress(1);
                continue;
            }
            ++waiting;
            asio::co_spawn(executor, run_one(i), [&done](const std::exception_ptr& error) {
                if (error) std::rethrow_exception(error);
                done.try_send(boost::system::error_code());
            });
        }
        for (; waiting > 0; --waiting) co_await done.async_receive(asio::use_awaitable);
    }

    asio::awaitable<void> run_one(std::size_t index) {
        CaseJob work = job(*session_.cases[index].scenario, "");
        std::string name = fmt::format("{}", index);
        CaseOutcome outcome = co_await watched(std::move(name), std::move(work));
        outcomes_[index] = std::move(outcome);
        place_.on_progress(1);
    }

    judge::Controls controls(const PlannedCase& planned) const {
        judge::Controls out{result_.end.trouble, planned.paired, std::nullopt};
        for (std::size_t i = 0; i < session_.cases.size(); ++i) {
            if (session_.cases[i].scenario->id == planned.paired && outcomes_[i].done)
                out.paired_accepted = paired_accepted(outcomes_[i].visits.rbegin()->second);
        }
        return out;
    }

    judge::Judgement judged(std::size_t index) {
        const PlannedCase& planned = session_.cases[index];
        const CaseOutcome& outcome = outcomes_[index];
        if (!planned.not_run.empty())
            return {Verdict::not_run, fmt::format("Not run: {}.", planned.not_run), {}};
        if (!planned.not_applicable.empty())
            return {Verdict::not_applicable, fmt::format("Not applicable: {}.", planned.not_applicable), {}};
        if (!outcome.trouble.empty()) return {Verdict::error, outcome.trouble, {}};
        if (!outcome.not_applicable.empty())
            return {Verdict::not_applicable, fmt::format("Not applicable: {}.", outcome.not_applicable), {}};
        if (!outcome.done) return {Verdict::not_run, "Not run: the run was stopped.", {}};
        return judge::judge_case({*planned.scenario, session_.participant->profile,
                                  place_.provider.inputs().clauses, session_.mode},
                                 facts_, outcome.visits, controls(planned));
    }

    report::CaseRecord record(std::size_t index) {
        const scenario::Scenario& scenario = *session_.cases[index].scenario;
        const Participant& who = *session_.participant;
        report::CaseRecord out;
        out.session = session_.id;
        out.id = {scenario.id, session_.mode, who.client.name};
        out.title = scenario.title;
        out.area = scenario.area();
        out.severity = word(scenario.severity);
        out.profile = who.profile.name;
        out.client_version = who.detection.version;
        out.judgement = judged(index);
        if (!outcomes_[index].visits.empty()) {
            out.seen = std::make_shared<evidence::Observation>(outcomes_[index].visits.rbegin()->second);
            out.contradiction = judge::contradiction(*out.seen);
        }
        out.lasted = outcomes_[index].lasted;
        out.repro =
            fmt::format("guise run --client {} --mode {} --only '{}'{}", clients::shell_quoted(who.named),
                        session_.mode, scenario.id, place_.repeat_with);
        apply_known(out, place_.known, place_.provider.now());
        return out;
    }

    SessionPlace& place_;
    const PlannedSession& session_;
    Adapters adapters_;
    profile::FactsSource facts_;
    const scenario::Scenario liveness_ = liveness_scenario();
    std::vector<CaseOutcome> outcomes_;
    SessionResult result_;
};

}  // namespace

asio::awaitable<SessionResult> run_session(SessionPlace place, const PlannedSession& session) {
    SessionRunner runner(place, session, co_await asio::this_coro::executor);
    co_return co_await runner.run();
}

}  // namespace guise::run
