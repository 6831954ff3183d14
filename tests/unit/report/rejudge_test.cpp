#include "report/rejudge.hpp"

#include "inputs/kit.hpp"
#include "judge/kit.hpp"
#include "report/results_file.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace guise::report::rejudge_test {

using judge::Verdict;

namespace {

using Connection = tls::Transcript;
namespace test = judge::test;

// What trust/self-signed is paired with.
const std::string& good() {
    const auto& catalogue = kit::inputs().catalogue;
    return catalogue.control_of(*catalogue.find("trust/self-signed"))->id;
}

// The records of a run, to be changed before they are written.
struct Records {
    RunStart start;
    std::vector<evidence::VisitRecord> visits;
    std::vector<judge::CaseRecord> cases;
    std::vector<judge::SessionEnd> ends;
    std::optional<RunEnd> end;
};

evidence::VisitRecord visit(const std::string& scenario, Connection connection,
                            const std::string& control = {}) {
    evidence::VisitRecord out;
    out.session = "demo/strict";
    out.id = {scenario, "strict", "demo"};
    out.control = control;
    out.evidence = test::visit({std::move(connection)});
    return out;
}

judge::CaseRecord recorded(const std::string& scenario, Verdict verdict) {
    judge::CaseRecord out;
    out.session = "demo/strict";
    out.id = {scenario, "strict", "demo"};
    out.judgement = {verdict, "As it was recorded.", {{}}};
    out.repro = "guise run";
    return out;
}

// One session: a chain that was accepted and one that was refused beside it, between two controls.
Records run() {
    Records out;
    out.start.clients = {{"demo", "1.0", "tls-client", "option", ""}};
    out.start.now = kit::now;
    out.visits = {visit("liveness", test::finished(test::canary), "before"),
                  visit(good(), test::finished(test::canary)), visit("trust/self-signed", test::refused()),
                  visit("liveness", test::finished(test::canary), "after")};
    out.cases = {recorded(good(), Verdict::pass), recorded("trust/self-signed", Verdict::pass)};
    out.ends = {{"demo/strict", "demo", "strict", true, true, ""}};
    out.end = RunEnd{};
    return out;
}

Result<Rejudged> judged(const Records& records) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "results.jsonl";
    {
        auto out = ResultsFile::create(file).value();
        out.write(records.start);
        for (const auto& each : records.visits) out.write(each);
        for (const auto& each : records.cases) out.write(each);
        for (const auto& each : records.ends) out.write(each);
        if (records.end) out.write(*records.end);
    }
    return rejudge(kit::inputs(), file, {}, kit::vocabulary());
}

Verdict verdict_of(const Rejudged& judged, const std::string& scenario) {
    const auto& cases = judged.results.cases;
    const auto found = std::find_if(cases.begin(), cases.end(),
                                    [&](const auto& record) { return record.id.scenario == scenario; });
    REQUIRE(found != cases.end());
    return found->judgement.verdict;
}

}  // namespace

TEST_CASE("the evidence of a run leads to its verdicts", "[rejudge]") {
    const Rejudged again = judged(run()).value();
    CHECK(again.changed.empty());
    CHECK(again.ended);
    CHECK_FALSE(again.cut);
    CHECK(again.results.end.exit == ExitCode::as_expected);
    CHECK(again.results.end.counts.at("pass") == 2);
}

TEST_CASE("a record that is judged again keeps what the run knew of the case", "[rejudge]") {
    const Rejudged again = judged(run()).value();
    CHECK(again.results.cases[0].repro == "guise run");
    CHECK(again.results.cases[0].client_version == "1.0");
    CHECK(again.results.cases[0].profile == "tls-client");
}

TEST_CASE("a session that was skipped stays skipped, with its reason", "[rejudge]") {
    Records records = run();
    records.visits = {visit("liveness", test::refused(), "before"),
                      visit("liveness", test::refused(), "before")};
    records.visits[1].attempt = 2;
    for (judge::CaseRecord& record : records.cases)
        record.judgement = {Verdict::not_run, "Not run: refused.", {}};
    judge::SessionEnd& end = records.ends[0];
    end.before = end.after = false;
    end.trouble = "the control before the session was not accepted in two attempts: the client refused";
    end.skipped = true;
    const Rejudged again = judged(records).value();
    CHECK(again.changed.empty());
    CHECK(again.results.cases[0].judgement.sentence == "Not run: refused.");
    REQUIRE(again.results.sessions.size() == 1);
    CHECK(again.results.sessions[0].skipped);
    CHECK(again.results.end.exit == ExitCode::environment);
    CHECK(again.results.end.reason == "demo/strict was skipped: " + end.trouble);
}

TEST_CASE("evidence that says otherwise leads to another verdict", "[rejudge]") {
    Records records = run();
    records.visits[2] = visit("trust/self-signed", test::finished(test::canary));
    const Rejudged again = judged(records).value();
    REQUIRE(again.changed.size() == 1);
    CHECK(again.changed[0].scenario == "trust/self-signed");
    CHECK(again.results.end.exit == ExitCode::unexpected);
}

TEST_CASE("refusals without the control after them are inconclusive", "[rejudge]") {
    Records records = run();
    records.visits.pop_back();
    const Rejudged again = judged(records).value();
    CHECK(verdict_of(again, "trust/self-signed") == Verdict::inconclusive);
    CHECK(verdict_of(again, good()) == Verdict::pass);
    REQUIRE(again.results.sessions.size() == 1);
    CHECK(again.results.sessions[0].before);
    CHECK_FALSE(again.results.sessions[0].after);
}

TEST_CASE("a run that was killed before its verdicts is judged by what it has seen", "[rejudge]") {
    Records records = run();
    records.cases.clear();
    records.ends.clear();
    records.end.reset();
    const Rejudged again = judged(records).value();
    CHECK_FALSE(again.ended);
    CHECK(again.results.end.exit == ExitCode::interrupted);
    CHECK(again.results.end.counts.at("pass") == 2);
}

TEST_CASE("a case that did not come to its end keeps its verdict", "[rejudge]") {
    Records records = run();
    records.cases[1].judgement = {Verdict::error, "The adapter was gone.", {}};
    Rejudged again = judged(records).value();
    CHECK(again.changed.empty());
    CHECK(verdict_of(again, "trust/self-signed") == Verdict::error);
    records.visits.erase(records.visits.begin() + 2);
    again = judged(records).value();
    CHECK(again.changed.empty());
    CHECK(verdict_of(again, "trust/self-signed") == Verdict::error);
}

TEST_CASE("each run of a case is judged again, and the worst counts", "[rejudge][repeat]") {
    Records records = run();
    for (const int attempt : {2, 3}) {
        records.visits.push_back(visit(good(), test::finished(test::canary)));
        records.visits.back().attempt = attempt;
        records.visits.push_back(visit("trust/self-signed", test::refused()));
        records.visits.back().attempt = attempt;
    }
    records.visits.back().evidence = test::visit({test::finished(test::canary)});
    records.cases[1].judgement.verdict = Verdict::fail;
    const Rejudged again = judged(records).value();
    CHECK(again.changed.empty());
    for (const CaseRecord& record : again.results.cases) {
        REQUIRE_FALSE(record.spread.empty());
        if (record.id.scenario == good())
            CHECK(record.spread[0].runs == std::vector<int>{1, 2, 3});
        else
            CHECK(record.spread[0].runs == std::vector<int>{3});
    }
}

TEST_CASE("a run of a case that did not come to its end keeps what was recorded of it", "[rejudge][repeat]") {
    Records records = run();
    records.cases[0].judgement = {
        Verdict::error, "The adapter was gone. 1 of 2 runs ended in an error, 1 passed.", {}};
    records.cases[0].spread = {{Verdict::error, false, {2}, "The adapter was gone."},
                               {Verdict::pass, true, {1}, "The client sent the canary."}};
    const Rejudged again = judged(records).value();
    CHECK(again.changed.empty());
    const auto& cases = again.results.cases;
    const auto found = std::find_if(cases.begin(), cases.end(),
                                    [](const auto& record) { return record.id.scenario == good(); });
    REQUIRE(found != cases.end());
    CHECK(found->judgement.sentence == records.cases[0].judgement.sentence);
    REQUIRE(found->spread.size() == 2);
    CHECK_FALSE(found->spread[0].judged);
    CHECK(found->spread[0].sentence == "The adapter was gone.");
}

TEST_CASE("of a run that was killed the runs of its cases that are whole are judged", "[rejudge][repeat]") {
    Records records = run();
    records.visits.push_back(visit("trust/self-signed", test::refused()));
    records.visits.back().attempt = 2;
    records.cases.clear();
    records.ends.clear();
    records.end.reset();
    const Rejudged again = judged(records).value();
    CHECK(again.results.end.counts.at("pass") == 2);
}

TEST_CASE("a case without visits of a scenario that is gone stays as it was recorded", "[rejudge]") {
    Records records = run();
    records.cases.push_back(recorded("gone/away", Verdict::not_run));
    const Rejudged again = judged(records).value();
    CHECK(again.changed.empty());
    CHECK(verdict_of(again, "gone/away") == Verdict::not_run);
}

TEST_CASE("a scenario that is gone is a problem where there is evidence", "[rejudge]") {
    Records records = run();
    records.visits.push_back(visit("gone/away", test::refused()));
    const auto again = judged(records);
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().text() == "expected the scenario gone/away in the catalogue, found none\n");
}

TEST_CASE("a profile that is gone is a problem", "[rejudge]") {
    Records records = run();
    records.start.clients[0].profile = "bygone";
    const auto again = judged(records);
    REQUIRE_FALSE(again.has_value());
    CHECK_THAT(again.error().text(), Catch::Contains("the profile bygone of demo"));
}

TEST_CASE("a mode that is gone is a problem", "[rejudge]") {
    Records records = run();
    for (auto& each : records.visits) each.id.mode = "bygone";
    for (auto& each : records.cases) each.id.mode = "bygone";
    const auto again = judged(records);
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().text() == "expected a profile for demo with the mode bygone, found none\n");
}

TEST_CASE("sessions whose records are mixed are judged each for itself", "[rejudge]") {
    Records records = run();
    records.start.clients.push_back({"other", "2.0", "tls-client", "option", ""});
    Records other = run();
    other.visits.pop_back();  // without its control after the session
    for (auto& each : other.visits) {
        each.session = "other/strict";
        each.id.client = "other";
    }
    for (auto& each : other.cases) {
        each.session = "other/strict";
        each.id.client = "other";
    }
    records.visits.insert(records.visits.begin() + 1, other.visits.begin(), other.visits.end());
    records.cases.insert(records.cases.begin() + 1, other.cases.begin(), other.cases.end());
    records.ends.push_back({"other/strict", "other", "strict", true, false, ""});
    const Rejudged again = judged(records).value();
    REQUIRE(again.changed.size() == 1);
    CHECK((again.changed[0] == evidence::CaseId{"trust/self-signed", "strict", "other"}));
}

}  // namespace guise::report::rejudge_test
