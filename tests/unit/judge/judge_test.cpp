#include "judge/judge.hpp"

#include "judge/kit.hpp"

namespace guise::judge::judge_test {
namespace {

using namespace test;

Observation accepted() { return seen({finished("hello")}); }
Observation leaked() { return seen({finished(canary)}); }
Observation refusing(std::uint8_t description = 48) { return seen({refused(description)}); }
Observation undecided() { return seen({shown(Ending::deadline)}); }
const Observation asked_and_declined = seen_asking({shown()}, "ask", "decline");

Judgement judge_one(const std::string& present, const std::string& mode, const Observation& seen,
                    const Controls& controls = {}, const std::string& more = {}) {
    return Story(shows(present), mode, more).judge({{1, seen}}, controls);
}

TEST_CASE("no visits are nothing judged", "[judge][judge]") {
    const Judgement read = Story(shows(trusted)).judge({});
    CHECK(read.verdict == Verdict::not_run);
    CHECK(read.checks.empty());
    CHECK(read.sentence == "Nothing was judged.");
}

TEST_CASE("a client that accepts what it must accept passes", "[judge][judge]") {
    const Judgement read = judge_one(trusted, "strict", leaked());
    CHECK(read.verdict == Verdict::pass);
    REQUIRE(read.checks.size() == 1);
    const Check& check = read.checks[0];
    CHECK(check.name == "decision");
    CHECK(check.visit == 1);
    CHECK(check.expected == "accept");
    CHECK(check.observed == "accept: accepted and sent the canary");
    CHECK(check.clauses == Clauses{"trusted"});
    CHECK(check.level == Level::must);
    CHECK_FALSE(check.described);
    CHECK(read.sentence == "The client accepted and sent the canary.");
}

TEST_CASE("a client that refuses what it must refuse passes", "[judge][judge]") {
    const Judgement read = judge_one(expired, "strict", refusing());
    CHECK(read.verdict == Verdict::pass);
    CHECK(read.sentence == "The client refused in the handshake with alert unknown_ca (48).");
}

TEST_CASE("a client that accepts what it must refuse fails", "[judge][judge]") {
    const Judgement read = judge_one(expired, "strict", accepted());
    CHECK(read.verdict == Verdict::fail);
    CHECK(read.sentence == "Expected refuse; the client accepted and sent data.");
}

TEST_CASE("a client that refuses what it must accept fails", "[judge][judge]") {
    const Judgement read = judge_one(trusted, "strict", refusing());
    CHECK(read.verdict == Verdict::fail);
    CHECK(read.sentence ==
          "Expected accept; the client refused in the handshake with alert unknown_ca (48).");
}

TEST_CASE("evidence that shows no decision is inconclusive", "[judge][judge]") {
    const Judgement read = judge_one(expired, "strict", undecided());
    CHECK(read.verdict == Verdict::inconclusive);
    CHECK(read.sentence ==
          "Expected refuse; the client saw the certificate and then neither went on nor ended.");
    CHECK(judge_one(trusted, "strict", seen({})).verdict == Verdict::inconclusive);
}

TEST_CASE("a client that could not be started is an error", "[judge][judge]") {
    VisitEvidence evidence = visit({});
    evidence.client.process.start_error = "No such file or directory";
    const Judgement read = judge_one(expired, "strict", observe(evidence, {}));
    CHECK(read.verdict == Verdict::error);
    CHECK(read.sentence == "Expected refuse; the client could not be started: No such file or directory.");
}

VisitEvidence unable() {
    VisitEvidence evidence = visit({}, 89);
    evidence.adapter = true;
    return evidence;
}

TEST_CASE("what a client cannot do is not applicable", "[judge][judge]") {
    const Judgement read = judge_one(expired, "strict", observe(unable(), {}));
    CHECK(read.verdict == Verdict::not_applicable);
    CHECK(read.sentence == "Expected refuse; the client says that it cannot do this (exit 89).");
}

TEST_CASE("what passed before a client could not go on is no pass", "[judge][judge]") {
    const Judgement read = Story(shows(trusted) + ", " + shows(expired), "strict")
                               .judge({{1, leaked()}, {2, observe(unable(), {})}});
    CHECK(read.verdict == Verdict::not_applicable);
    CHECK(read.sentence == "Expected refuse; in visit 2 the client says that it cannot do this (exit 89).");
}

TEST_CASE("a question without the answer that was asked for is told", "[judge][judge]") {
    const Judgement read =
        Story(shows(key_a, ", answer: connect")).judge({{1, seen_asking({shown()}, "ask", "decline")}});
    CHECK(read.verdict == Verdict::not_applicable);
    CHECK(read.sentence ==
          "Expected a question that can be answered 'connect'; observed one that cannot: it was answered "
          "'decline'.");
}

TEST_CASE("a check that cannot be made does not change the verdict", "[judge][judge]") {
    const Judgement read = judge_one(expired, "ask", refusing());
    CHECK(made(read, "event-fired").verdict == Verdict::not_applicable);
    CHECK(read.verdict == Verdict::pass);
}

TEST_CASE("a visit that was not seen makes the case inconclusive", "[judge][judge]") {
    const Judgement read = Story(shows(trusted) + ", " + shows(expired) + ", " + shows(trusted), "strict")
                               .judge({{1, leaked()}, {3, leaked()}});
    CHECK(read.verdict == Verdict::inconclusive);
    CHECK(read.sentence == "Expected refuse; in visit 2 the client was not seen.");
    CHECK_FALSE(find(read, "decision", 3));
}

TEST_CASE("a missed should is a note", "[judge][judge]") {
    CHECK(judge_one(key_a, "lax", refusing()).verdict == Verdict::note);
}

TEST_CASE("a missed may is described and passes", "[judge][judge]") {
    const Judgement read = judge_one("{leaf: leaf, defect: truncated}", "lax", refusing());
    CHECK(read.verdict == Verdict::pass);
    CHECK(made(read, "decision").described);
}

TEST_CASE("the canary where a client may not go on is a fail of its own", "[judge][canary]") {
    const Judgement read = judge_one(expired, "strict", leaked());
    CHECK(read.verdict == Verdict::fail);
    CHECK(made(read, "canary").verdict == Verdict::fail);
    CHECK(made(read, "canary").observed == "the canary arrived");
    CHECK(made(read, "decision").verdict == Verdict::fail);
}

TEST_CASE("the canary in clear fails where everything is accepted", "[judge][canary]") {
    const Judgement read = judge_one(key_a, "lax", seen({plain(canary)}));
    CHECK(read.verdict == Verdict::fail);
    CHECK(made(read, "canary").observed == "the canary arrived in clear");
    CHECK(read.sentence == "Expected nothing confidential sent; observed the canary arrived in clear.");
}

const std::string alert_expected =
    "expect: [{visit: 1, alert: [bad_certificate, decrypt_error], level: should, clause: RFC 8446 6.2}]\n";

TEST_CASE("a missed alert is told as expected and observed", "[judge][alert]") {
    CHECK(judge_one(expired, "strict", refusing(48), {}, alert_expected).sentence ==
          "Expected bad_certificate or decrypt_error; observed unknown_ca.");
    CHECK(judge_one(expired, "strict", refusing(51), {}, alert_expected).verdict == Verdict::pass);
}

TEST_CASE("nothing more is expected of a client that failed or showed nothing", "[judge][alert]") {
    CHECK_FALSE(find(judge_one(trusted, "strict", refusing(), {}, alert_expected), "alert"));
    CHECK_FALSE(find(judge_one(expired, "strict", undecided(), {}, alert_expected), "alert"));
}

const Controls dead{"the client refused the liveness control", {}, {}};

TEST_CASE("a refusal without liveness is inconclusive", "[judge][controls]") {
    const Judgement read = judge_one(expired, "strict", refusing(), dead);
    CHECK(read.verdict == Verdict::inconclusive);
    CHECK(made(read, "control").expected == "the controls accepted");
    CHECK(made(read, "control").observed == "the client refused the liveness control");
    CHECK(read.sentence == "Refused, but the client refused the liveness control.");
}

TEST_CASE("a question that ended without a connection needs its controls too", "[judge][controls]") {
    CHECK(judge_one(key_a, "ask", asked_and_declined, dead).verdict == Verdict::inconclusive);
    CHECK(judge_one(key_a, "ask", asked_and_declined).verdict == Verdict::pass);
}

TEST_CASE("a refusal without its paired control is inconclusive", "[judge][controls]") {
    const Judgement read = judge_one(expired, "strict", refusing(), {{}, "trust/ca-signed[tls=1.2]", false});
    CHECK(read.verdict == Verdict::inconclusive);
    CHECK(read.sentence ==
          "Refused, but the client did not accept the paired control trust/ca-signed[tls=1.2].");
}

TEST_CASE("a refusal counts with its controls, and where a paired one was not run", "[judge][controls]") {
    CHECK(judge_one(expired, "strict", refusing(), {{}, "trust/ca-signed", true}).verdict == Verdict::pass);
    CHECK(judge_one(expired, "strict", refusing(), {{}, "trust/ca-signed", {}}).verdict == Verdict::pass);
}

TEST_CASE("a refusal that costs a note is inconclusive without controls", "[judge][controls]") {
    CHECK(judge_one(key_a, "lax", refusing(), dead).verdict == Verdict::inconclusive);
}

TEST_CASE("a refusal where all must accept fails without controls too", "[judge][controls]") {
    const Judgement read = judge_one(trusted, "strict", refusing(), dead);
    CHECK(read.verdict == Verdict::fail);
    CHECK_FALSE(find(read, "control"));
}

TEST_CASE("an acceptance needs no controls", "[judge][controls]") {
    CHECK(judge_one(trusted, "strict", accepted(), dead).verdict == Verdict::pass);
    CHECK(judge_one(expired, "strict", accepted(), dead).verdict == Verdict::fail);
}

TEST_CASE("what is inconclusive by itself stays so without a second reason", "[judge][controls]") {
    const Judgement read = judge_one(expired, "strict", undecided(), dead);
    CHECK(read.verdict == Verdict::inconclusive);
    CHECK_FALSE(find(read, "control"));
}

const std::string two_visits = shows(trusted) + ", " + shows(expired);

TEST_CASE("where connections are kept, a client that reuses none has shown nothing", "[judge][reuse]") {
    Story story(shows(trusted) + ", {mode: strict}, " + shows(key_a), "lax", "connections: {keep: open}\n");
    const Observation went_on = seen({finished(canary)}), ended = seen({refused()});
    const Judgement nothing = story.judge({{1, went_on}, {3, ended}});
    CHECK(nothing.verdict == Verdict::not_applicable);
    CHECK_THAT(nothing.sentence, Catch::Contains("a connection of its own for each visit"));
    Controls controls;
    controls.reused = true;
    CHECK(story.judge({{1, went_on}, {3, ended}}, controls).verdict == Verdict::pass);
    CHECK(story.judge({{1, went_on}, {3, went_on}}).verdict == Verdict::fail);
}

TEST_CASE("the worst visit decides the case, and says which it was", "[judge][judge]") {
    const Judgement read = Story(two_visits, "strict").judge({{1, accepted()}, {2, accepted()}});
    CHECK(read.verdict == Verdict::fail);
    CHECK(read.checks.size() == 2);
    CHECK(read.sentence == "Expected refuse; in visit 2 the client accepted and sent data.");
}

TEST_CASE("a case of several visits that passes tells the last", "[judge][judge]") {
    CHECK(Story(two_visits, "strict").judge({{1, accepted()}, {2, refusing()}}).sentence ==
          "In visit 2 the client refused in the handshake with alert unknown_ca (48).");
}

TEST_CASE("a question and its answer are told", "[judge][judge]") {
    const Observation warned =
        observe(asked({finished("GET /a HTTP/1.1\r\n\r\n")}, {question("warn", "decline")}), {"GET /a"});
    const Judgement read = Story(two_visits).judge({{1, accepted()}, {2, warned}});
    CHECK(read.verdict == Verdict::pass);
    CHECK(read.sentence ==
          "In visit 2 the client warned its user, was answered 'decline', and sent nothing "
          "but public requests, and ended.");
}

TEST_CASE("what is missed beside the decision is told with its visit", "[judge][judge]") {
    Observation warned = seen_asking({shown()}, "warn", "decline");
    warned.prompts.front().explicit_trust = false;
    const Judgement read = Story(two_visits).judge({{1, accepted()}, {2, warned}});
    CHECK(read.verdict == Verdict::note);
    CHECK(read.sentence ==
          "In visit 2 expected a warning that needs explicit trust; observed one that needs no more than a "
          "click.");
}

TEST_CASE("after a decision that nothing explains the rest is not judged", "[judge][judge]") {
    const Judgement read =
        Story(shows(expired) + ", " + shows(trusted), "strict").judge({{1, leaked()}, {2, refusing()}});
    CHECK(read.verdict == Verdict::fail);
    for (const Check& check : read.checks) CHECK(check.visit == 1);
    CHECK(find(read, "canary"));
}

TEST_CASE("after a note the rest is judged", "[judge][judge]") {
    const Judgement read =
        Story(shows(key_a) + ", " + shows(trusted), "lax").judge({{1, refusing()}, {2, refusing()}});
    CHECK(read.verdict == Verdict::fail);
    CHECK(read.checks.back().visit == 2);
}

TEST_CASE("checks stand in the order of the visits", "[judge][judge]") {
    const Judgement read = Story(shows(expired) + ", " + shows(trusted), "strict", alert_expected)
                               .judge({{1, refusing(51)}, {2, accepted()}});
    CHECK(made(read, "alert").visit == 1);
    CHECK(read.checks.back().visit == 2);
}

}  // namespace
}  // namespace guise::judge::judge_test
