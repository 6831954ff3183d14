#include "run/session.hpp"

#include "base/time.hpp"
#include "run/kit.hpp"
#include "server/io_context.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <functional>
#include <set>
#include <stdexcept>
#include <thread>

namespace guise::run::session_test {

using namespace guise::server;
using namespace guise::inputs;
using judge::Disposition;
using judge::Verdict;

namespace {

// A catalogue of three: what must be accepted, what must be refused, and what cannot be run.
RunInputs small_inputs() {
    RunInputs out = kit::inputs();
    scenario::Scenario later = kit::make_scenario("c/later", kit::present("leaf"));
    std::get<scenario::Connect>(later.visits[0].action).starttls = "hidden";
    out.catalogue =
        scenario::Catalogue({kit::make_scenario("a/good", kit::present("leaf")),
                             kit::make_scenario("b/bad", kit::present("self-signed"), "a/good"), later});
    return out;
}

// One session of a client in strict mode.
struct Place {
    TemporaryFolder folder;
    RunInputs inputs = small_inputs();
    ChainProvider provider{inputs, SeededGenerator("seed"), machine_clock(), {}};
    Worker worker;
    Patience patience;
    boost::asio::io_context io{1};
    RunLimits limits{io.get_executor(), 2};
    std::unique_ptr<Events> events = Events::open(io.get_executor()).value();
    Stop stop;
    std::vector<judge::KnownDeviation> known;
    std::vector<report::VisitRecord> visits;
    std::function<void(const report::VisitRecord&)> on_visit;
    std::size_t done = 0;
    std::string repeat_with;
    bool keep_going = false;
    int repeat = 1;
    Plan plan;
    std::optional<judge::SessionRecords> result;

    explicit Place(const std::string& script, const std::vector<std::string>& only = {}) {
        Selection selection;
        selection.only = only;
        plan = make_plan(inputs, selection,
                         kit::participants({kit::write_client(folder.path(), "demo", script)}))
                   .value();
    }
    boost::asio::awaitable<judge::SessionRecords> session() {
        return run_session({provider, worker, patience, limits, *events, folder.path() / "homes", known, stop,
                            [this](const report::VisitRecord& visit) {
                                visits.push_back(visit);
                                if (on_visit) on_visit(visit);
                            },
                            [this](std::size_t runs) { done += runs; }, repeat_with, keep_going, repeat},
                           plan.sessions.at(0));
    }
    judge::SessionRecords run() { return kit::run_until_done(io, session()); }
    // Stops the session as soon as the client has said by a file that it runs.
    judge::SessionRecords run_and_stop_at(const kit::fs::path& file) {
        boost::asio::co_spawn(io, session(),
                              [&](const std::exception_ptr& error, judge::SessionRecords ended) {
                                  if (error) std::rethrow_exception(error);
                                  result = std::move(ended);
                              });
        const auto guard = std::chrono::steady_clock::now() + std::chrono::minutes(5);
        while (!kit::fs::exists(file) && std::chrono::steady_clock::now() < guard) {
            io.poll();
            std::this_thread::yield();
        }
        stop.now();
        while (!result && io.run_one_for(std::chrono::seconds(60)) == 1) {
        }
        return std::move(result).value();
    }
    std::vector<std::string> controls() const {
        std::vector<std::string> out;
        for (const auto& visit : visits)
            if (!visit.control.empty()) out.push_back(visit.control);
        return out;
    }
};

const report::CaseRecord& case_of(const judge::SessionRecords& result, const std::string& id) {
    return *std::find_if(result.cases.begin(), result.cases.end(),
                         [&](const auto& record) { return record.id.scenario == id; });
}

// A client that verifies, but for hosts of `area`, where it says by the file `running` that it runs, and
// stays.
std::string hanging_at(const std::string& area) {
    return "case {host} in *" + area +
           "*) echo $$ > {here}/new; mv {here}/new {here}/running; exec sleep 600;; esac\n" + kit::verifying;
}

// A client that verifies with roots that none of its servers has.
std::string refusing() {
    std::string script = kit::verifying;
    return script.replace(script.find("{trust}"), 7, "/etc/ssl/certs/ca-certificates.crt");
}

bool is_alive(int pid) {
    std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
    std::string number, name, state;
    return stat >> number >> name >> state && state != "Z";
}

}  // namespace

TEST_CASE("a client that verifies passes where it accepts and where it refuses", "[session]") {
    Place place(kit::verifying);
    const judge::SessionRecords result = place.run();
    CHECK(result.end.before);
    CHECK(result.end.after);
    CHECK(result.end.trouble.empty());
    CHECK(case_of(result, "a/good").judgement.verdict == Verdict::pass);
    CHECK(case_of(result, "b/bad").judgement.verdict == Verdict::pass);
    CHECK(case_of(result, "b/bad").disposition == Disposition::expected);
}

TEST_CASE("the controls come before and after all cases", "[session]") {
    Place place(kit::verifying);
    (void)place.run();
    REQUIRE(place.visits.size() == 4);
    CHECK(place.visits.front().control == "before");
    CHECK(place.visits.back().control == "after");
    CHECK(place.visits.front().id.scenario == "liveness");
}

TEST_CASE("what cannot be run is a case with its reason, and counts as done", "[session]") {
    Place place(kit::verifying);
    const judge::SessionRecords result = place.run();
    CHECK(result.cases.size() == 3);
    CHECK(place.done == 3);
    CHECK(case_of(result, "c/later").judgement.verdict == Verdict::not_run);
    CHECK(case_of(result, "c/later").judgement.sentence ==
          "Not run: 'starttls' in a visit is not supported yet.");
}

TEST_CASE("what does not apply is a case with its reason", "[session]") {
    Place place("true", {"b/bad"});
    place.plan.sessions[0].cases[1].not_applicable = "it is about names";
    const judge::SessionRecords result = place.run();
    CHECK(result.cases[1].judgement.verdict == Verdict::not_applicable);
    CHECK(result.cases[1].judgement.sentence == "Not applicable: it is about names.");
}

TEST_CASE("a session with nothing to run needs no controls", "[session]") {
    Place place("true", {"c/later"});
    const judge::SessionRecords result = place.run();
    CHECK(place.visits.empty());
    CHECK(result.cases.size() == 1);
    CHECK(result.end.trouble.empty());
}

TEST_CASE("a client that refuses everything fails where it must accept and passes nowhere", "[session]") {
    Place place(refusing());
    place.keep_going = true;
    const judge::SessionRecords result = place.run();
    CHECK_FALSE(result.end.before);
    CHECK_FALSE(result.end.after);
    CHECK_FALSE(result.end.skipped);
    CHECK(result.end.trouble.starts_with(
        "the control before the session was not accepted in two attempts: the client "));
    CHECK(case_of(result, "a/good").judgement.verdict == Verdict::fail);
    CHECK(case_of(result, "b/bad").judgement.verdict == Verdict::inconclusive);
    CHECK(case_of(result, "b/bad").disposition == Disposition::unexpected);
}

TEST_CASE("a control before the session that fails twice skips the cases", "[session]") {
    Place place(refusing());
    const judge::SessionRecords result = place.run();
    CHECK_FALSE(result.end.before);
    CHECK(result.end.skipped);
    CHECK(place.controls() == std::vector<std::string>{"before", "before"});
    REQUIRE(place.visits.size() == 2);
    CHECK(place.visits[0].attempt == 1);
    CHECK(place.visits[1].attempt == 2);
    CHECK(place.visits[0].evidence.canary != place.visits[1].evidence.canary);
    CHECK(place.done == 3);
    CHECK(case_of(result, "b/bad").judgement.verdict == Verdict::not_run);
    CHECK(case_of(result, "b/bad").judgement.sentence == "Not run: " + result.end.trouble + ".");
    CHECK(case_of(result, "c/later").judgement.sentence ==
          "Not run: 'starttls' in a visit is not supported yet.");
}

TEST_CASE("a client that fails the control once and then works is judged like any other", "[session]") {
    Place place("if [ ! -e {here}/failed ]; then touch {here}/failed; exit 1; fi\n" + kit::verifying);
    const judge::SessionRecords result = place.run();
    CHECK(result.end.before);
    CHECK(result.end.after);
    CHECK(result.end.trouble.empty());
    CHECK_FALSE(result.end.skipped);
    CHECK(place.controls() == std::vector<std::string>{"before", "before", "after"});
    CHECK(case_of(result, "a/good").judgement.verdict == Verdict::pass);
    CHECK(case_of(result, "b/bad").judgement.verdict == Verdict::pass);
}

TEST_CASE("a client that never connects passes nowhere", "[session]") {
    Place place("true");
    place.keep_going = true;
    const judge::SessionRecords result = place.run();
    CHECK_FALSE(result.end.before);
    for (const auto& record : result.cases) CHECK(record.judgement.verdict != Verdict::pass);
}

TEST_CASE("a refusal without its paired control means nothing", "[session]") {
    Place place("case {host} in good*) exit 0;; esac\n" + kit::verifying, {"b/bad"});
    const judge::SessionRecords result = place.run();
    CHECK(result.end.before);
    CHECK(case_of(result, "b/bad").judgement.verdict == Verdict::inconclusive);
}

TEST_CASE("a case record says whose it is, and how to repeat it", "[session]") {
    Place place(kit::verifying);
    const report::CaseRecord record = case_of(place.run(), "b/bad");
    CHECK(record.session == "demo/strict");
    CHECK((record.id == report::CaseId{"b/bad", "strict", "demo"}));
    CHECK(record.title == "Made for a test");
    CHECK(record.area == "b");
    CHECK(record.severity == "medium");
    CHECK(record.profile == "tls-client");
    CHECK(record.client_version == "1.0");
    CHECK(record.seen->decision == profile::Decision::refuse);
    CHECK(record.repro == "guise run --client " + (place.folder.path() / "demo.yaml").string() +
                              " --mode strict --only 'b/bad'");
    place.repeat_with = " --seed 7";
    CHECK(case_of(place.run(), "b/bad").repro.ends_with(" --only 'b/bad' --seed 7"));
}

TEST_CASE("each run of a case has a canary, a host and a home of its own", "[session][repeat]") {
    Place place("test ! -e {home}/was-here || exit 1; touch {home}/was-here; echo {host}\n" + kit::verifying);
    place.repeat = 3;
    const judge::SessionRecords result = place.run();
    CHECK(result.end.after);
    CHECK(place.done == 9);
    std::set<std::string> canaries;
    std::set<std::string> hosts;
    std::set<int> runs;
    for (const report::VisitRecord& visit : place.visits) {
        if (visit.id.scenario != "b/bad") continue;
        canaries.insert(visit.evidence.canary);
        hosts.insert(visit.evidence.presented->host);
        runs.insert(visit.attempt);
    }
    CHECK(canaries.size() == 3);
    CHECK(hosts.size() == 3);
    CHECK(runs == std::set<int>{1, 2, 3});
    CHECK(place.controls() == std::vector<std::string>{"before", "after"});
    CHECK(case_of(result, "b/bad").judgement.verdict == Verdict::pass);
    CHECK(case_of(result, "b/bad").spread.at(0).runs == std::vector<int>{1, 2, 3});
    CHECK(case_of(result, "c/later").spread.empty());
}

TEST_CASE("a client that leaks one time and not the other fails, and the runs are counted",
          "[session][repeat]") {
    // It counts its starts at b/bad, and looks away every second time.
    Place place(
        "case {host} in *b.guise.test) echo >> {here}/starts;\n"
        "[ $(($(wc -l < {here}/starts) % 2)) = 1 ] || set -- -k;; esac\n" +
        std::string(kit::verifying).insert(kit::verifying.find(" -sS"), " \"$@\""));
    place.limits = RunLimits(place.io.get_executor(), 1);
    place.repeat = 4;
    const report::CaseRecord record = case_of(place.run(), "b/bad");
    CHECK(record.judgement.verdict == Verdict::fail);
    CHECK_THAT(record.judgement.sentence, Catch::EndsWith(" 2 of 4 runs failed, 2 passed."));
}

TEST_CASE("of a session that is skipped no runs are told apart", "[session][repeat]") {
    Place place("exit 1");
    place.repeat = 3;
    const judge::SessionRecords result = place.run();
    CHECK(place.done == 9);
    CHECK(result.cases.size() == 3);
    for (const auto& record : result.cases) CHECK(record.spread.empty());
}

TEST_CASE("after a stop the runs that are left do not take place", "[session][repeat]") {
    Place place(hanging_at("b.guise.test"));
    place.repeat = 3;
    const judge::SessionRecords result = place.run_and_stop_at(place.folder.path() / "running");
    CHECK(place.done == 9);
    CHECK(case_of(result, "b/bad").judgement.verdict == Verdict::not_run);
}

TEST_CASE("what is known of a case is looked up", "[session]") {
    std::string script = kit::verifying;
    script.replace(script.find("--cacert"), 8, "-k --cacert");
    Place place(script);
    judge::KnownDeviation entry;
    entry.client = "demo";
    entry.scenario = "b/*";
    entry.mode = "strict";
    entry.check = "decision";
    entry.observed = "accept";
    entry.reason = "it was started with -k";
    place.known = {entry, entry};
    place.known[1].check = "canary";
    place.known[1].observed = "the canary arrived";
    const report::CaseRecord record = case_of(place.run(), "b/bad");
    CHECK(record.judgement.verdict == Verdict::fail);
    CHECK(record.disposition == Disposition::expected);
    CHECK(record.known == "it was started with -k");
}

TEST_CASE("a folder that cannot be made is an error that nobody expected", "[session]") {
    Place place("true");
    kit::write(place.folder.path() / "homes", "in the way");
    const judge::SessionRecords result = place.run();
    CHECK(result.end.skipped);
    CHECK(case_of(result, "a/good").judgement.verdict == Verdict::error);
    CHECK(case_of(result, "a/good").disposition == Disposition::unexpected);
    CHECK(case_of(result, "a/good").judgement.sentence.find("homes") != std::string::npos);
    CHECK(result.end.trouble.find("homes") != std::string::npos);
}

TEST_CASE("a stop in the middle kills the client and keeps what had been found", "[session]") {
    Place place(hanging_at("b.guise.test"));
    const judge::SessionRecords result = place.run_and_stop_at(place.folder.path() / "running");
    const int pid = std::stoi(kit::content_of(place.folder.path() / "running"));
    CHECK_FALSE(is_alive(pid));
    CHECK(result.end.before);
    CHECK(case_of(result, "b/bad").judgement.verdict == Verdict::not_run);
    CHECK(case_of(result, "b/bad").judgement.sentence == "Not run: the run was stopped.");
}

TEST_CASE("after a stop nothing begins, not even a control", "[session]") {
    Place place(hanging_at("b.guise.test"));
    const judge::SessionRecords result = place.run_and_stop_at(place.folder.path() / "running");
    CHECK(place.controls() == std::vector<std::string>{"before"});
    CHECK(result.end.trouble == "the control after the session was not accepted: the run was stopped");
}

TEST_CASE("a stop in the control before leaves every case not run", "[session]") {
    Place place(hanging_at("liveness.guise.test"));
    const judge::SessionRecords result = place.run_and_stop_at(place.folder.path() / "running");
    CHECK(place.visits.empty());
    CHECK(place.done == 3);
    for (const auto& record : result.cases) CHECK(record.judgement.verdict == Verdict::not_run);
}

TEST_CASE("a session that begins after the stop runs nothing", "[session]") {
    Place place(kit::verifying);
    place.stop.now();
    const judge::SessionRecords result = place.run();
    CHECK(place.visits.empty());
    CHECK(result.cases.size() == 3);
}

TEST_CASE("what is thrown in a case is the error of that case, and of no other", "[session]") {
    Place place(kit::verifying);
    place.on_visit = [](const report::VisitRecord& visit) {
        if (visit.id.scenario == "b/bad") throw std::runtime_error("it cannot be kept");
    };
    const judge::SessionRecords result = place.run();
    CHECK(case_of(result, "b/bad").judgement.verdict == Verdict::error);
    CHECK(case_of(result, "b/bad").judgement.sentence == "internal error: it cannot be kept");
    CHECK(case_of(result, "a/good").judgement.verdict == Verdict::pass);
    CHECK(result.end.after);
}

TEST_CASE("a session may be destroyed while its clients run", "[session]") {
    Place place(hanging_at("guise.test"));
    for (int clients = 0; clients < 2; ++clients) {
        IoContext io;
        RunLimits limits(io.get_executor(), 1);
        const auto events = Events::open(io.get_executor()).value();
        const IoContext::FrameGuard frames(io);
        SessionPlace where{place.provider,
                           place.worker,
                           place.patience,
                           limits,
                           *events,
                           place.folder.path() / "homes",
                           place.known,
                           place.stop,
                           [](const report::VisitRecord&) {},
                           [](std::size_t) {},
                           ""};
        boost::asio::co_spawn(
            io, run_session(where, place.plan.sessions.at(0)),
            [](const std::exception_ptr&, const judge::SessionRecords&) { FAIL("it has not ended"); });
        for (int i = 0; i < 10 + clients * 40; ++i) io.poll_one();
    }
    SUCCEED();
}

}  // namespace guise::run::session_test
