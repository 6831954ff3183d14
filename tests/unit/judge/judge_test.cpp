#include "judge/judge.hpp"

#include "judge/kit.hpp"

namespace guise::judge {
namespace {

using namespace test;
using Clauses = std::vector<std::string>;

constexpr Level must = Level::must, should = Level::should, may = Level::may;

const profile::Ledger& ledger() {
    static const profile::Ledger all = [] {
        profile::Ledger out;
        out["M-1"].level = must;
        out["S-1"].level = should;
        out["C-1"].level = must;
        return out;
    }();
    return all;
}

// What is owed: one cell with the standing check of the canary.
profile::Expectation owed(std::set<Decision> decisions, Level level = must) {
    profile::Expectation out;
    out.cell.decision = std::move(decisions);
    out.cell.clause = {level == must ? "M-1" : "S-1"};
    out.level = level;
    out.checks = {{"canary", {"C-1"}}};
    return out;
}
profile::Expectation tolerating(profile::Expectation base, Level level, std::set<Decision> decisions) {
    base.tolerated = profile::Tolerated{level, std::move(decisions)};
    return base;
}
profile::Expectation preferring(profile::Expectation base, std::set<Decision> decisions) {
    base.cell.prefer = std::move(decisions);
    base.cell.prefer_clause = {"S-1"};
    return base;
}

Judgement judge(const std::vector<JudgedVisit>& visits, const std::vector<scenario::Expect>& extra = {},
                const Controls& controls = {}) {
    return judge_case(visits, extra, controls, profile::Profile{}, ledger());
}
Judgement judge(const profile::Expectation& expectation, const Observation& seen) {
    return judge({{1, expectation, seen}});
}

const std::set<Decision> accept{Decision::accept}, refuse{Decision::refuse};

Observation accepted() { return seen({finished("hello")}); }
Observation leaked() { return seen({finished(canary)}); }
Observation refusing(std::uint8_t description = 48) { return seen({refused(description)}); }
Observation undecided() { return seen({shown(Ending::deadline)}); }

const Check* find(const Judgement& judgement, const std::string& name) {
    for (const Check& check : judgement.checks)
        if (check.name == name) return &check;
    return nullptr;
}

TEST_CASE("no visits are nothing judged", "[judge][judge]") {
    const Judgement read = judge(std::vector<JudgedVisit>{});
    CHECK(read.verdict == Verdict::not_run);
    CHECK(read.checks.empty());
    CHECK(read.sentence == "Nothing was judged.");
}

TEST_CASE("a client that accepts what it must accept passes", "[judge][judge]") {
    const Judgement read = judge(owed(accept), leaked());
    CHECK(read.verdict == Verdict::pass);
    REQUIRE(read.checks.size() == 1);
    const Check& check = read.checks[0];
    CHECK(check.name == "decision");
    CHECK(check.visit == 1);
    CHECK(check.expected == "accept");
    CHECK(check.observed == "accept: accepted and sent the canary");
    CHECK(check.clauses == Clauses{"M-1"});
    CHECK(check.level == must);
    CHECK_FALSE(check.described);
    CHECK(read.sentence == "The client accepted and sent the canary.");
}

TEST_CASE("a client that refuses what it must refuse passes", "[judge][judge]") {
    const Judgement read = judge(owed(refuse), refusing());
    CHECK(read.verdict == Verdict::pass);
    CHECK(read.sentence == "The client refused in the handshake with alert unknown_ca (48).");
}

TEST_CASE("a client that accepts what it must refuse fails", "[judge][judge]") {
    const Judgement read = judge(owed(refuse), accepted());
    CHECK(read.verdict == Verdict::fail);
    CHECK(read.sentence == "Expected refuse; the client accepted and sent data.");
}

TEST_CASE("a client that refuses what it must accept fails", "[judge][judge]") {
    const Judgement read = judge(owed(accept), refusing());
    CHECK(read.verdict == Verdict::fail);
    CHECK(read.sentence ==
          "Expected accept; the client refused in the handshake with alert unknown_ca (48).");
}

TEST_CASE("each of several right decisions passes", "[judge][judge]") {
    CHECK(judge(owed({Decision::accept, Decision::refuse}), accepted()).verdict == Verdict::pass);
    CHECK(judge(owed({Decision::accept, Decision::refuse}), refusing()).verdict == Verdict::pass);
}

TEST_CASE("evidence that shows no decision is inconclusive", "[judge][judge]") {
    const Judgement read = judge(owed(refuse), undecided());
    CHECK(read.verdict == Verdict::inconclusive);
    CHECK(read.sentence ==
          "Expected refuse; the client saw the certificate and then neither went on nor ended.");
    CHECK(judge(owed(accept), seen({})).verdict == Verdict::inconclusive);
}

TEST_CASE("a client that could not be started is an error", "[judge][judge]") {
    VisitEvidence evidence = visit({});
    evidence.process.start_error = "No such file or directory";
    const Judgement read = judge(owed(refuse), observe(evidence, {}));
    CHECK(read.verdict == Verdict::error);
    CHECK(read.sentence == "Expected refuse; the client could not be started: No such file or directory.");
}

TEST_CASE("what a client cannot do is not applicable", "[judge][judge]") {
    VisitEvidence evidence = visit({}, 89);
    evidence.adapter = true;
    const Judgement read = judge(owed(refuse), observe(evidence, {}));
    CHECK(read.verdict == Verdict::not_applicable);
    CHECK(read.sentence == "Expected refuse; the client says that it cannot do this (exit 89).");
}

TEST_CASE("a missed should is a note", "[judge][judge]") {
    CHECK(judge(owed(accept, should), refusing()).verdict == Verdict::note);
    CHECK(judge(owed(refuse, should), accepted()).verdict == Verdict::note);
}

TEST_CASE("a missed may is described and passes", "[judge][judge]") {
    const Judgement read = judge(owed(accept, may), refusing());
    CHECK(read.verdict == Verdict::pass);
    CHECK(read.checks.at(0).described);
}

TEST_CASE("what a should-fault tolerates is a note", "[judge][judge]") {
    const Judgement read = judge(tolerating(owed(refuse), should, accept), accepted());
    CHECK(read.verdict == Verdict::note);
    CHECK(read.checks.at(0).level == should);
    CHECK(read.checks.at(0).expected == "refuse (accept is a note)");
    CHECK_FALSE(read.checks.at(0).described);
}

TEST_CASE("what a may-fault tolerates passes and is described", "[judge][judge]") {
    const Judgement read = judge(tolerating(owed(refuse), may, accept), accepted());
    CHECK(read.verdict == Verdict::pass);
    CHECK(read.checks.at(0).described);
    CHECK(read.sentence == "The client accepted and sent data.");
}

TEST_CASE("the weaker of defect and clause counts", "[judge][judge]") {
    CHECK(judge(tolerating(owed(refuse, may), should, accept), accepted()).verdict == Verdict::pass);
    CHECK(judge(tolerating(owed(refuse, should), may, accept), accepted()).verdict == Verdict::pass);
}

TEST_CASE("what is owed passes without a word where more is tolerated", "[judge][judge]") {
    const Judgement read = judge(tolerating(owed(refuse), should, accept), refusing());
    CHECK(read.verdict == Verdict::pass);
    CHECK(read.checks.at(0).level == must);
    CHECK_FALSE(read.checks.at(0).described);
}

TEST_CASE("what is neither owed nor tolerated fails", "[judge][judge]") {
    CHECK(judge(tolerating(owed({Decision::warn}), should, {Decision::ask}), accepted()).verdict ==
          Verdict::fail);
}

TEST_CASE("a right decision that is not the preferred one is a note of its own clause", "[judge][judge]") {
    const Judgement read = judge(preferring(owed({Decision::accept, Decision::refuse}), refuse), accepted());
    CHECK(read.verdict == Verdict::note);
    CHECK(read.checks.at(0).clauses == Clauses{"S-1"});
    CHECK(read.checks.at(0).level == should);
    CHECK(read.sentence == "Expected accept or refuse (rather refuse); the client accepted and sent data.");
}

TEST_CASE("the preferred decision passes with the clauses of the cell", "[judge][judge]") {
    const Judgement read = judge(preferring(owed({Decision::accept, Decision::refuse}), refuse), refusing());
    CHECK(read.verdict == Verdict::pass);
    CHECK(read.checks.at(0).clauses == Clauses{"M-1"});
    CHECK(read.checks.at(0).level == must);
}

TEST_CASE("a refusal is checked for the canary", "[judge][canary]") {
    const Judgement read = judge(owed(refuse), refusing());
    const Check* check = find(read, "canary");
    REQUIRE(check);
    CHECK(check->verdict == Verdict::pass);
    CHECK(check->expected == "nothing confidential sent");
    CHECK(check->observed == "nothing confidential arrived");
    CHECK(check->clauses == Clauses{"C-1"});
    CHECK(check->level == must);
}

TEST_CASE("the canary where a client may not go on is a fail of its own", "[judge][canary]") {
    const Judgement read = judge(owed(refuse), leaked());
    CHECK(read.verdict == Verdict::fail);
    REQUIRE(find(read, "canary"));
    CHECK(find(read, "canary")->verdict == Verdict::fail);
    CHECK(find(read, "canary")->observed == "the canary arrived");
    CHECK(find(read, "decision")->verdict == Verdict::fail);
}

TEST_CASE("the canary where a client may go on is not asked about", "[judge][canary]") {
    CHECK_FALSE(find(judge(owed(accept), leaked()), "canary"));
    CHECK_FALSE(find(judge(owed({Decision::accept, Decision::refuse}), leaked()), "canary"));
    CHECK_FALSE(find(judge(tolerating(owed(refuse), should, accept), leaked()), "canary"));
}

TEST_CASE("the canary where going on is a note costs no more than that", "[judge][canary]") {
    const Judgement read = judge(owed(refuse, should), leaked());
    CHECK(read.verdict == Verdict::note);
    REQUIRE(find(read, "canary"));
    CHECK(find(read, "canary")->level == should);
}

TEST_CASE("the canary in clear fails where everything is accepted", "[judge][canary]") {
    const Judgement read = judge(owed(accept, should), seen({plain(canary)}));
    CHECK(read.verdict == Verdict::fail);
    REQUIRE(find(read, "canary"));
    CHECK(find(read, "canary")->observed == "the canary arrived in clear");
    CHECK(find(read, "canary")->level == must);
    CHECK(read.sentence == "Expected nothing confidential sent; observed the canary arrived in clear.");
}

TEST_CASE("the canary is no check of a visit without a decision", "[judge][canary]") {
    CHECK_FALSE(find(judge(owed(refuse), undecided()), "canary"));
}

TEST_CASE("data that is not the canary is no leak", "[judge][canary]") {
    CHECK_FALSE(find(judge(owed(refuse), accepted()), "canary"));
}

TEST_CASE("a mode without the check does not ask for the canary", "[judge][canary]") {
    profile::Expectation expectation = owed(refuse);
    expectation.checks.clear();
    CHECK_FALSE(find(judge(expectation, leaked()), "canary"));
}

scenario::Expect expecting(std::vector<std::string> alerts, Level level = should, int number = 1) {
    scenario::Expect out;
    out.visit = number;
    out.alerts = std::move(alerts);
    out.level = level;
    out.clause = "RFC 8446 6.2";
    return out;
}
Judgement judge_alert(const Observation& seen, const scenario::Expect& expect) {
    return judge({{1, owed(refuse), seen}}, {expect});
}

TEST_CASE("the expected alert passes, any of several", "[judge][alert]") {
    const Judgement read = judge_alert(refusing(51), expecting({"bad_certificate", "decrypt_error"}));
    CHECK(read.verdict == Verdict::pass);
    const Check* check = find(read, "alert");
    REQUIRE(check);
    CHECK(check->expected == "bad_certificate or decrypt_error");
    CHECK(check->observed == "decrypt_error");
    CHECK(check->clauses == Clauses{"RFC 8446 6.2"});
    CHECK(check->level == should);
}

TEST_CASE("another alert is missed at the level of the expectation", "[judge][alert]") {
    CHECK(judge_alert(refusing(48), expecting({"decrypt_error"}, must)).verdict == Verdict::fail);
    CHECK(judge_alert(refusing(48), expecting({"decrypt_error"}, should)).verdict == Verdict::note);
    const Judgement read = judge_alert(refusing(48), expecting({"decrypt_error"}, may));
    CHECK(read.verdict == Verdict::pass);
    CHECK(find(read, "alert")->described);
}

TEST_CASE("a missed alert is told as expected and observed", "[judge][alert]") {
    CHECK(judge_alert(refusing(48), expecting({"decrypt_error"})).sentence ==
          "Expected decrypt_error; observed unknown_ca.");
    CHECK(judge_alert(seen({shown()}), expecting({"decrypt_error"})).sentence ==
          "Expected decrypt_error; observed no alert.");
}

TEST_CASE("an alert is expected of the visit that is named", "[judge][alert]") {
    const Judgement read = judge({{1, owed(refuse), refusing(48)}, {3, owed(refuse), refusing(51)}},
                                 {expecting({"decrypt_error"}, must, 3)});
    CHECK(read.verdict == Verdict::pass);
    REQUIRE(find(read, "alert"));
    CHECK(find(read, "alert")->visit == 3);
}

TEST_CASE("no alert is expected of a client that rightly accepts", "[judge][alert]") {
    CHECK_FALSE(find(judge({{1, owed(accept), accepted()}}, {expecting({"decrypt_error"})}), "alert"));
}

TEST_CASE("nothing more is expected of a client that failed or showed nothing", "[judge][alert]") {
    CHECK_FALSE(find(judge({{1, owed(accept), refusing()}}, {expecting({"decrypt_error"})}), "alert"));
    CHECK_FALSE(find(judge_alert(undecided(), expecting({"decrypt_error"})), "alert"));
}

TEST_CASE("a count of connections is expected of any decision", "[judge][alert]") {
    scenario::Expect two;
    two.connections = 2;
    two.level = must;
    two.clause = "X";
    const Judgement right = judge({{1, owed(accept), seen({finished("a"), finished("b")})}}, {two});
    REQUIRE(find(right, "connections"));
    CHECK(right.verdict == Verdict::pass);
    const Judgement wrong = judge({{1, owed(refuse), refusing()}}, {two});
    CHECK(wrong.verdict == Verdict::fail);
    CHECK(find(wrong, "connections")->expected == "2 connections");
    CHECK(find(wrong, "connections")->observed == "1 connections");
}

Judgement controlled(const profile::Expectation& expectation, const Observation& seen,
                     const Controls& controls) {
    return judge({{1, expectation, seen}}, {}, controls);
}
const Controls dead{"the client refused the liveness control", {}, {}};

TEST_CASE("a refusal without liveness is inconclusive", "[judge][controls]") {
    const Judgement read = controlled(owed(refuse), refusing(), dead);
    CHECK(read.verdict == Verdict::inconclusive);
    const Check* check = find(read, "control");
    REQUIRE(check);
    CHECK(check->expected == "the controls accepted");
    CHECK(check->observed == "the client refused the liveness control");
    CHECK(read.sentence == "Refused, but the client refused the liveness control.");
}

TEST_CASE("a refusal without its paired control is inconclusive", "[judge][controls]") {
    const Judgement read = controlled(owed(refuse), refusing(), {{}, "trust/ca-signed[tls=1.2]", false});
    CHECK(read.verdict == Verdict::inconclusive);
    CHECK(read.sentence ==
          "Refused, but the client did not accept the paired control trust/ca-signed[tls=1.2].");
}

TEST_CASE("a refusal counts with its controls, and where a paired one was not run", "[judge][controls]") {
    CHECK(controlled(owed(refuse), refusing(), {{}, "trust/ca-signed", true}).verdict == Verdict::pass);
    CHECK(controlled(owed(refuse), refusing(), {{}, "trust/ca-signed", {}}).verdict == Verdict::pass);
}

TEST_CASE("a refusal that costs a note is inconclusive without controls", "[judge][controls]") {
    CHECK(controlled(owed(accept, should), refusing(), dead).verdict == Verdict::inconclusive);
}

TEST_CASE("a refusal where all must accept fails without controls too", "[judge][controls]") {
    const Judgement read = controlled(owed(accept), refusing(), dead);
    CHECK(read.verdict == Verdict::fail);
    CHECK_FALSE(find(read, "control"));
}

TEST_CASE("an acceptance needs no controls", "[judge][controls]") {
    CHECK(controlled(owed(accept), accepted(), dead).verdict == Verdict::pass);
    CHECK(controlled(owed(refuse), accepted(), dead).verdict == Verdict::fail);
}

TEST_CASE("what is inconclusive by itself stays so without a second reason", "[judge][controls]") {
    const Judgement read = controlled(owed(refuse), undecided(), dead);
    CHECK(read.verdict == Verdict::inconclusive);
    CHECK_FALSE(find(read, "control"));
}

TEST_CASE("the worst visit decides the case, and says which it was", "[judge][judge]") {
    const Judgement read = judge({{1, owed(accept), accepted()}, {2, owed(refuse), accepted()}});
    CHECK(read.verdict == Verdict::fail);
    CHECK(read.checks.size() == 2);
    CHECK_THAT(read.sentence, Catch::Contains("Visit 2: the client accepted and sent data."));
}

TEST_CASE("a case of several visits that passes tells the first", "[judge][judge]") {
    CHECK(judge({{1, owed(accept), accepted()}, {2, owed(refuse), refusing()}}).sentence ==
          "Visit 1: the client accepted and sent data.");
}

TEST_CASE("after a decision that nothing explains the rest is not judged", "[judge][judge]") {
    const Judgement read = judge({{1, owed(refuse), leaked()}, {2, owed(accept), refusing()}});
    CHECK(read.verdict == Verdict::fail);
    for (const Check& check : read.checks) CHECK(check.visit == 1);
    CHECK(find(read, "canary"));
}

TEST_CASE("after a note the rest is judged", "[judge][judge]") {
    const Judgement read = judge({{1, owed(refuse, should), accepted()}, {2, owed(accept), refusing()}});
    CHECK(read.verdict == Verdict::fail);
    CHECK(read.checks.back().visit == 2);
}

}  // namespace
}  // namespace guise::judge
