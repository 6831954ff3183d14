#include "report/summary.hpp"

#include "report/synthetic.hpp"

#include <catch2/catch.hpp>

namespace guise::report::summary_test {

using namespace guise::evidence;
using judge::Verdict;
using synthetic::make_case;
using synthetic::make_unexpected;

namespace {

const RunFacts interrupted{true, {}, 0};
const RunFacts environment{false, "the disk is full", 0};
const RunFacts stale{false, {}, 1};

CaseRecord pass() { return make_case("a/pass"); }
CaseRecord not_run() { return make_case("a/not-run", Verdict::not_run); }
CaseRecord inconclusive() { return make_unexpected("a/inconclusive", Verdict::inconclusive); }
CaseRecord fail() { return make_unexpected("a/fail", Verdict::fail); }
CaseRecord error() { return make_unexpected("a/error", Verdict::error); }

CaseRecord known(Verdict verdict) {
    CaseRecord out = make_case("a/known", verdict);
    out.known = "we know";
    return out;
}

}  // namespace

TEST_CASE("a run in which all pass is as expected", "[summary]") {
    const RunEnd end = summarise({pass(), pass()}, {});
    CHECK(end.exit == ExitCode::as_expected);
    CHECK(end.reason == "as expected");
}

TEST_CASE("a note, a lack of a capability and what is known are as expected", "[summary]") {
    CHECK(summarise({make_case("a/note", Verdict::note)}, {}).exit == ExitCode::as_expected);
    CHECK(summarise({make_case("a/n-a", Verdict::not_applicable)}, {}).exit == ExitCode::as_expected);
    for (const Verdict verdict : {Verdict::fail, Verdict::error, Verdict::inconclusive})
        CHECK(summarise({known(verdict)}, {}).exit == ExitCode::as_expected);
}

TEST_CASE("an unexpected failure exits 1, and all of them are counted", "[summary]") {
    CHECK(summarise({fail(), pass()}, {}).exit == ExitCode::unexpected);
    CHECK(summarise({fail(), pass()}, {}).reason == "1 unexpected failure");
    CHECK(summarise({fail(), fail(), known(Verdict::fail)}, {}).reason == "2 unexpected failures");
}

TEST_CASE("a known failure that passes exits 1 and asks for the entry to go", "[summary]") {
    const RunEnd end = summarise({synthetic::fixed()}, {});
    CHECK(end.exit == ExitCode::unexpected);
    CHECK(end.reason == "1 case known to fail passed: remove the entry");
}

TEST_CASE("an interrupted run exits 2", "[summary]") {
    CHECK(summarise({pass()}, interrupted).exit == ExitCode::interrupted);
    CHECK(summarise({}, interrupted).reason == "stopped before the end");
}

TEST_CASE("a session that was skipped is at fault with its reason", "[summary]") {
    std::vector<SessionEnd> sessions(2);
    CHECK(skipped_text(sessions).empty());
    sessions[1].session = "curl/strict";
    sessions[1].trouble = "the control before the session was not accepted: the client never connected";
    sessions[1].skipped = true;
    CHECK(skipped_text(sessions) ==
          "curl/strict was skipped: the control before the session was not accepted: the client never "
          "connected");
}

TEST_CASE("a run without cases exits 5", "[summary]") {
    CHECK(summarise({}, {}).exit == ExitCode::nothing);
    CHECK(summarise({}, {}).reason == "nothing was selected");
}

TEST_CASE("inconclusive and not-run cases exit 10", "[summary]") {
    CHECK(summarise({inconclusive()}, {}).exit == ExitCode::inconclusive);
    CHECK(summarise({not_run()}, {}).exit == ExitCode::inconclusive);
    CHECK(summarise({inconclusive(), not_run()}, {}).reason == "2 cases inconclusive or not run");
}

TEST_CASE("cases at whose error somebody else is at fault exit 11", "[summary]") {
    const RunEnd end = summarise({error()}, {});
    CHECK(end.exit == ExitCode::environment);
    CHECK(end.reason == "1 case could not be judged: the client or the machine is at fault");
}

TEST_CASE("trouble with the machine exits 11, in its own words", "[summary]") {
    CHECK(summarise({pass()}, environment).exit == ExitCode::environment);
    CHECK(summarise({pass()}, environment).reason == "the disk is full");
}

TEST_CASE("stale entries alone exit 12", "[summary]") {
    CHECK(summarise({pass()}, stale).exit == ExitCode::stale);
    CHECK(summarise({pass()}, stale).reason == "1 stale known deviation");
    CHECK(summarise({pass()}, {false, {}, 2}).reason == "2 stale known deviations");
}

TEST_CASE("the exit code is that of the gravest: 2 before 11 before 1 before 10 before 12", "[summary]") {
    const std::vector<CaseRecord> all{pass(), not_run(), inconclusive(), fail(), error(), synthetic::fixed()};
    CHECK(summarise(all, {true, "the disk is full", 1}).exit == ExitCode::interrupted);
    CHECK(summarise(all, {false, "the disk is full", 1}).reason == "the disk is full");
    CHECK(summarise(all, stale).exit == ExitCode::environment);
    CHECK(summarise({pass(), not_run(), fail(), synthetic::fixed()}, stale).reason == "1 unexpected failure");
    CHECK(summarise({pass(), not_run(), synthetic::fixed()}, stale).exit == ExitCode::unexpected);
    CHECK(summarise({pass(), inconclusive()}, stale).exit == ExitCode::inconclusive);
    CHECK(summarise({}, stale).exit == ExitCode::stale);
}

TEST_CASE("the counts are of verdicts, known or not", "[summary]") {
    const RunEnd end = summarise({pass(), pass(), fail(), known(Verdict::fail), not_run()}, {});
    CHECK(end.counts == std::map<std::string, std::size_t>{{"pass", 2}, {"fail", 2}, {"not-run", 1}});
}

TEST_CASE("a cell shows the verdict, or that it is known, or fixed", "[summary]") {
    CHECK(cell_word(pass()) == "pass");
    CHECK(cell_word(fail()) == "fail");
    CHECK(cell_word(known(Verdict::fail)) == "known");
    CHECK(cell_word(synthetic::fixed()) == "fixed");
}

TEST_CASE("a failure in another way than the known one shows as a failure", "[summary]") {
    CaseRecord record = known(Verdict::fail);
    record.disposition = judge::Disposition::unexpected;
    CHECK(cell_word(record) == "fail");
}

TEST_CASE("a reader is told of all but plain passes and lacks, the unexpected first", "[summary]") {
    const Results results = synthetic::every_verdict();
    std::vector<std::string> ids;
    for (const CaseRecord* record : worth_telling(results)) ids.push_back(record->id.scenario);
    CHECK(ids == std::vector<std::string>{"names/nul-in-san", "names/wrong-name", "signatures/bad-signature",
                                          "trust/private-ca", "handshake/alert", "handshake/pinned",
                                          "names/cn-only"});
}

TEST_CASE("the counts in words go from good to bad and leave out what there is none of", "[summary]") {
    CHECK(counts_text(synthetic::every_verdict().cases) ==
          "2 pass, 1 note, 1 known, 1 fixed, 1 fail, 1 error, 1 inconclusive, 1 not-applicable, 1 not-run");
    CHECK(counts_text({fail(), pass(), fail()}) == "1 pass, 2 fail");
    CHECK(counts_text({}) == "none");
}

TEST_CASE("a fault of the harness goes before everything else", "[summary]") {
    RunFacts facts = interrupted;
    facts.internal = "it went wrong";
    const RunEnd end = summarise({fail(), pass()}, facts);
    CHECK(end.exit == ExitCode::internal);
    CHECK(end.reason == "internal error: it went wrong");
}

}  // namespace guise::report::summary_test
