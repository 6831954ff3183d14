#include "run/runner.hpp"

#include "run/kit.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <csignal>
#include <map>
#include <utility>

namespace guise::run::runner_test {

using namespace guise::server;
using namespace guise::inputs;

namespace {

// A run of clients that are a line of shell, through a few scenarios.
struct Place {
    TemporaryFolder folder;
    RunOptions options;

    explicit Place(const std::string& script = kit::verifying) {
        options.out = folder.path() / "out";
        options.selection.clients = {client("demo", script)};
        options.selection.only = {"trust/self-signed", "trust/root-signed"};
        options.seed = "5eed";
    }
    std::string client(const std::string& name, const std::string& script) const {
        return kit::write_client(folder.path(), name, script);
    }
    report::Results run() const { return guise::run::run(kit::inputs(), options).value(); }
    std::vector<nlohmann::json> lines() const {
        std::vector<nlohmann::json> out;
        std::istringstream text(kit::content_of(options.out / "results.jsonl"));
        for (std::string line; std::getline(text, line);) out.push_back(nlohmann::json::parse(line));
        return out;
    }
    std::map<std::string, int> types() const {
        std::map<std::string, int> out;
        for (const auto& line : lines()) ++out[line["type"]];
        return out;
    }
    // A baseline that knows of one scenario: the client accepts, and so the canary arrives.
    std::string baseline(const std::string& scenario) const {
        const auto entry = [&](const std::string& check, const std::string& observed) {
            return "  - {match: {scenario: " + scenario + ", mode: strict, check: " + check +
                   "}, fails: {verdict: fail, observed: " + observed +
                   "}, reason: we know, evidence: none, expires: \"2999-01-01\"}\n";
        };
        const kit::fs::path file = folder.path() / "known.yaml";
        kit::write(file, "known: demo\nentries:\n" + entry("decision", "accept") +
                             entry("canary", "the canary arrived"));
        return file;
    }
};

std::string accepting() {
    std::string out = kit::verifying;
    return out.replace(out.find("--cacert"), 8, "-k --cacert");
}

}  // namespace

TEST_CASE("a run of a client that verifies is as expected", "[runner]") {
    Place place;
    const report::Results results = place.run();
    CHECK(results.end.exit == ExitCode::as_expected);
    CHECK(results.end.counts.at("pass") == results.cases.size());
    CHECK(std::is_sorted(results.cases.begin(), results.cases.end(),
                         [](const auto& a, const auto& b) { return a.id < b.id; }));
}

TEST_CASE("a case that passed takes little memory once it is in the file", "[runner]") {
    Place place;
    for (const report::CaseRecord& record : place.run().cases) {
        CHECK(record.judgement.checks.capacity() == 0);
        CHECK(record.judgement.sentence.capacity() == std::string().capacity());
        CHECK(record.repro.capacity() == std::string().capacity());
        CHECK_FALSE(record.seen);
    }
}

TEST_CASE("a client that fails its control twice is skipped, and the others are run", "[runner]") {
    Place place;
    place.options.selection.clients.push_back(place.client("absent", "exit 1"));
    const report::Results results = place.run();
    CHECK(results.end.exit == ExitCode::environment);
    CHECK(results.end.reason ==
          "absent/strict was skipped: the control before the session was not accepted in two attempts: the "
          "client never connected (exit 1)");
    for (const auto& record : results.cases)
        CHECK(record.judgement.verdict ==
              (record.id.client == "absent" ? judge::Verdict::not_run : judge::Verdict::pass));
    const auto lines = place.lines();
    CHECK(std::ranges::count_if(lines, [](const auto& line) {
              return line["type"] == "visit" && line["client"] == "absent" && line["control"] == "before";
          }) == 2);
}

TEST_CASE("a run that keeps going has a verdict on every case of a client that fails its control",
          "[runner]") {
    Place place("exit 1");
    place.options.keep_going = true;
    const report::Results results = place.run();
    CHECK(results.end.exit == ExitCode::inconclusive);
    CHECK(results.end.counts.at("inconclusive") == results.cases.size());
    CHECK(results.cases[0].repro.ends_with(" --keep-going"));
}

TEST_CASE("results.jsonl begins and ends with the run, and has a line for everything between", "[runner]") {
    Place place;
    const report::Results results = place.run();
    const auto lines = place.lines();
    CHECK(lines.front()["type"] == "run.start");
    CHECK(lines.front()["cases"] == results.cases.size());
    CHECK(lines.back()["type"] == "run.end");
    CHECK(lines.back()["exit"] == 0);
    const auto types = place.types();
    CHECK(types.at("case") == static_cast<int>(results.cases.size()));
    CHECK(types.at("visit") == types.at("case") + 2);
    CHECK(types.at("session.end") == 1);
}

TEST_CASE("the first record says what the run was made of", "[runner]") {
    Place place;
    place.options.now = kit::now;
    const report::RunStart start = place.run().start;
    CHECK(start.seed == "5eed");
    CHECK(start.now == kit::now);
    CHECK(start.clock_given);
    CHECK(start.catalogue_digest == digest_of(kit::inputs()));
    REQUIRE(start.clients.size() == 1);
    CHECK(start.clients[0].name == "demo");
    CHECK(start.clients[0].version == "1.0");
    CHECK(start.clients[0].profile == "tls-client");
    CHECK(start.clients[0].routing == "option");
}

TEST_CASE("a run that was given no seed draws one and tells it", "[runner]") {
    Place place("true");
    place.options.seed.clear();
    const report::RunStart start = place.run().start;
    CHECK(start.seed.size() == 8);
    CHECK_FALSE(start.clock_given);
}

TEST_CASE("the same seed gives a case the same canary", "[runner]") {
    Place place("true");
    place.options.keep_going = true;
    const auto canaries = [&] {
        (void)place.run();
        std::map<std::string, std::string> out;
        for (const auto& line : place.lines())
            if (line["type"] == "visit")
                out[line["scenario"].get<std::string>() + line["control"].get<std::string>()] =
                    line["evidence"]["canary"];
        return out;
    };
    const auto first = canaries();
    CHECK(first.size() > 2);
    CHECK(canaries() == first);
    place.options.seed = "other";
    CHECK(canaries() != first);
}

TEST_CASE("the homes of clients go at the end", "[runner]") {
    Place place;
    (void)place.run();
    CHECK_FALSE(kit::fs::exists(place.options.out / "homes"));
}

TEST_CASE("a folder homes that somebody else has made is left alone", "[runner]") {
    Place place;
    const auto thesis = place.options.out / "homes" / "alice" / "thesis.txt";
    kit::write(thesis, "precious");
    (void)place.run();
    CHECK(kit::content_of(thesis) == "precious");
    CHECK_FALSE(kit::fs::exists(place.options.out / "homes-2"));
}

TEST_CASE("the homes of clients stay where that was asked for, also after later runs", "[runner]") {
    Place place("touch \"$HOME/mark\"");
    place.options.keep = true;
    const report::Results results = place.run();
    const auto mark = place.options.out / "homes" / "demo" / "strict" / "before" / "mark";
    CHECK(kit::fs::exists(mark));
    CHECK(results.kept_homes == kit::fs::absolute(place.options.out / "homes").string());
    place.options.keep = false;
    CHECK(place.run().kept_homes.empty());
    CHECK(kit::fs::exists(mark));
}

TEST_CASE("progress goes from none to all, with the verdicts", "[runner]") {
    Place place("true");
    place.options.keep_going = true;
    std::vector<std::size_t> done;
    report::Progress last;
    place.options.progress = [&](const report::Progress& progress) {
        done.push_back(progress.done);
        last = progress;
    };
    const auto results = place.run();
    const std::size_t of = last.all;
    CHECK(of == results.cases.size());
    CHECK(last.verdicts == std::map<std::string, std::size_t>{{"inconclusive", of}});
    CHECK(done.front() == 0);
    CHECK(done.back() == of);
    CHECK(std::is_sorted(done.begin(), done.end()));
}

TEST_CASE("several clients run in one run, each in its own session", "[runner]") {
    Place place;
    place.options.selection.clients.push_back(place.client("other", "true"));
    const report::Results results = place.run();
    CHECK(results.sessions.size() == 2);
    CHECK(results.start.clients.size() == 2);
    CHECK(results.end.exit != ExitCode::as_expected);
}

TEST_CASE("a client that accepts what it must refuse fails the run", "[runner]") {
    Place place(accepting());
    const report::Results results = place.run();
    CHECK(results.end.exit == ExitCode::unexpected);
    CHECK(results.end.counts.at("fail") == 1);
}

TEST_CASE("a failure that the baseline knows is as expected", "[runner]") {
    Place place(accepting());
    place.options.baselines = {place.baseline("trust/self-signed")};
    const report::Results results = place.run();
    CHECK(results.end.exit == ExitCode::as_expected);
    CHECK(results.end.counts.at("fail") == 1);
}

TEST_CASE("a baseline that knows of a failure which is gone fails the run", "[runner]") {
    Place place;
    place.options.baselines = {place.baseline("trust/self-signed")};
    CHECK(place.run().end.exit == ExitCode::unexpected);
}

TEST_CASE("a baseline about a scenario that no longer exists is stale", "[runner]") {
    Place place;
    place.options.baselines = {place.baseline("trust/no-such")};
    CHECK(place.run().end.exit == ExitCode::stale);
}

TEST_CASE("a baseline that cannot be read keeps the run from starting", "[runner]") {
    Place place;
    place.options.baselines = {place.folder.path() / "no-such.yaml"};
    CHECK_FALSE(run::run(kit::inputs(), place.options).has_value());
    CHECK_FALSE(kit::fs::exists(place.options.out));
}

TEST_CASE("a selection that is wrong keeps the run from starting", "[runner]") {
    Place place;
    SECTION("a client that nobody knows") { place.options.selection.clients = {"crul"}; }
    SECTION("a pattern that matches nothing") { place.options.selection.only = {"no/such"}; }
    SECTION("a mode that no client has") { place.options.selection.modes = {"strikt"}; }
    CHECK_FALSE(run::run(kit::inputs(), place.options).has_value());
    CHECK_FALSE(kit::fs::exists(place.options.out));
}

TEST_CASE("a place that cannot be written keeps the run from starting", "[runner]") {
    Place place;
    kit::write(place.options.out, "in the way");
    CHECK_FALSE(run::run(kit::inputs(), place.options).has_value());
}

TEST_CASE("a client that was asked for and is missing is the fault of the machine", "[runner]") {
    Place place;
    const std::string file = place.client("absent", "true");
    std::string text = kit::content_of(file);
    text.replace(text.find("run: [sh,"), 9, "run: [no-such-program,");
    kit::write(file, text);
    place.options.selection.clients.push_back(file);
    const report::Results results = place.run();
    CHECK(results.end.exit == ExitCode::environment);
    CHECK(results.end.reason.starts_with("absent took no part: not installed"));
    CHECK(results.sessions.size() == 1);
    CHECK_FALSE(results.cases.empty());
}

TEST_CASE("a run with nobody to run ends all the same", "[runner]") {
    Place place;
    const std::string file = place.options.selection.clients[0];
    std::string text = kit::content_of(file);
    text.replace(text.find("run: [sh,"), 9, "run: [no-such-program,");
    kit::write(file, text);
    const report::Results results = place.run();
    CHECK(results.cases.empty());
    CHECK((place.types() == std::map<std::string, int>{{"run.start", 1}, {"run.end", 1}}));
}

TEST_CASE("a full disk is the fault of the machine", "[runner]") {
    Place place("true");
    kit::fs::create_directories(place.options.out);
    kit::fs::create_symlink("/dev/full", place.options.out / "results.jsonl");
    const report::Results results = place.run();
    CHECK(results.end.exit == ExitCode::environment);
    CHECK(results.end.reason == fmt::format("cannot write {}: No space left on device",
                                            (place.options.out / "results.jsonl").string()));
    CHECK(results.file_failure == "No space left on device");
}

TEST_CASE("a signal stops the run, and the results hold what had been found", "[runner]") {
    for (const int signal : {SIGINT, SIGTERM}) {
        Place place;
        place.options.jobs = 1;
        place.options.progress = [&, asked = false](const report::Progress& progress) mutable {
            if (progress.done == 1 && !std::exchange(asked, true)) std::raise(signal);
        };
        const report::Results results = place.run();
        CHECK(results.end.exit == ExitCode::interrupted);
        CHECK_FALSE(results.end.counts.empty());
        CHECK(results.end.counts.at("not-run") > 0);
        CHECK(place.lines().back()["exit"] == 2);
        CHECK_FALSE(place.types().contains("session.end"));
        CHECK_FALSE(kit::fs::exists(place.options.out / "homes"));
    }
}

TEST_CASE("a signal before the first case lets no client start", "[runner]") {
    Place place;
    place.options.progress = [&, asked = false](const report::Progress& progress) mutable {
        if (progress.done == 0 && !std::exchange(asked, true)) std::raise(SIGTERM);
    };
    const report::Results results = place.run();
    CHECK(results.end.exit == ExitCode::interrupted);
    CHECK_FALSE(place.types().contains("visit"));
}

TEST_CASE("a fault of the harness outside of a case leaves whole reports and the exit code for it",
          "[runner]") {
    const std::size_t when = GENERATE(0, 1, 2);
    Place place;
    place.options.progress = [&](const report::Progress& progress) {
        if (progress.done == when) throw std::runtime_error("no screen");
    };
    const report::Results results = place.run();
    CHECK(results.end.exit == ExitCode::internal);
    CHECK(results.end.reason == "internal error: no screen");
    CHECK(results.cases.size() == results.start.cases);
    CHECK(place.lines().back()["exit"] == 3);
    CHECK(place.types().at("case") == static_cast<int>(results.start.cases));
}

TEST_CASE("a case that is repeated is counted once, and each of its runs as progress", "[runner][repeat]") {
    Place place;
    place.options.repeat = 3;
    report::Progress last;
    place.options.progress = [&](const report::Progress& progress) { last = progress; };
    const report::Results results = place.run();
    CHECK(results.end.exit == ExitCode::as_expected);
    CHECK(results.start.cases == results.cases.size());
    CHECK(results.start.repeat == 3);
    CHECK(last.done == results.cases.size() * 3);
    CHECK(last.all == last.done);
    CHECK(last.verdicts.at("pass") == results.cases.size());
    for (const auto& line : place.lines())
        if (line["type"] == "case") CHECK(line["spread"][0]["runs"].dump() == "[1,2,3]");
    CHECK(results.cases[0].spread.capacity() == 0);
}

TEST_CASE("the command that repeats a case repeats it as often", "[runner][repeat]") {
    Place place(accepting());
    place.options.repeat = 2;
    for (const report::CaseRecord& record : place.run().cases)
        if (record.judgement.verdict == judge::Verdict::fail)
            CHECK(record.repro.ends_with(" --seed 5eed --repeat 2"));
}

TEST_CASE("a number of runs that is out of range keeps a run from starting", "[runner][repeat]") {
    Place place;
    place.options.repeat = 1001;
    const auto refused = guise::run::run(kit::inputs(), place.options);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().text() == "expected a number of runs from 1 to 1000, found 1001\n");
    CHECK_FALSE(kit::fs::exists(place.options.out));
}

}  // namespace guise::run::runner_test
