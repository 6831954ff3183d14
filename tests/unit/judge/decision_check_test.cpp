#include "judge/decision_check.hpp"

#include "judge/kit.hpp"

namespace guise::judge::decision_check_test {
namespace {

using namespace test;

Observation accepted() { return seen({finished("hello")}); }
Observation refusing() { return seen({refused()}); }
Observation warned() { return seen_asking({shown()}, "warn", "decline"); }

std::vector<Check> checked(const std::string& visit, Decision decision, const Observation& seen,
                           const std::string& mode = "ask", const std::string& more = {}) {
    return decision_checks(Met(Story(visit, mode, more), decision, seen).explained());
}

// The checks of a visit that some way at a price explains: the first that ends as it was seen.
std::vector<Check> priced(const std::string& present, const std::string& mode, const Observation& seen) {
    const Met met(Story(shows(present), mode), Decision::accept, seen);
    profile::FactsSource facts{pki::test::repository()};
    for (const profile::Alternative& way : profile::step(met.subject, facts, 1, met.before, true))
        if (way.decision == seen.decision && way.final == seen.final)
            return decision_checks({met.subject, 1, met.from, way, seen});
    return {};
}

std::vector<Check> unexplained(const std::string& visit, const Observation& seen,
                               const std::string& mode = "ask", const std::string& more = {}) {
    Story story(visit, mode, more);
    const profile::Possible before = story.start();
    return unexplained_checks(story.subject(), 1, {story.standpoint(before)}, seen);
}

TEST_CASE("a decision that is owed passes under the clauses of its cell", "[judge][decision]") {
    const Check check = made(checked(shows(trusted), Decision::accept, accepted()), "decision");
    CHECK(check.verdict == Verdict::pass);
    CHECK(check.expected == "accept");
    CHECK(check.observed == "accept: accepted and sent data");
    CHECK(check.clauses == Clauses{"trusted"});
    CHECK(check.level == Level::must);
    CHECK_FALSE(check.described);
}

TEST_CASE("each of several right decisions passes", "[judge][decision]") {
    CHECK(made(checked(shows(expired), Decision::refuse, refusing()), "decision").verdict == Verdict::pass);
    CHECK(made(checked(shows(expired), Decision::warn, warned()), "decision").verdict == Verdict::pass);
    CHECK(
        made(checked(shows(expired), Decision::warn, warned()), "decision").observed ==
        "warn: warned its user, was answered 'decline', and refused in the handshake by closing, without an "
        "alert");
}

TEST_CASE("checks that the decision alone shows lend it their clauses", "[judge][decision]") {
    const auto clauses = [](const std::string& visit, const std::string& mode, const std::string& more = {}) {
        return made(checked(visit, Decision::accept, accepted(), mode, more), "decision").clauses;
    };
    CHECK(clauses(shows(trusted), "default", "modes: [default]\n") == Clauses{"trusted", "default-mode"});
    CHECK(clauses(shows(trusted, ", claims: {version: '4.1'}"), "ask") == Clauses{"trusted", "old-version"});
    CHECK(clauses(shows(trusted), "ask", "clients: {other: lax}\n") == Clauses{"trusted", "isolated"});
    CHECK(clauses(shows(key_a), "ask", "trust: [{leaf: self-signed}]\n") ==
          Clauses{"trusted", "installed-root"});
}

TEST_CASE("checks beside the decision keep their clauses to themselves", "[judge][decision]") {
    CHECK(made(checked(shows(expired, ", connections: 2, plain-text: answered"), Decision::warn, warned()),
               "decision")
              .clauses == Clauses{"invalid"});
}

TEST_CASE("what the visit before has left to be shown is cited, though a check beside has the same clause",
          "[judge][decision]") {
    Story story(shows(key_a));
    profile::Possible before = story.start();
    before.clients.at("").notes["server main/main"] = {"declined"};
    const Standpoint from = story.standpoint(before);
    const Observation seen = seen_asking({shown()}, "ask", "decline");
    CHECK(made(decision_checks({story.subject(), 1, from, from.due.front(), seen}), "decision").clauses ==
          Clauses{"first", "declined"});
}

TEST_CASE("a decision that breaks a should alone is a note", "[judge][decision]") {
    const Check check = made(priced(key_a, "lax", refusing()), "decision");
    CHECK(check.verdict == Verdict::note);
    CHECK(check.expected == "accept");
    CHECK(check.clauses == Clauses{"renewed"});
    CHECK(check.level == Level::should);
}

TEST_CASE("what a should-fault tolerates is a note", "[judge][decision]") {
    const Check check = made(priced(version_1, "strict", accepted()), "decision");
    CHECK(check.verdict == Verdict::note);
    CHECK(check.level == Level::should);
    CHECK(check.expected == "refuse (accept is a note)");
    CHECK(check.clauses == Clauses{"invalid"});  // of what it should have refused
    CHECK_FALSE(check.described);
}

TEST_CASE("what a may-fault tolerates passes and is described", "[judge][decision]") {
    const Check check = made(priced(old_root, "strict", accepted()), "decision");
    CHECK(check.verdict == Verdict::pass);
    CHECK(check.described);
    CHECK(check.expected == "refuse (accept is right too)");
}

TEST_CASE("what is owed passes without a word where more is tolerated", "[judge][decision]") {
    const Check check = made(checked(shows(version_1), Decision::refuse, refusing(), "strict"), "decision");
    CHECK(check.verdict == Verdict::pass);
    CHECK(check.level == Level::must);
    CHECK_FALSE(check.described);
}

TEST_CASE("a right decision that is not the preferred one is a note of its own clause", "[judge][decision]") {
    const Check check = made(checked(shows(expired), Decision::accept, accepted(), "lax"), "decision");
    CHECK(check.verdict == Verdict::note);
    CHECK(check.clauses == Clauses{"rather-warn"});
    CHECK(check.expected == "accept or refuse (rather refuse)");
}

TEST_CASE("the preferred decision passes with the clauses of the cell", "[judge][decision]") {
    const Check check = made(checked(shows(expired), Decision::refuse, refusing(), "lax"), "decision");
    CHECK(check.verdict == Verdict::pass);
    CHECK(check.clauses == Clauses{"invalid", "rather-warn"});
    CHECK(check.level == Level::must);
}

TEST_CASE("a memory that a should speaks against is a note beside the decision", "[judge][decision]") {
    const Met met(Story(shows(key_a, ", answer: connect")), Decision::ask,
                  seen_asking({finished(canary)}, "ask", "connect"));
    profile::FactsSource facts{pki::test::repository()};
    std::vector<std::vector<Check>> all;
    for (const profile::Alternative& way : profile::step(met.subject, facts, 1, met.before, true))
        if (way.decision == Decision::ask)
            all.push_back(decision_checks({met.subject, 1, met.from, way, met.seen}));
    REQUIRE(all.size() > 1);
    CHECK_FALSE(find(all.front(), "pin"));
    CHECK(made(all.back(), "decision").verdict == Verdict::pass);
    const Check pin = made(all.back(), "pin");
    CHECK(pin.verdict == Verdict::note);
    CHECK(pin.clauses == Clauses{"pinned"});
    CHECK(pin.expected == "the certificate remembered in place of what was");
    CHECK(pin.observed == "another memory, as a later visit shows");
}

TEST_CASE("evidence without a decision is inconclusive, and says what was owed", "[judge][decision]") {
    Story story(shows(expired), "strict");
    const profile::Possible before = story.start();
    const auto checked = [&](const VisitEvidence& evidence) {
        return undecided_checks(story.subject(), 1, {story.standpoint(before)}, observe(evidence, {}));
    };
    const std::vector<Check> checks = checked(visit({shown(Ending::deadline)}));
    REQUIRE(checks.size() == 1);
    const Check& check = checks.front();
    CHECK(check.verdict == Verdict::inconclusive);
    CHECK(check.expected == "refuse");
    CHECK(check.observed == "saw the certificate and then neither went on nor ended");
    CHECK(check.clauses == Clauses{"invalid"});
    VisitEvidence evidence = visit({});
    evidence.client.adapter_error = "no JSON";
    CHECK(checked(evidence).front().verdict == Verdict::error);
    evidence = visit({});
    evidence.client.unsupported = "pins";
    CHECK(checked(evidence).front().verdict == Verdict::not_applicable);
}

TEST_CASE("a secret in clear fails whatever else is undecided", "[judge][decision]") {
    Story story(shows(expired), "strict");
    const auto checks = undecided_checks(story.subject(), 1, {story.standpoint(story.start())},
                                         observe(visit({shown(Ending::deadline), plain(canary)}), {}));
    CHECK(worst(checks) == Verdict::fail);
    CHECK(checks.front().verdict == Verdict::inconclusive);
    CHECK(checks.back().name == "canary");
}

TEST_CASE("a decision that nothing explains fails under all that was owed", "[judge][decision]") {
    const auto checks = unexplained(shows(expired), accepted());
    const Check check = made(checks, "decision");
    CHECK(check.verdict == Verdict::fail);
    CHECK(check.level == Level::must);
    CHECK(check.expected == "warn or refuse");
    CHECK(check.observed == "accept: accepted and sent data");
    CHECK(check.clauses == Clauses{"invalid"});
    CHECK_FALSE(find(checks, "canary"));
    CHECK(made(unexplained(shows(expired), seen({finished(canary)})), "canary").verdict == Verdict::fail);
}

TEST_CASE("what may be owed to either memory is told", "[judge][decision]") {
    Story story(shows(key_b));
    const profile::Possible fresh = story.start();
    profile::Possible pinned = fresh;
    pinned.clients.at("").pins["server main/main"] = {{"other", "a"}};
    const auto checks = unexplained_checks(story.subject(), 1,
                                           {story.standpoint(fresh), story.standpoint(pinned)}, accepted());
    CHECK(made(checks, "decision").expected == "ask, or warn or refuse (rather warn)");
    CHECK(made(checks, "decision").clauses == Clauses{"first", "changed", "rather-warn"});
}

TEST_CASE("an answer that was not obeyed fails beside a decision that was right", "[judge][decision]") {
    const auto checks = unexplained(shows(key_a), seen_asking({finished(canary)}, "ask", "decline"));
    CHECK(made(checks, "decision").verdict == Verdict::pass);
    const Check check = made(checks, "declined");
    CHECK(check.verdict == Verdict::fail);
    CHECK(check.expected == "no connection after the answer");
    CHECK(check.clauses == Clauses{"declined"});
    CHECK(made(checks, "canary").verdict == Verdict::fail);
}

TEST_CASE("a client that ends although its user went on fails", "[judge][decision]") {
    const Check check = made(
        unexplained(shows(key_a, ", answer: connect"), seen_asking({shown()}, "ask", "connect")), "decision");
    CHECK(check.verdict == Verdict::fail);
    CHECK(check.expected == "a connection after the answer 'connect'");
}

TEST_CASE("where two certificates are shown both are told", "[judge][decision]") {
    const std::string swapping = ", swap: {after: public-request, present: " + key_b + "}";
    const auto checks = unexplained(shows(trusted, swapping), seen({finished(canary)}));
    const Check check = made(checks, "decision");
    CHECK(check.expected == "accept, and then refuse the other certificate");
    CHECK(check.clauses == Clauses{"trusted", "swapped"});
    CHECK(find(checks, "canary"));
}

}  // namespace
}  // namespace guise::judge::decision_check_test
