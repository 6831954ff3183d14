#include "run/runner.hpp"

#include "base/own_folder.hpp"
#include "base/time.hpp"
#include "clients/launch.hpp"
#include "judge/known_files.hpp"
#include "process/orphans.hpp"
#include "report/results_file.hpp"
#include "report/summary.hpp"
#include "run/resume.hpp"
#include "run/session.hpp"
#include "run/version.hpp"
#include "secrets/compare.hpp"
#include "server/io_context.hpp"
#include "server/publisher.hpp"
#include "server/stop_signals.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace guise::run {

namespace asio = boost::asio;
namespace fs = std::filesystem;

namespace {

// A handler that always throws must not keep the run from its end.
constexpr int most_failures = 1'000;

// Unlike an assignment of nothing this gives the memory back.
void forget(auto& list) {
    list.clear();
    list.shrink_to_fit();
}

class Run {
 public:
    Run(const inputs::RunInputs& inputs, const RunOptions& options, Plan plan,
        std::vector<judge::KnownDeviation> known, const std::optional<Kept>& kept)
        : options_(options),
          plan_(std::move(plan)),
          known_(std::move(known)),
          provider_(inputs,
                    server::SeededGenerator(options.seed.empty() ? server::fresh_seed() : options.seed),
                    clock(options, kept), server::key_cache_dir()),
          limits_(io_.get_executor(), options.jobs),
          sessions_(io_.get_executor(), options.jobs),
          signals_(io_, [this] { stop_.now(); }),
          next_look_(io_) {}

    // Opens the results file. `kept`, of an earlier run, is gone on with.
    Problems open(const std::optional<Kept>& kept) {
        describe();
        if (kept) {
            Problems problems = why_not_resumed(kept->start, results_.start);
            if (problems.empty()) problems = why_not_kept(*kept, plan_);
            if (!problems.empty()) return problems;
            results_.cases = kept->cases;
            for (report::CaseRecord& record : results_.cases) let_go(record);
            results_.sessions = kept->ends;
            std::erase_if(plan_.sessions,
                          [&](const auto& session) { return kept->sessions.contains(session.id); });
        }
        auto events = Events::open(io_.get_executor());
        if (!events) return events.error();
        events_ = std::move(*events);
        auto publisher = provider_.open_publisher(io_.get_executor());
        if (!publisher) return publisher.error();
        publisher_ = std::move(*publisher);
        auto file = kept ? report::ResultsFile::resume(results_path(), kept->sessions)
                         : report::ResultsFile::create(results_path());
        if (!file) return file.error();
        file_ = std::make_unique<report::ResultsFile>(std::move(*file));
        const auto after = options_.keep ? OwnFolder::After::kept : OwnFolder::After::removed;
        auto homes = OwnFolder::make(fs::absolute(options_.out).lexically_normal(), "homes", after);
        if (!homes) return homes.error();
        homes_.emplace(std::move(*homes));
        if (!kept) file_->write(results_.start);
        results_.cases.reserve(results_.start.cases);
        return {};
    }

    report::Results run() {
        const auto start = std::chrono::steady_clock::now();
        const auto repeat = static_cast<std::size_t>(options_.runs_of_case());
        progress_.all = results_.start.cases * repeat;
        for (const report::CaseRecord& record : results_.cases) count(record);
        guarded([this, repeat] { progress(results_.cases.size() * repeat); });
        asio::co_spawn(io_, watch_speed(), [this](const std::exception_ptr& error) {
            guarded([&] {
                if (error) std::rethrow_exception(error);
            });
        });
        for (const PlannedSession& session : plan_.sessions) launch(session);
        if (plan_.sessions.empty()) end();
        for (int tries = 0; tries < most_failures && !io_.stopped(); ++tries) guarded([this] { io_.run(); });
        finish(start);
        return std::move(results_);
    }

 private:
    static server::RunClock clock(const RunOptions& options, const std::optional<Kept>& kept) {
        if (options.now) return *options.now;
        if (kept && kept->start.clock_given) return kept->start.now;
        return {kept ? kept->start.now : machine_clock(), &machine_clock};
    }

    void describe() {
        report::RunStart& start = results_.start;
        start.version = version;
        start.catalogue_digest = inputs::digest_of(provider_.inputs());
        start.seed = provider_.generator().seed();
        start.now = provider_.now();
        start.clock_given = options_.now.has_value();
        start.cases = plan_.cases();
        start.repeat = options_.runs_of_case();
        start.compare = options_.compare;
        for (const auto& who : plan_.participants)
            start.clients.push_back({who->client.name, who->detection.version, who->profile.name,
                                     who->routing ? who->routing->name : std::string(), who->missing});
    }

    // A generated seed and the machine's clock are not part of what the user asked for.
    std::string repeat_with() const {
        std::string out;
        const auto add = [&](const char* option, const std::string& value) {
            if (!value.empty()) out += fmt::format(" {} {}", option, clients::shell_quoted(value));
        };
        add("--data", options_.places.data.value_or("").string());
        add("--scenarios", options_.places.scenarios.value_or("").string());
        add("--profile", options_.selection.profile);
        for (const fs::path& file : options_.baselines) add("--baseline", file.string());
        add("--seed", options_.seed);
        if (options_.now) out += fmt::format(" --now {}", time_text(*options_.now));
        if (options_.compare)
            out += " --compare";
        else if (options_.repeat > 1)
            out += fmt::format(" --repeat {}", options_.repeat);
        if (options_.keep_going) out += " --keep-going";
        return out;
    }

    fs::path results_path() const { return options_.out / "results.jsonl"; }

    void launch(const PlannedSession& session) {
        ++running_;
        asio::co_spawn(io_, one(session), [this](const std::exception_ptr& error) {
            guarded([&] {
                if (error) std::rethrow_exception(error);
            });
            if (--running_ == 0) end();
        });
    }

    // What is thrown outside of every case is a fault of the harness: the run goes on, and says so at its
    // end.
    template <class Work>
    void guarded(Work work) {
        try {
            work();
        } catch (const std::exception& error) {
            if (internal_.empty()) internal_ = error.what();
        }
    }

    asio::awaitable<void> one(const PlannedSession& session) {
        std::optional<Limiter::Permit> slot;
        Limiter::Permit taken = co_await sessions_.take();
        slot.emplace(std::move(taken));
        SessionPlace place{provider_,
                           worker_,
                           patience_,
                           limits_,
                           *events_,
                           homes_->path() / session.participant->client.name / session.mode,
                           known_,
                           stop_,
                           [this](const report::VisitRecord& record) { file_->write(record); },
                           [this](std::size_t runs) { guarded([&] { progress(runs); }); },
                           repeat_with(),
                           options_.keep_going,
                           options_.runs_of_case(),
                           options_.compare,
                           [&slot] { slot.reset(); }};
        judge::SessionRecords result = co_await run_session(place, session);
        for (report::CaseRecord& record : result.cases) {
            file_->write(record);
            count(record);
            let_go(record);
            results_.cases.push_back(std::move(record));
        }
        progress(0);  // the verdicts are new
        if (!stop_.stopping()) file_->write(result.end);
        results_.sessions.push_back(std::move(result.end));
    }

    // What the other reports do not read is in the file now: a run may have tens of thousands of cases.
    static void let_go(report::CaseRecord& record) {
        record.seen.reset();
        const bool all_well = record.judgement.verdict == judge::Verdict::pass &&
                              record.disposition == judge::Disposition::expected;
        if (!all_well) return;
        if (record.spread.size() == 1) forget(record.spread);
        forget(record.judgement.checks);
        forget(record.judgement.sentence);
        forget(record.repro);
    }

    void progress(std::size_t runs) {
        progress_.done += runs;
        if (options_.progress) options_.progress(progress_);
    }

    void count(const report::CaseRecord& record) {
        ++progress_.verdicts[std::string(report::cell_word(record))];
    }

    // The machine may get other things to do, or be done with them.
    asio::awaitable<void> watch_speed() {
        while (running_ > 0) {
            const SpeedSample sample = co_await worker_.run(&measure_speed);
            patience_.take(slowness(sample));
            if (running_ == 0) co_return;
            boost::system::error_code ended;
            next_look_.expires_after(std::chrono::seconds(5));
            co_await next_look_.async_wait(asio::redirect_error(asio::use_awaitable, ended));
        }
    }

    // Nothing more can come: what waits for signals and events lets the context end.
    void end() {
        signals_.cancel();
        next_look_.cancel();
        events_.reset();
        publisher_.reset();
    }

    std::size_t stale() const {
        std::vector<std::string> names;
        for (const auto& who : plan_.participants) names.push_back(who->client.name);
        return judge::stale_entries(known_, names, provider_.inputs(), provider_.now());
    }

    // Why results.jsonl lacks records; empty where it is whole.
    std::string why_incomplete() const {
        if (file_->failure().empty()) return {};
        return fmt::format("cannot write {}: {}", results_path().string(), file_->failure());
    }

    void finish(std::chrono::steady_clock::time_point start) {
        std::sort(results_.cases.begin(), results_.cases.end(),
                  [](const auto& a, const auto& b) { return a.id < b.id; });
        report::RunFacts facts{stop_.stopping(), report::skipped_text(results_.sessions), stale(), internal_};
        if (std::string why = why_incomplete(); !why.empty()) facts.environment = std::move(why);
        for (const auto& who : plan_.participants)
            if (!who->missing.empty() && !options_.selection.clients.empty())
                facts.environment = fmt::format("{} took no part: {}", who->client.name, who->missing);
        results_.end = report::summarise(results_.cases, facts);
        results_.end.lasted =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
        file_->write(results_.end);
        results_.file_failure = file_->failure();
        if (std::string why = why_incomplete(); !why.empty() && facts.environment.empty()) {
            facts.environment = std::move(why);  // since the last record
            const auto lasted = results_.end.lasted;
            results_.end = report::summarise(results_.cases, facts);
            results_.end.lasted = lasted;
        }
        if (options_.keep) results_.kept_homes = homes_->path().string();
        homes_->remove();
    }

    const RunOptions& options_;
    Plan plan_;
    std::vector<judge::KnownDeviation> known_;
    std::unique_ptr<report::ResultsFile> file_;
    std::optional<OwnFolder> homes_;
    server::ChainProvider provider_;
    server::Worker worker_;  // it uses the provider
    server::IoContext io_;
    RunLimits limits_;
    Limiter sessions_;
    Stop stop_;
    server::StopSignals signals_;
    asio::steady_timer next_look_;  // at the speed of the machine
    Patience patience_{slowness(measure_speed())};
    std::unique_ptr<Events> events_;
    std::unique_ptr<server::Publisher> publisher_;
    std::size_t running_ = 0;
    report::Progress progress_;
    std::string internal_;  // the first fault of the harness
    report::Results results_;
    server::IoContext::FrameGuard frames_{io_};  // last: the sessions refer to all of the above
};

}  // namespace

int RunOptions::runs_of_case() const {
    return compare ? static_cast<int>(secrets::secret_of_run.size()) : repeat;
}

Result<report::Results> run(const inputs::RunInputs& inputs, const RunOptions& options) {
    process::adopt_orphans();
    auto participants = load_participants(inputs, options.selection);
    if (!participants) return participants.error();
    auto known = judge::load_all_known(inputs, options.baselines);
    if (!known) return known.error();
    find_participants(*participants);
    for (const auto& who : *participants)
        for (const std::string& warning : who->client.warnings)
            if (options.warn) options.warn(warning);
    auto plan = make_plan(inputs, options.selection, std::move(*participants));
    if (!plan) return plan.error();
    if (Problems problems = why_not_repeated(*plan, options.runs_of_case()); !problems.empty())
        return problems;
    RunOptions going_on = options;
    std::optional<Kept> kept;
    if (options.resume && fs::exists(options.out / "results.jsonl")) {
        auto read = read_kept(options.out / "results.jsonl");
        if (!read) return read.error();
        kept = std::move(*read);
        going_on.seed = kept->start.seed;
    }
    Run run(inputs, going_on, std::move(*plan), std::move(*known), kept);
    if (Problems problems = run.open(kept); !problems.empty()) return problems;
    return run.run();
}

}  // namespace guise::run
