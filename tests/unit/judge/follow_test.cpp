#include "judge/follow.hpp"

#include "judge/kit.hpp"

namespace guise::judge::follow_test {
namespace {

using namespace test;

const Observation accepting = seen({finished(canary)});
const Observation refusing = seen({refused()});
Observation asking_for(const std::string& answer, Transcript connection = finished(canary)) {
    return seen_asking({std::move(connection)}, "ask", answer);
}
const std::string connect = ", answer: connect";

// Follows a client through a story of visits, its connecting visits seen so.
std::vector<Check> followed(Story story, const SeenVisits& visits) {
    Follower follower(story.subject(), story.facts);
    for (int number = 1; number <= static_cast<int>(story.scenario.visits.size()); ++number) {
        const auto seen = visits.find(number);
        if (seen == visits.end())
            follower.act(number);
        else if (!follower.connect(number, seen->second))
            break;
    }
    return follower.checks();
}

TEST_CASE("a certificate that was accepted for good is known in the next visit", "[judge][follow]") {
    const Story story(shows(key_a, connect) + ", " + shows(key_a));
    const auto right = followed(story, {{1, asking_for("connect")}, {2, accepting}});
    CHECK(worst(right) == Verdict::pass);
    CHECK(made(right, "decision", 2).clauses == Clauses{"known", "pinned"});
}

TEST_CASE("a certificate that was declined is asked about again", "[judge][follow]") {
    const Story story(shows(key_a) + ", " + shows(key_a));
    const Observation declined = asking_for("decline", shown());
    CHECK(worst(followed(story, {{1, declined}, {2, declined}})) == Verdict::pass);
    const auto wrong = followed(story, {{1, declined}, {2, accepting}});
    CHECK(made(wrong, "decision", 2).verdict == Verdict::fail);
    CHECK(made(wrong, "decision", 2).clauses == Clauses{"first", "declined"});
}

TEST_CASE("a certificate that was accepted once is asked about again", "[judge][follow]") {
    const Story story(shows(key_a, ", answer: once") + ", " + shows(key_a));
    const auto wrong = followed(story, {{1, asking_for("once")}, {2, accepting}});
    CHECK(made(wrong, "decision", 2).verdict == Verdict::fail);
    CHECK(made(wrong, "decision", 2).clauses == Clauses{"first", "once"});
}

TEST_CASE("a change that was not accepted leaves the pin", "[judge][follow]") {
    const Story story(shows(key_a, connect) + ", " + shows(key_b) + ", " + shows(key_b));
    const Observation warned = seen_asking({shown()}, "warn", "decline");
    const auto right = followed(story, {{1, asking_for("connect")}, {2, warned}, {3, warned}});
    CHECK(made(right, "decision", 3).verdict == Verdict::pass);
    const auto wrong = followed(story, {{1, asking_for("connect")}, {2, warned}, {3, accepting}});
    CHECK(made(wrong, "decision", 3).verdict == Verdict::fail);
    CHECK(made(wrong, "decision", 3).clauses == Clauses{"changed", "pin-kept", "rather-warn"});
}

TEST_CASE("a memory that only a should speaks against costs a note, where a later visit shows it",
          "[judge][follow]") {
    const Story story(shows(key_a, connect) + ", " + shows(key_a, connect));
    const auto checks = followed(story, {{1, asking_for("connect")}, {2, asking_for("connect")}});
    CHECK(worst(checks) == Verdict::note);
    CHECK(made(checks, "pin", 1).clauses == Clauses{"pinned"});
    CHECK(made(checks, "decision", 2).verdict == Verdict::pass);
}

TEST_CASE("of two explanations the cheaper is the verdict", "[judge][follow]") {
    const Story story(shows(key_a, connect));
    CHECK_FALSE(find(followed(story, {{1, asking_for("connect")}}), "pin"));
}

TEST_CASE("a fault that may be overlooked costs no more than a word", "[judge][follow]") {
    const auto checks = followed(Story(shows(old_root), "strict"), {{1, accepting}});
    CHECK(worst(checks) == Verdict::pass);
    CHECK(made(checks, "decision").described);
}

Observation accepting_after(std::vector<Fetched> fetched, std::vector<std::uint16_t> extensions = {}) {
    VisitEvidence evidence = visit({finished(canary)});
    evidence.connections[0].hello->extensions = std::move(extensions);
    evidence.fetched = std::move(fetched);
    return observe(evidence, {});
}

TEST_CASE("a revoked staple binds those who asked for one, and is described of the others",
          "[judge][follow]") {
    const Story story(shows("{leaf: checked-leaf, defect: staple-revoked}"), "strict");
    const auto unasked = followed(story, {{1, accepting_after({}, {0, 13})}});
    CHECK(worst(unasked) == Verdict::pass);
    CHECK(made(unasked, "decision").described);
    CHECK(worst(followed(story, {{1, accepting_after({}, {0, 5})}})) == Verdict::fail);
    CHECK(worst(followed(story, {{1, refusing}})) == Verdict::pass);
}

TEST_CASE("a list binds those who fetched it, and no other list does", "[judge][follow]") {
    using pki::Channel, pki::Position;
    const Story story(shows("{leaf: checked-leaf, defect: {list-revoked: {at: intermediate}}}"), "strict");
    const Fetched other{{Channel::crl, Position::leaf}, "leaf.crl", {}};
    const Fetched that{{Channel::crl, Position::intermediate}, "intermediate.crl", {}};
    CHECK(worst(followed(story, {{1, accepting_after({})}})) == Verdict::pass);
    CHECK(worst(followed(story, {{1, accepting_after({other})}})) == Verdict::pass);
    CHECK(worst(followed(story, {{1, accepting_after({other, that})}})) == Verdict::fail);
}

TEST_CASE("a restart and a change of mode are shown by the next visit", "[judge][follow]") {
    const Story restarted(shows(key_a, connect) + ", {restart: client}, " + shows(key_a));
    const auto forgot =
        followed(restarted, {{1, asking_for("connect")}, {3, seen_asking({shown()}, "warn", "decline")}});
    CHECK(made(forgot, "decision", 3).verdict == Verdict::fail);
    CHECK(made(forgot, "decision", 3).clauses == Clauses{"known", "pinned", "restart"});
    const Story changed(shows(trusted) + ", {mode: strict}, " + shows(expired));
    CHECK(made(followed(changed, {{1, accepting}, {3, refusing}}), "decision", 3).clauses ==
          Clauses{"invalid", "mode-applied"});
}

TEST_CASE("an answer that the question does not offer leaves a case that shows no pass", "[judge][follow]") {
    const Story story(shows(key_a, ", answer: once") + ", " + shows(key_a));
    const auto checks =
        followed(story, {{1, asking_for("decline", shown())}, {2, asking_for("decline", shown())}});
    CHECK(made(checks, "declined", 1).verdict == Verdict::pass);
    CHECK(made(checks, "answer", 1).verdict == Verdict::not_applicable);
    CHECK(made(checks, "answer", 1).expected == "a question that can be answered 'once'");
    CHECK(made(checks, "answer", 1).observed == "one that cannot: it was answered 'decline'");
    CHECK_FALSE(find(checks, "answer", 2));
}

TEST_CASE("what follows from another answer can fail", "[judge][follow]") {
    const Story story(shows(key_a, connect) + ", " + shows(key_a));
    CHECK(worst(followed(story, {{1, asking_for("decline", shown())}, {2, accepting}})) == Verdict::fail);
    CHECK(worst(followed(story, {{1, asking_for("decline")}})) == Verdict::fail);
}

TEST_CASE("a client that dies of a signal fails, whatever it decided", "[judge][follow]") {
    const auto dying = [](Transcript connection) {
        VisitEvidence evidence = visit({std::move(connection)});
        evidence.client.process.exit_code.reset();
        evidence.client.process.signal = 11;
        return observe(evidence, {});
    };
    CHECK(made(followed(Story(shows(key_a), "strict"), {{1, dying(refused())}}), "crash").verdict ==
          Verdict::fail);
    CHECK(made(followed(Story(shows(trusted), "strict"), {{1, dying(finished(canary))}}), "crash").verdict ==
          Verdict::fail);
    CHECK(made(followed(Story(shows(key_a), "strict"), {{1, dying(finished(canary))}}), "crash").verdict ==
          Verdict::fail);
    CHECK_FALSE(find(followed(Story(shows(key_a), "strict"), {{1, refusing}}), "crash"));
}

TEST_CASE("a question that stays open is held", "[judge][follow]") {
    const Story story(shows(key_a, ", answer: ignore"));
    VisitEvidence evidence = asked({shown()}, {question("ask", "ignore")});
    evidence.client.process.signal = 9;
    evidence.client.process.exit_code.reset();
    const auto checks = followed(story, {{1, observe(evidence, {})}});
    CHECK(worst(checks) == Verdict::pass);
    CHECK(made(checks, "declined").verdict == Verdict::pass);
    CHECK(made(checks, "canary").verdict == Verdict::pass);
}

const std::string swapping = ", swap: {after: public-request, present: " + key_b + "}";

TEST_CASE("a client that refuses the other certificate passes", "[judge][follow]") {
    VisitEvidence evidence = visit({finished("GET /a HTTP/1.1\r\n\r\n"), refused()});
    evidence.connections[1].presented = evidence.swapped = "swapped";
    const auto checks = followed(Story(shows(trusted, swapping)), {{1, observe(evidence, {"GET /a"})}});
    CHECK(worst(checks) == Verdict::pass);
    CHECK(made(checks, "decision").observed == "accept: sent nothing but public requests, and ended");
}

TEST_CASE("a client that never comes back for the other certificate shows nothing of it", "[judge][follow]") {
    const auto checks = followed(Story(shows(trusted, swapping)), {{1, accepting}});
    CHECK(made(checks, "decision").verdict == Verdict::pass);
    CHECK(made(checks, "swap").verdict == Verdict::not_applicable);
    CHECK(worst(followed(Story(shows(expired, swapping), "strict"), {{1, accepting}})) == Verdict::fail);
}

TEST_CASE("after what nothing explains, or evidence of nothing, there is no more to follow",
          "[judge][follow]") {
    Story story(shows(trusted));
    Follower refused(story.subject(), story.facts);
    CHECK_FALSE(refused.connect(1, refusing));
    CHECK(worst(refused.checks()) == Verdict::fail);
    Follower silent(story.subject(), story.facts);
    CHECK_FALSE(silent.connect(1, seen({shown(Ending::deadline)})));
    CHECK(worst(silent.checks()) == Verdict::inconclusive);
    Follower right(story.subject(), story.facts);
    CHECK(right.connect(1, accepting));
}

// Went on over the connection that visit `opened_in` had opened.
Observation over(int opened_in) {
    Transcript connection = finished(canary);
    connection.visit = opened_in;
    return seen({connection});
}

TEST_CASE("what goes over an older connection is judged by the chain of that and the mode of now",
          "[judge][follow]") {
    const Story story(shows(key_a) + ", {mode: strict}, " + shows(trusted), "lax");
    const auto wrong = followed(story, {{1, accepting}, {3, over(1)}});
    CHECK(made(wrong, "decision", 3).verdict == Verdict::fail);
    CHECK(made(wrong, "decision", 3).clauses.at(0) == "first");
    CHECK(worst(followed(story, {{1, accepting}, {3, accepting}})) == Verdict::pass);
}

TEST_CASE("an older connection goes on where nothing has changed, whatever is shown now", "[judge][follow]") {
    const Story story(shows(key_a, connect) + ", " + shows(key_b) + ", " + shows(key_b));
    const auto right = followed(story, {{1, asking_for("connect")}, {2, over(1)}, {3, over(1)}});
    CHECK(worst(right) == Verdict::pass);
    const auto wrong = followed(story, {{1, asking_for("connect")}, {2, over(1)}, {3, accepting}});
    CHECK(made(wrong, "decision", 3).verdict == Verdict::fail);
}

TEST_CASE("each of two clients has a memory of its own", "[judge][follow]") {
    const Story story(shows(key_a, connect) + ", {present: " + key_a + ", client: other}", "ask",
                      "clients: {other: ask}\n");
    const auto checks = followed(story, {{1, asking_for("connect")}, {2, accepting}});
    CHECK(made(checks, "decision", 2).verdict == Verdict::fail);
    CHECK(made(checks, "decision", 2).clauses == Clauses{"first", "isolated"});
}

// The same, of a client that may pin what is trusted or leave the pin: what must it have chosen?
PinChoices chosen(const std::string& visits, const SeenVisits& seen) {
    std::string profile = asking;
    const std::string closed = "trusted: {any: {decision: accept, pin: keep, event: none, clause: trusted}}";
    profile.replace(profile.find(closed), closed.size(),
                    "trusted: {any: {decision: accept, pin: [set, keep], pin_clause: pinned, event: none, "
                    "clause: trusted}}");
    Story story(visits, "ask", {}, profile);
    Follower follower(story.subject(), story.facts);
    for (const auto& [number, each] : seen) REQUIRE(follower.connect(number, each));
    return follower.choices();
}

const Observation warned = seen_asking({shown()}, "warn", "decline");
const Observation asked = seen_asking({shown()}, "ask", "decline");

TEST_CASE("a change shows that a trusted key was pinned, and a first use that it was not",
          "[judge][follow][pin]") {
    const std::string visits = shows(trusted) + ", " + shows(key_b);
    const PinChoices pins = chosen(visits, {{1, accepting}, {2, warned}});
    REQUIRE(pins.all().size() == 1);
    CHECK(pins.all().at("ask, trusted/none").pins == 1);
    CHECK(pins.all().at("ask, trusted/none").leaves == 0);
    CHECK(pins.all().at("ask, trusted/none").clauses == Clauses{"pinned"});
    const PinChoices leaves = chosen(visits, {{1, accepting}, {2, asked}});
    CHECK(leaves.all().at("ask, trusted/none").leaves == 1);
    CHECK(leaves.all().at("ask, trusted/none").pins == 0);
}

TEST_CASE("what either habit explains shows none", "[judge][follow][pin]") {
    CHECK(chosen(shows(trusted), {{1, accepting}}).all().empty());
    CHECK(chosen(shows(trusted) + ", " + shows(trusted), {{1, accepting}, {2, accepting}}).all().empty());
}

TEST_CASE("two servers may show both habits", "[judge][follow][pin]") {
    const std::string other = ", at: {port: other}";
    const PinChoices both = chosen(
        shows(trusted) + ", " + shows(trusted, other) + ", " + shows(key_b) + ", " + shows(key_b, other),
        {{1, accepting}, {2, accepting}, {3, asked}, {4, warned}});
    CHECK(both.all().at("ask, trusted/none").leaves == 1);
    CHECK(both.all().at("ask, trusted/none").pins == 2);
}

TEST_CASE("a certificate with a fault that may be overlooked shows no habit", "[judge][follow][pin]") {
    CHECK(chosen(shows(old_root) + ", " + shows(key_b), {{1, accepting}, {2, warned}}).all().empty());
}

}  // namespace
}  // namespace guise::judge::follow_test
