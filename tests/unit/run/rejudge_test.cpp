#include "run/rejudge.hpp"

#include "run/kit.hpp"
#include "run/runner.hpp"

#include <catch2/catch.hpp>

using namespace guise;
using namespace guise::run;
using namespace guise::server;
using namespace guise::inputs;

namespace {

struct Place {
    TemporaryFolder folder;
    RunOptions options;
    report::Results results;

    explicit Place(const std::string& script = kit::verifying) {
        options.out = folder.path() / "out";
        options.selection.clients = {kit::write_client(folder.path(), "demo", script)};
        options.selection.only = {"trust/self-signed", "trust/root-signed", "handshake/wrong-signature"};
        results = guise::run::run(kit::inputs(), options).value();
    }
    report::Recorded recorded() const { return report::read_results(options.out / "results.jsonl").value(); }
};

}  // namespace

TEST_CASE("the evidence of a run leads to the verdicts of the run", "[rejudge]") {
    const Place place;
    const auto recorded = place.recorded();
    const auto again = rejudge(kit::inputs(), recorded, {}).value();
    CHECK(differences(place.results.cases, again.cases).empty());
    CHECK(again.end.exit == place.results.end.exit);
    CHECK(again.end.counts == place.results.end.counts);
    for (const report::CaseRecord& before : recorded.cases)
        for (const report::CaseRecord& after : again.cases)
            if (before.id == after.id) CHECK(after.judgement.sentence == before.judgement.sentence);
}

TEST_CASE("a client that never connects is inconclusive again", "[rejudge]") {
    const Place place("exit 0");
    const auto again = rejudge(kit::inputs(), place.recorded(), {}).value();
    CHECK(differences(place.results.cases, again.cases).empty());
    CHECK(again.end.exit == ExitCode::inconclusive);
}

TEST_CASE("evidence that says otherwise leads to another verdict", "[rejudge]") {
    const Place place;
    report::Recorded recorded = place.recorded();
    for (auto& visit : recorded.visits)
        if (visit.id.scenario == "trust/self-signed")
            visit.evidence.connections[0].application = visit.evidence.canary;
    const auto again = rejudge(kit::inputs(), recorded, {}).value();
    const auto changed = differences(place.results.cases, again.cases);
    REQUIRE(changed.size() == 1);
    CHECK(changed[0].scenario == "trust/self-signed");
    CHECK(again.end.exit == ExitCode::unexpected);
}

TEST_CASE("refusals without the control after them are inconclusive", "[rejudge]") {
    const Place place;
    report::Recorded recorded = place.recorded();
    std::erase_if(recorded.visits, [](const auto& visit) { return visit.control == "after"; });
    const auto again = rejudge(kit::inputs(), recorded, {}).value();
    CHECK(again.end.counts.at("inconclusive") == 3);
    CHECK(again.end.counts.at("pass") > 0);
}

TEST_CASE("a run that was killed before its verdicts is judged by what it has seen", "[rejudge]") {
    const Place place;
    report::Recorded recorded = place.recorded();
    recorded.cases.clear();
    recorded.end.reset();
    const auto again = rejudge(kit::inputs(), recorded, {}).value();
    CHECK(differences(place.results.cases, again.cases).empty());
    CHECK(again.end.exit == ExitCode::interrupted);
}

TEST_CASE("a scenario that is gone is a problem", "[rejudge]") {
    const Place place;
    report::Recorded recorded = place.recorded();
    recorded.visits.back().control.clear();
    recorded.visits.back().id.scenario = "gone/away";
    const auto again = rejudge(kit::inputs(), recorded, {});
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().text() == "expected the scenario gone/away in the catalogue, found none\n");
}

TEST_CASE("a profile that is gone is a problem", "[rejudge]") {
    const Place place;
    report::Recorded recorded = place.recorded();
    recorded.start.clients[0].profile = "bygone";
    const auto again = rejudge(kit::inputs(), recorded, {});
    REQUIRE_FALSE(again.has_value());
    CHECK_THAT(again.error().text(), Catch::Contains("the profile bygone of demo"));
}

TEST_CASE("a case that only one side has differs", "[rejudge]") {
    report::CaseRecord one;
    one.id = {"a/b", "strict", "x"};
    CHECK(differences({one}, {}).size() == 1);
    CHECK(differences({}, {one}).size() == 1);
    CHECK(differences({one}, {one}).empty());
}
