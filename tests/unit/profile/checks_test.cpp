#include "profile/checks.hpp"

#include "profile/derive_kit.hpp"

#include <algorithm>

namespace guise::profile::checks_test {
namespace {

using namespace test;

bool makes(const Alternative& way, const std::string& check) {
    return std::ranges::count(way.cited.checks, check) == 1;
}
bool cites(const Alternative& way, const std::string& clause) {
    return std::ranges::count(way.cited.clauses, clause) == 1;
}

// The first way that the last visit of a story goes, all before it having ended in acceptance.
Alternative last(Story story) {
    const int number = static_cast<int>(story.scenario.visits.size());
    return story.ways(number, story.after(number - 1)).front();
}
Alternative last(const std::string& list, const std::string& mode = "ask") { return last(Story(list, mode)); }
Alternative only(const std::string& more) { return last(visit(key_a, more)); }

TEST_CASE("a clause is cited once", "[profile][checks]") {
    Cited cited;
    cite({"M-1", "S-1"}, cited);
    cite({"S-1", "M-2"}, cited);
    CHECK(cited.clauses == Clauses{"M-1", "S-1", "M-2"});
}

TEST_CASE("a visit is cited with the clauses of its cell first", "[profile][checks]") {
    CHECK(only("").cited.clauses.front() == "M-1");
}

TEST_CASE("a visit that may end refused, or asks, is looked at for what leaked", "[profile][checks]") {
    CHECK(makes(only(""), "canary"));
    CHECK(makes(last(visit("{leaf: leaf, defect: expired}")), "canary"));
    CHECK_FALSE(makes(last(visit("{leaf: leaf}")), "canary"));
}

TEST_CASE("a question that is answered no is a declined one", "[profile][checks]") {
    CHECK(makes(only(", answer: decline"), "declined"));
    CHECK(makes(only(", answer: ignore"), "declined"));
    CHECK_FALSE(makes(only(", answer: once"), "declined"));
    CHECK_FALSE(makes(only(going_on), "declined"));
}

TEST_CASE("a warning needs explicit trust, and a refusal offers no way on", "[profile][checks]") {
    Story story(visit(key_a, going_on) + ", " + visit(key_b));
    for (const Alternative& way : story.ways(2, story.after(1))) {
        CHECK(makes(way, "prompt-trust") == (way.decision == Decision::warn));
        CHECK(makes(way, "no-way-on") == (way.decision == Decision::refuse));
    }
}

TEST_CASE("what a visit says of itself calls for checks of its own", "[profile][checks]") {
    CHECK(makes(only(", connections: 2"), "one-prompt"));
    CHECK(makes(only(", plain-text: answered"), "plain-text"));
    CHECK(makes(only(", claims: {version: '4.1'}"), "old-version"));
    CHECK(makes(last(visit(key_a, going_on) + ", " + visit(key_a, ", resume: 1")), "resumed"));
    for (const char* check : {"one-prompt", "plain-text", "old-version", "resumed"})
        CHECK_FALSE(makes(only(""), check));
}

TEST_CASE("a check that neither mode nor profile has is not made", "[profile][checks]") {
    CHECK_FALSE(makes(only(""), "prompt-shows"));
    CHECK_FALSE(makes(last(visit(key_a, ", connections: 2"), "open"), "one-prompt"));
}

TEST_CASE("the start mode default is a check", "[profile][checks]") {
    CHECK(makes(last(visit(key_a), "default"), "default-mode"));
    CHECK_FALSE(makes(last(visit(key_a), "ask"), "default-mode"));
}

TEST_CASE("a new mode shows at the first connection after it, and at no other", "[profile][checks]") {
    CHECK(makes(last("{mode: open}, " + visit(key_a)), "mode-applied"));
    CHECK_FALSE(makes(last("{mode: open}, " + visit(key_a) + ", " + visit(key_a)), "mode-applied"));
}

TEST_CASE("a restart is a check where there was a pin to lose", "[profile][checks]") {
    CHECK(makes(last(visit(key_a, going_on) + ", {restart: client}, " + visit(key_a)), "restart"));
    CHECK_FALSE(makes(last("{restart: client}, " + visit(key_a)), "restart"));
}

TEST_CASE("two clients must be isolated", "[profile][checks]") {
    CHECK(makes(last(Story(visit(key_a), "ask", keeping, "clients: {second: open}\n")), "isolated"));
    CHECK_FALSE(makes(only(""), "isolated"));
}

TEST_CASE("an installed root is a check", "[profile][checks]") {
    CHECK(
        makes(last(Story(visit(key_a), "ask", keeping, "trust: [{leaf: self-signed}]\n")), "installed-root"));
    CHECK_FALSE(makes(only(""), "installed-root"));
}

TEST_CASE("an event that must come is judged under the cell's clause, else under the check's",
          "[profile][checks]") {
    const Alternative by_cell = last(visit(key_a, going_on) + ", " + visit(key_b));
    CHECK(makes(by_cell, "event-fired"));
    CHECK(makes(by_cell, "event-once"));
    CHECK(cites(by_cell, "S-1"));
    const Alternative by_check = last(visit("{leaf: leaf, defect: expired}"));
    CHECK_FALSE(makes(by_check, "event-fired"));  // this profile has no such check
    CHECK(makes(by_check, "event-once"));
    CHECK_FALSE(makes(by_check, "event-faults"));
}

TEST_CASE("of several faults the event must name all", "[profile][checks]") {
    CHECK(makes(last(visit("{leaf: self-signed, defect: expired}")), "event-faults"));
}

TEST_CASE("what a visit did to the pin is shown by the next one whose row depends on it",
          "[profile][checks]") {
    const std::string accepted = visit(key_a, going_on) + ", ";
    CHECK(cites(last(accepted + visit(key_a)), "S-2"));
    CHECK_FALSE(
        cites(last(accepted + visit("{leaf: leaf}")), "S-2"));  // its row is the same for all memories
}

TEST_CASE("the row depends on the memory where its cells decide differently", "[profile][checks]") {
    const Profile profile = profile_of(keeping);
    CHECK(shows_memory(profile.modes.at("ask"), Row::untrusted));
    CHECK_FALSE(shows_memory(profile.modes.at("ask"), Row::trusted));
}

TEST_CASE("each end leaves its own clauses for the next visit", "[profile][checks]") {
    const auto notes = [](const std::string& list) {
        const Alternative way = last(list);
        const auto& all = way.next.clients.at("").notes;
        return all.empty() ? Clauses() : all.begin()->second;
    };
    CHECK(notes(visit(key_a, going_on)) == Clauses{"S-2"});                        // the cell's pin_clause
    CHECK(notes(visit(key_a, ", answer: once")) == Clauses{"S-1"});                // the check once
    CHECK(notes(visit(key_a)) == Clauses{"M-2"});                                  // the check declined
    CHECK(notes(visit(key_a, going_on) + ", " + visit(key_b)) == Clauses{"S-2"});  // the check pin-kept
    CHECK(notes(visit("{leaf: leaf}")) == Clauses{"M-1"});  // what is new, and was accepted silently
}

}  // namespace
}  // namespace guise::profile::checks_test
