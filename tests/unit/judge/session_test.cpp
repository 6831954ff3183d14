#include "judge/session.hpp"

#include "inputs/kit.hpp"

#include <catch2/catch.hpp>

#include <tuple>

namespace guise::judge::session_test {

using profile::Decision;
using profile::Final;
using scenario::Answer;

namespace {

// What must be accepted, and what must be refused beside it.
inputs::RunInputs small_inputs() {
    inputs::RunInputs out = kit::inputs();
    out.catalogue = scenario::Catalogue({kit::make_scenario("a/good", kit::present("leaf")),
                                         kit::make_scenario("b/bad", kit::present("self-signed"), "a/good"),
                                         kit::make_scenario("c/bad", kit::present("self-signed"), "a/good")});
    return out;
}

evidence::Observation accepted(int exit_code = 0) {
    evidence::Observation out;
    out.outcome = evidence::Outcome::confidential;
    out.decision = Decision::accept;
    out.final = Final::accepted;
    out.exit_code = exit_code;
    out.sentence = "sent the canary";
    return out;
}

evidence::Observation refused(int exit_code = 60) {
    evidence::Observation out;
    out.outcome = evidence::Outcome::refused_alert;
    out.decision = Decision::refuse;
    out.final = Final::refused;
    out.exit_code = exit_code;
    out.sentence = "refused";
    return out;
}

Judgement undone(Verdict verdict, std::string sentence) { return {verdict, std::move(sentence), {}}; }

// A session of curl in strict mode: both controls accepted, a/good accepted, b/bad refused.
struct Story {
    inputs::RunInputs data = small_inputs();
    profile::FactsSource facts{data.library};
    std::vector<KnownDeviation> known;
    SessionEvidence evidence{
        "curl/strict", "curl", "8.1.2", "strict", &data.profiles.at("tls-client"), {}, {}};

    Story() {
        evidence.controls = {{"before", accepted(), {}}, {"after", accepted(), {}}};
        add("a/good", accepted());
        add("b/bad", refused());
    }
    void add(const std::string& id, evidence::Observation seen) {
        CaseEvidence one;
        one.scenario = data.catalogue.find(id);
        one.visits[1] = std::move(seen);
        evidence.cases.push_back(std::move(one));
    }
    // Another run of the case.
    void repeat(const std::string& id, int run, evidence::Observation seen) {
        add(id, std::move(seen));
        evidence.cases.back().run = run;
    }
    CaseEvidence& good() { return evidence.cases[0]; }
    CaseEvidence& bad() { return evidence.cases[1]; }
    SessionRecords judge() { return judge_session(evidence, {data, known, kit::now, facts}); }
    CaseRecord judged(const std::string& id) {
        for (CaseRecord& record : judge().cases)
            if (record.id.scenario == id) return std::move(record);
        throw std::runtime_error("no case " + id);
    }
};

}  // namespace

TEST_CASE("a session whose controls were accepted passes where it accepts and where it refuses",
          "[session]") {
    const SessionRecords records = Story().judge();
    CHECK(records.end.before);
    CHECK(records.end.after);
    CHECK(records.end.trouble.empty());
    REQUIRE(records.cases.size() == 2);
    CHECK(records.cases[0].judgement.verdict == Verdict::pass);
    CHECK(records.cases[1].judgement.verdict == Verdict::pass);
}

TEST_CASE("a record says whose it is, and keeps what the run knows of the case", "[session]") {
    Story story;
    story.bad().repro = "guise run";
    story.bad().lasted = std::chrono::milliseconds(12);
    const CaseRecord record = story.judged("b/bad");
    CHECK(record.session == "curl/strict");
    CHECK((record.id == evidence::CaseId{"b/bad", "strict", "curl"}));
    CHECK(record.title == "Made for a test");
    CHECK(record.area == "b");
    CHECK(record.severity == "medium");
    CHECK(record.profile == "tls-client");
    CHECK(record.client_version == "8.1.2");
    CHECK(record.repro == "guise run");
    CHECK(record.lasted == std::chrono::milliseconds(12));
    CHECK(record.seen->decision == Decision::refuse);
}

TEST_CASE("a refusal counts only between two liveness controls that were accepted", "[session]") {
    Story story;
    story.evidence.controls[0].seen = refused();
    const SessionRecords records = story.judge();
    CHECK_FALSE(records.end.before);
    CHECK(records.end.after);
    CHECK(records.end.trouble == "the control before the session was not accepted: the client refused");
    CHECK(records.cases[0].judgement.verdict == Verdict::pass);
    CHECK(records.cases[1].judgement.verdict == Verdict::inconclusive);
}

TEST_CASE("a control that is tried again and accepted then is accepted", "[session]") {
    Story story;
    story.evidence.controls.insert(story.evidence.controls.begin(), {"before", refused(), {}});
    CHECK(story.judge().end.trouble.empty());
}

TEST_CASE("the cases of a session that was skipped are not run, or errors where the machine is at fault",
          "[session]") {
    Story story;
    story.evidence.skipped = true;
    story.evidence.controls = {{"before", refused(), {}}, {"before", refused(), {}}};
    const std::string why =
        "the control before the session was not accepted in two attempts: the client refused";
    SessionRecords records = story.judge();
    CHECK(records.end.skipped);
    CHECK(records.end.trouble == why);
    for (const CaseRecord& record : records.cases) {
        CHECK(record.judgement.verdict == Verdict::not_run);
        CHECK(record.judgement.sentence == "Not run: " + why + ".");
    }
    story.evidence.controls[1] = {"before", std::nullopt, "no such folder"};
    records = story.judge();
    CHECK(records.cases[0].judgement.verdict == Verdict::error);
    CHECK(records.cases[0].judgement.sentence ==
          "the control before the session was not accepted in two attempts: no such folder");
    story.good().settled = undone(Verdict::not_applicable, "Not applicable: it has no names.");
    CHECK(story.judged("a/good").judgement.verdict == Verdict::not_applicable);
}

TEST_CASE("a control that was not run leaves refusals inconclusive, and says why", "[session]") {
    Story story;
    story.evidence.controls.pop_back();
    CHECK(story.judge().end.trouble == "the control after the session was not accepted: it was not run");
    story.evidence.controls.push_back({"after", std::nullopt, "the run was stopped"});
    CHECK(story.judge().end.trouble == "the control after the session was not accepted: the run was stopped");
    CHECK(story.judged("b/bad").judgement.verdict == Verdict::inconclusive);
}

TEST_CASE("a session of which nothing was run needs no controls", "[session]") {
    Story story;
    story.evidence.controls.clear();
    story.good().settled = story.bad().settled = undone(Verdict::not_run, "Not run: it is late.");
    const SessionRecords records = story.judge();
    CHECK(records.end.trouble.empty());
    CHECK(records.cases[1].judgement.sentence == "Not run: it is late.");
}

TEST_CASE("a refusal counts only beside its paired control", "[session]") {
    Story story;
    story.good().visits[1] = refused();
    const CaseRecord record = story.judged("b/bad");
    CHECK(record.judgement.verdict == Verdict::inconclusive);
    CHECK(record.judgement.sentence == "Refused, but the client did not accept the paired control a/good.");
    story.good().visits[1].final.reset();
    CHECK(story.judged("b/bad").judgement.verdict == Verdict::inconclusive);
}

TEST_CASE("a paired control whose question offers no way on leaves the refusal inconclusive", "[session]") {
    Story story;
    inputs::RunInputs& data = story.data;
    scenario::Scenario asked = *data.catalogue.find("a/good");
    std::get<scenario::Connect>(asked.visits[0].action).answer = Answer::connect;
    data.catalogue = scenario::Catalogue({asked, *data.catalogue.find("b/bad")});
    story.good().scenario = data.catalogue.find("a/good");
    story.bad().scenario = data.catalogue.find("b/bad");
    story.good().visits[1] = refused();
    story.good().visits[1].decision = Decision::ask;
    story.good().visits[1].answer = Answer::decline;
    CHECK(story.judged("b/bad").judgement.sentence ==
          "Refused, but the paired control a/good was not done: its question cannot be answered 'connect'.");
}

TEST_CASE("a paired control whose user was let decline says nothing against a refusal", "[session]") {
    Story story;
    story.good().visits[1] = refused();
    story.good().visits[1].answer = Answer::decline;
    CHECK(story.judged("b/bad").judgement.verdict == Verdict::pass);
    story.good().visits[1].answer = Answer::connect;
    CHECK(story.judged("b/bad").judgement.verdict == Verdict::inconclusive);
}

TEST_CASE("a paired control that was not done leaves the refusal inconclusive, whatever kept it",
          "[session]") {
    Story story;
    story.good().visits.clear();
    const auto [verdict, sentence, why] = GENERATE(
        std::tuple(Verdict::error, "The adapter ended.", "the adapter ended"),
        std::tuple(Verdict::not_applicable, "Not applicable: it has no clock.",
                   "not applicable: it has no clock"),
        std::tuple(Verdict::not_run, "Not run: the run was stopped.", "not run: the run was stopped"));
    story.good().settled = undone(verdict, sentence);
    const CaseRecord record = story.judged("b/bad");
    CHECK(record.judgement.verdict == Verdict::inconclusive);
    CHECK(record.judgement.sentence ==
          std::string("Refused, but the paired control a/good was not done: ") + why + ".");
    CHECK(record.disposition == Disposition::unexpected);
}

TEST_CASE("a paired control that is left out leaves the refusal inconclusive", "[session]") {
    Story story;
    story.evidence.cases.erase(story.evidence.cases.begin());
    CHECK(story.judged("b/bad").judgement.sentence ==
          "Refused, but the paired control a/good was not done: it is no case of this session.");
}

TEST_CASE("without its paired control a client that accepts what it must refuse fails all the same",
          "[session]") {
    Story story;
    story.evidence.cases.erase(story.evidence.cases.begin());
    story.evidence.cases[0].visits[1] = accepted();
    CHECK(story.judged("b/bad").judgement.verdict == Verdict::fail);
}

TEST_CASE("a clean refusal is luck where another case leaked under the same exit", "[session]") {
    Story story;
    story.add("c/bad", accepted(60));
    const CaseRecord leak = story.judged("c/bad");
    CHECK(leak.judgement.verdict == Verdict::fail);
    CHECK(leak.judgement.sentence ==
          "Expected refuse; the client sent the canary, and then refused (exit 60).");
    const CaseRecord luck = story.judged("b/bad");
    CHECK(luck.judgement.verdict == Verdict::inconclusive);
    CHECK(luck.disposition == Disposition::unexpected);
    CHECK(luck.judgement.checks.back().name == "inconsistent");
    CHECK(luck.judgement.sentence ==
          "Refused, but in c/bad the client sent data before it refused, with the same exit 60.");
    CHECK(story.judged("a/good").judgement.verdict == Verdict::pass);
}

TEST_CASE("a leak under the exit of an acceptance says nothing of the refusals", "[session]") {
    Story story;
    story.add("c/bad", accepted(0));
    CHECK(story.judged("c/bad").judgement.verdict == Verdict::fail);
    CHECK(story.judged("b/bad").judgement.verdict == Verdict::pass);
}

TEST_CASE("what the exit code says of a visit is compared with the wire", "[session]") {
    Story story;
    CHECK(story.judged("b/bad").contradiction.empty());
    story.bad().visits[1].exit_means = "accepted";
    CHECK_FALSE(story.judged("b/bad").contradiction.empty());
}

TEST_CASE("the known deviations of this client, version and mode are looked up", "[session]") {
    Story story;
    story.bad().visits[1] = accepted();
    KnownDeviation entry;
    entry.client = "curl";
    entry.scenario = "b/*";
    entry.mode = "strict";
    entry.check = "decision";
    entry.observed = "accept";
    entry.reason = "it was started with -k";
    KnownDeviation canary = entry;
    canary.check = "canary";
    canary.observed = "the canary";
    story.known = {entry, canary};
    CHECK(story.judged("b/bad").judgement.verdict == Verdict::fail);
    CHECK(story.judged("b/bad").disposition == Disposition::expected);
    CHECK(story.judged("b/bad").known == "it was started with -k");
    story.known[0].version = ">=9";
    CHECK(story.judged("b/bad").disposition == Disposition::unexpected);
}

TEST_CASE("a chain of a corpus is judged by what the corpus says, without controls", "[session]") {
    Story story;
    story.evidence.controls.clear();
    story.evidence.cases.pop_back();
    story.good().corpus_accepts = false;
    CHECK(story.judged("a/good").judgement.verdict == Verdict::fail);
    story.good().visits[1] = refused();
    CHECK(story.judged("a/good").judgement.verdict == Verdict::pass);
    CHECK(story.judge().end.trouble.empty());
}

TEST_CASE("the same evidence gives the same records", "[session]") {
    Story story;
    const SessionRecords one = story.judge(), other = story.judge();
    for (std::size_t i = 0; i < one.cases.size(); ++i) {
        CHECK(one.cases[i].judgement.sentence == other.cases[i].judgement.sentence);
        CHECK(one.cases[i].judgement.checks.size() == other.cases[i].judgement.checks.size());
    }
}

TEST_CASE("of several runs of a case the worst counts, and the spread is told", "[session][repeat]") {
    Story story;
    story.repeat("a/good", 2, accepted());
    story.repeat("b/bad", 2, accepted());
    story.repeat("a/good", 3, accepted());
    story.repeat("b/bad", 3, refused());
    for (CaseEvidence& each : story.evidence.cases) each.lasted = std::chrono::milliseconds(2);
    CHECK(story.judge().cases.size() == 2);
    const CaseRecord record = story.judged("b/bad");
    CHECK(record.judgement.verdict == Verdict::fail);
    CHECK(record.judgement.sentence ==
          "Expected refuse; the client sent the canary. 1 of 3 runs failed, 2 passed.");
    CHECK(record.seen->decision == Decision::accept);
    CHECK(record.lasted == std::chrono::milliseconds(6));
    REQUIRE(record.spread.size() == 2);
    CHECK(record.spread[0].runs == std::vector<int>{2});
    CHECK(record.spread[1].runs == std::vector<int>{1, 3});
    CHECK(record.spread[0].sentence == "Expected refuse; the client sent the canary.");
    const CaseRecord steady = story.judged("a/good");
    CHECK(steady.judgement.sentence == "The client sent the canary.");
    CHECK(steady.spread.size() == 1);
}

TEST_CASE("a run that was refused counts beside the same run of its paired control", "[session][repeat]") {
    Story story;
    story.repeat("a/good", 2, refused());
    story.repeat("b/bad", 2, refused());
    const CaseRecord record = story.judged("b/bad");
    CHECK(record.judgement.verdict == Verdict::inconclusive);
    CHECK(record.spread[0].runs == std::vector<int>{2});
    CHECK(story.judged("a/good").judgement.verdict == Verdict::fail);
}

TEST_CASE("a paired control that cannot be run stands for all its runs", "[session][repeat]") {
    Story story;
    story.good().visits.clear();
    story.good().settled = undone(Verdict::not_applicable, "Not applicable: it has no names.");
    story.repeat("b/bad", 2, refused());
    const CaseRecord record = story.judged("b/bad");
    CHECK(record.spread.size() == 1);
    CHECK(record.judgement.sentence ==
          "Refused, but the paired control a/good was not done: not applicable: it has no names.");
}

TEST_CASE("a run that leaked makes luck of the refusals of the others", "[session][repeat]") {
    Story story;
    story.repeat("b/bad", 2, accepted(60));
    const CaseRecord record = story.judged("b/bad");
    CHECK(record.judgement.sentence ==
          "Expected refuse; the client sent the canary, and then refused (exit 60). 1 of 2 runs failed, 1 "
          "ended inconclusive.");
    CHECK(record.spread[1].sentence ==
          "Refused, but in run 2 of b/bad the client sent data before it refused, with the same exit 60.");
}

TEST_CASE("a run that did not come to its end is told by what kept it", "[session][repeat]") {
    Story story;
    story.repeat("a/good", 2, accepted());
    story.evidence.cases.back().settled = undone(Verdict::error, "The adapter ended.");
    const CaseRecord record = story.judged("a/good");
    CHECK(record.judgement.verdict == Verdict::error);
    CHECK(record.judgement.sentence == "The adapter ended. 1 of 2 runs ended in an error, 1 passed.");
    CHECK_FALSE(record.spread[0].judged);
    CHECK(record.spread[1].judged);
}

TEST_CASE("a contradiction of any run is told", "[session][repeat]") {
    Story story;
    story.repeat("b/bad", 2, refused());
    story.evidence.cases.back().visits[1].exit_means = "accepted";
    CHECK_FALSE(story.judged("b/bad").contradiction.empty());
}

}  // namespace guise::judge::session_test
