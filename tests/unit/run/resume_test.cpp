#include "run/resume.hpp"

#include "report/results_file.hpp"
#include "run/kit.hpp"
#include "run/runner.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace guise::run::resume_test {

using namespace guise::server;
using namespace guise::inputs;

namespace {

// A run of two modes, so that it has two sessions.
struct Place {
    TemporaryFolder folder;
    RunOptions options;
    kit::fs::path file = folder.path() / "out" / "results.jsonl";

    Place() {
        const std::string more = "modes: {strict: {}, disabled: {}}\n";
        std::string text = kit::content_of(kit::write_client(folder.path(), "demo", kit::verifying));
        text.replace(text.find("modes: {strict: {}}\n"), 20, more);
        kit::write(folder.path() / "demo.yaml", text);
        options.out = folder.path() / "out";
        options.selection.clients = {(folder.path() / "demo.yaml").string()};
        options.selection.only = {"trust/self-signed", "trust/root-signed"};
    }
    report::Results run() const { return guise::run::run(kit::inputs(), options).value(); }
    std::vector<std::string> lines() const {
        std::istringstream text(kit::content_of(file));
        std::vector<std::string> out;
        for (std::string line; std::getline(text, line);) out.push_back(line);
        return out;
    }
    // Cuts the file as a kill does: after `count` bytes.
    void kill_at(std::size_t count) const { kit::write(file, kit::content_of(file).substr(0, count)); }
};

kit::fs::path folder_file(const Place& place) { return place.folder.path() / "demo.yaml"; }

std::vector<std::pair<report::CaseId, judge::Verdict>> verdicts(const report::Results& results) {
    std::vector<std::pair<report::CaseId, judge::Verdict>> out;
    for (const auto& record : results.cases) out.emplace_back(record.id, record.judgement.verdict);
    return out;
}

}  // namespace

TEST_CASE("a run that was killed anywhere ends as one that was not", "[resume]") {
    Place place;
    const report::Results whole = place.run();
    const std::string file = kit::content_of(place.file);
    const std::size_t first = file.find('\n') + 1;
    place.options.resume = true;
    for (const std::size_t cut :
         {first, first + 10, file.size() / 3, file.size() / 2, file.size() * 9 / 10, file.size()}) {
        kit::write(place.file, file.substr(0, cut));
        const report::Results resumed = place.run();
        CHECK(verdicts(resumed) == verdicts(whole));
        CHECK(resumed.end.exit == whole.end.exit);
        CHECK(resumed.end.counts == whole.end.counts);
        CHECK(resumed.start.seed == whole.start.seed);
        CHECK(resumed.sessions.size() == whole.sessions.size());
        const auto lines = place.lines();
        CHECK(std::count_if(lines.begin(), lines.end(), [](const auto& line) {
                  return line.starts_with(R"({"type":"case")");
              }) == static_cast<long>(whole.cases.size()));
    }
}

TEST_CASE("what had ended is not run again", "[resume]") {
    Place place;
    place.run();
    const auto before = place.lines();
    place.options.resume = true;
    place.run();
    auto after = place.lines();
    CHECK(std::vector(after.begin(), after.end() - 1) == std::vector(before.begin(), before.end() - 1));
}

TEST_CASE("a session that was skipped is run again", "[resume]") {
    Place place;
    const std::string client = kit::content_of(folder_file(place));
    std::string absent = client;
    absent.replace(absent.find("exec curl"), 9, "exit 1; curl");
    kit::write(folder_file(place), absent);
    const report::Results skipped = place.run();
    CHECK(skipped.end.exit == ExitCode::environment);
    CHECK(skipped.end.reason.starts_with("demo/"));
    CHECK(skipped.end.counts.at("not-run") == skipped.cases.size());
    kit::write(folder_file(place), client);
    place.options.resume = true;
    const report::Results resumed = place.run();
    CHECK(resumed.end.exit == ExitCode::as_expected);
    CHECK(resumed.cases.size() == skipped.cases.size());
    CHECK_FALSE(resumed.end.counts.contains("not-run"));
}

TEST_CASE("there may be nothing to go on with", "[resume]") {
    Place place;
    place.options.resume = true;
    CHECK(place.run().end.exit == ExitCode::as_expected);
}

TEST_CASE("another selection is not a run to go on with", "[resume]") {
    Place place;
    place.run();
    const std::string before = kit::content_of(place.file);
    place.options.resume = true;
    place.options.selection.only = {"trust/self-signed"};
    const auto refused = guise::run::run(kit::inputs(), place.options);
    REQUIRE_FALSE(refused.has_value());
    CHECK_THAT(refused.error().text(),
               Catch::StartsWith("cannot resume: this run had another number of cases: "));
    CHECK(kit::content_of(place.file) == before);
}

TEST_CASE("as many cases of another selection are not a run to go on with", "[resume]") {
    Place place;
    place.options.selection.only = {"trust/self-signed"};
    place.options.selection.modes = {"strict"};
    place.run();
    place.options.resume = true;
    const auto problem = [&] {
        const auto resumed = guise::run::run(kit::inputs(), place.options);
        return resumed ? std::string() : resumed.error().text();
    };
    CHECK(problem().empty());
    place.options.selection.only = {"names/wrong-name"};
    CHECK(
        problem() ==
        "cannot resume: this run selected other scenarios (session demo/strict had 2 cases, and now has 2); "
        "repeat the original options\n");
    place.options.selection.only = {"trust/self-signed"};
    place.options.selection.modes = {"disabled"};
    CHECK_THAT(problem(), Catch::EndsWith("(session demo/strict is missing); repeat the original options\n"));
}

TEST_CASE("a clock of one's own must be that of the run that is resumed", "[resume]") {
    report::RunStart before, now;
    before.now = now.now = std::chrono::sys_days(std::chrono::year(2027) / 1 / 31);
    now.clock_given = true;
    CHECK(why_not_resumed(before, now).empty());
    now.now += std::chrono::hours(1);
    CHECK_THAT(why_not_resumed(before, now).text(),
               Catch::StartsWith("cannot resume: this run had another clock: 2027-01-31"));
    now.clock_given = false;  // the run's own goes on
    CHECK(why_not_resumed(before, now).empty());
}

TEST_CASE("another catalogue, version or client is named", "[resume]") {
    report::RunStart before;
    before.version = "1";
    before.catalogue_digest = "aaaa";
    before.clients = {{"curl", "8", "tls-client", "option", ""}};
    CHECK(why_not_resumed(before, before).empty());
    report::RunStart now = before;
    now.version = "2";
    now.catalogue_digest = "bbbb";
    now.clients[0].version = "9";
    CHECK(why_not_resumed(before, now).text() ==
          "cannot resume: this run had another version of guise: 1, and now it is 2; repeat the original "
          "options\n"
          "cannot resume: this run had another catalogue: aaaa, and now it is bbbb; repeat the original "
          "options\n"
          "cannot resume: this run had another set of clients: curl 8 by tls-client, and now it is curl 9 by "
          "tls-client; repeat the original options\n");
}

TEST_CASE("a run that repeats its cases is resumed with all their runs", "[resume][repeat]") {
    Place place;
    place.options.repeat = 3;
    place.options.selection.modes = {"strict"};
    const report::Results whole = place.run();
    const std::string file = kit::content_of(place.file);
    place.options.resume = true;
    for (const std::size_t cut : {file.size() / 2, file.size()}) {
        kit::write(place.file, file.substr(0, cut));
        std::vector<report::Progress> told;
        place.options.progress = [&](const report::Progress& progress) { told.push_back(progress); };
        const report::Results resumed = place.run();
        CHECK(verdicts(resumed) == verdicts(whole));
        CHECK(told.back().done == whole.cases.size() * 3);
        CHECK(told.back().all == whole.cases.size() * 3);
        const auto lines = place.lines();
        CHECK(std::count_if(lines.begin(), lines.end(), [](const auto& line) {
                  return line.starts_with(R"({"type":"visit")");
              }) == static_cast<long>(whole.cases.size() * 3 + 2));
    }
}

TEST_CASE("another number of runs is not a run to go on with", "[resume][repeat]") {
    Place place;
    place.run();
    place.options.resume = true;
    place.options.repeat = 2;
    const auto refused = guise::run::run(kit::inputs(), place.options);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().text() ==
          "cannot resume: this run had another number of runs of a case: 1, and now it is 2; repeat the "
          "original options\n");
}

}  // namespace guise::run::resume_test
