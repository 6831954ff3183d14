#include "import/limbo.hpp"

#include "base/own_folder.hpp"
#include "base/time.hpp"
#include "clients/preload.hpp"
#include "judge/session.hpp"
#include "run/case.hpp"
#include "server/io_context.hpp"
#include "server/stop_signals.hpp"
#include "server/task_group.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace guise::imports {

namespace asio = boost::asio;
namespace fs = std::filesystem;

namespace {

// What is shown is given.
scenario::Connect declined() {
    scenario::Connect out;
    out.answer = scenario::Answer::decline;
    return out;
}

// What the verdict on a chain says of the client.
LimboSeen seen_of(judge::Verdict verdict, bool succeeds) {
    if (verdict == judge::Verdict::pass) return succeeds ? LimboSeen::accepted : LimboSeen::refused;
    if (verdict == judge::Verdict::fail) return succeeds ? LimboSeen::refused : LimboSeen::accepted;
    return LimboSeen::unclear;
}

std::string cannot_be_shown(const LimboCase& each, const run::Participant& who) {
    if (each.ip && !who.routing->literals)
        return "the client connects to an IP address itself, and cannot be led elsewhere";
    if (!who.routing->names) return "the client reaches only localhost here";
    if (each.given.now && who.driver->adapter) return "the clock of an adapter cannot be set";
    if (each.given.now && clients::find_faketime().empty())
        return "it needs another clock: libfaketime is not installed";
    return {};
}

class LimboRunner {
 public:
    LimboRunner(const inputs::RunInputs& inputs, const LimboFile& file, const run::Participant& who,
                const LimboOptions& options, fs::path homes)
        : file_(file),
          who_(who),
          options_(options),
          homes_(std::move(homes)),
          provider_(inputs, server::SeededGenerator("limbo"), machine_clock(), {}),
          limits_(io_.get_executor(), options.jobs),
          adapters_(io_.get_executor(), who_, homes_, patience_),
          signals_(io_, [this] {
              out_.interrupted = true;
              io_.stop();
          }) {
        who_.client.faketime = true;  // for the cases that have a time; the others see the machine's clock
    }

    Result<LimboRun> run() {
        auto events = run::Events::open(io_.get_executor());
        if (!events) return events.error();
        events_ = std::move(*events);
        std::exception_ptr failure;
        asio::co_spawn(io_, all(), [&](const std::exception_ptr& error) {
            failure = error;
            signals_.cancel();
            events_.reset();
        });
        io_.run();
        if (failure) std::rethrow_exception(failure);
        return std::move(out_);
    }

 private:
    asio::awaitable<void> all() {
        const auto executor = co_await asio::this_coro::executor;
        server::TaskGroup cases(executor);
        for (const LimboCase& each : file_.cases) {
            if (std::string reason = cannot_be_shown(each, who_); !reason.empty()) {
                out_.skipped.push_back({each.id, std::move(reason)});
                continue;
            }
            out_.results.push_back({each.id, each.importance, each.succeeds, LimboSeen::unclear, {}});
            cases.spawn(one(each, out_.results.size() - 1));
        }
        co_await cases.wait();
        co_await adapters_.shut_down();
    }

    asio::awaitable<void> one(const LimboCase& each, std::size_t index) {
        const scenario::Scenario scenario = scenario::one_visit("limbo/" + each.id, each.id, declined());
        run::CaseJob job{"limbo/" + options_.mode, &who_, options_.mode, &scenario, "", &each.given};
        run::CasePlace place{provider_,
                             worker_,
                             patience_,
                             limits_,
                             *events_,
                             adapters_,
                             homes_ / std::to_string(index),
                             [](const report::VisitRecord&) {},
                             aftermath_,
                             {}};
        run::CaseOutcome outcome;
        try {
            run::CaseOutcome done = co_await run::run_case(std::move(place), std::move(job));
            outcome = std::move(done);
        } catch (const std::exception& error) {
            outcome.trouble = fmt::format("internal error: {}", error.what());
        }
        out_.results[index] = result_of(each, scenario, std::move(outcome));
        ++seen_[std::string(word(out_.results[index].seen))];
        if (options_.progress) options_.progress({++done_, out_.results.size(), seen_});
    }

    LimboResult result_of(const LimboCase& each, const scenario::Scenario& scenario,
                          run::CaseOutcome outcome) {
        LimboResult out{each.id, each.importance, each.succeeds, LimboSeen::unclear, outcome.trouble};
        if (!outcome.done || outcome.visits.empty()) return out;
        judge::CaseEvidence one;
        one.scenario = &scenario;
        one.corpus_accepts = each.succeeds;
        one.visits = std::move(outcome.visits);
        judge::SessionEvidence evidence{"limbo/" + options_.mode,
                                        who_.client.name,
                                        who_.detection.version,
                                        options_.mode,
                                        &who_.profile,
                                        {},
                                        {}};
        evidence.cases.push_back(std::move(one));
        const judge::CaseRecord record =
            judge::judge_session(std::move(evidence),
                                 {provider_.inputs(), no_known_, provider_.now(), facts_})
                .cases.front();
        out.sentence = record.seen->sentence;
        if (each.nameless) out.sentence += fmt::format(" (it was given the name {})", each.given.host);
        out.seen = seen_of(record.judgement.verdict, each.succeeds);
        return out;
    }

    const LimboFile& file_;
    run::Participant who_;
    const LimboOptions& options_;
    fs::path homes_;
    server::ChainProvider provider_;
    server::Worker worker_;  // it uses the provider
    const run::Patience patience_{run::slowness(run::measure_speed())};
    profile::FactsSource facts_{provider_.inputs().library};
    const std::vector<judge::KnownDeviation> no_known_;  // a corpus knows of none
    server::IoContext io_;
    run::RunLimits limits_;
    std::unique_ptr<run::Events> events_;
    run::Adapters adapters_;
    run::Aftermath aftermath_;  // not waited for: a case is one visit
    server::StopSignals signals_;
    LimboRun out_;
    std::size_t done_ = 0;
    std::map<std::string, std::size_t> seen_;    // word -> cases
    server::IoContext::FrameGuard frames_{io_};  // last: the cases refer to all of the above
};

}  // namespace

Result<LimboRun> run_limbo(const inputs::RunInputs& inputs, const LimboFile& file,
                           const run::Participant& who, const LimboOptions& options) {
    auto homes = OwnFolder::make(fs::absolute(options.out), "homes", OwnFolder::After::removed);
    if (!homes) return homes.error();
    auto out = LimboRunner(inputs, file, who, options, homes->path()).run();
    if (!out || !out->interrupted) homes->remove();  // else a client may still write there
    return out;
}

bool as_expected(const LimboResult& result) {
    return result.seen == (result.succeeds ? LimboSeen::accepted : LimboSeen::refused);
}

}  // namespace guise::imports
