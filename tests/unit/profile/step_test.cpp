#include "profile/step.hpp"

#include "profile/derive_kit.hpp"

#include <algorithm>

namespace guise::profile::step_test {
namespace {

using namespace test;
using Told = std::set<std::string>;

Told first(const std::string& list, const std::string& mode = "ask", const std::string& text = keeping) {
    Story story(list, mode, text);
    return told(story.ways(1, story.start()));
}

// What is expected of the last visit of a story, the ones before having ended in acceptance.
Told last(const std::string& list) {
    Story story(list);
    const int number = static_cast<int>(story.scenario.visits.size());
    return told(story.ways(number, story.after(number - 1)));
}

const Alternative& that_decides(const std::vector<Alternative>& ways, Decision decision) {
    const auto found = std::ranges::find(ways, decision, &Alternative::decision);
    REQUIRE(found != ways.end());
    return *found;
}

TEST_CASE("a question ends as the user answers it", "[profile][step]") {
    CHECK(first(visit(key_a, going_on)) == Told{"untrusted/none ask accepted"});
    CHECK(first(visit(key_a, ", answer: once")) == Told{"untrusted/none ask accepted-once"});
    CHECK(first(visit(key_a)) == Told{"untrusted/none ask refused"});
    CHECK(first(visit(key_a, ", answer: ignore")) == Told{"untrusted/none ask held"});
}

TEST_CASE("nobody is asked where the client decides alone", "[profile][step]") {
    Story story(visit("{leaf: leaf}", going_on));
    const auto ways = story.ways(1, story.start());
    REQUIRE(ways.size() == 1);
    CHECK_FALSE(ways.front().answer);
    CHECK(first(visit("{leaf: leaf, defect: expired}", going_on)) == Told{"invalid/any refuse refused"});
}

TEST_CASE("an accepted certificate is known at the next visit", "[profile][step]") {
    const std::string before = visit(key_a, going_on) + ", ";
    CHECK(last(before + visit(key_a)) == Told{"untrusted/same accept accepted"});
    CHECK(last(before + visit("{leaf: self-signed, key: a, issue: 2}")) ==
          Told{"untrusted/renewed accept accepted"});
    CHECK(last(before + visit(key_b)) ==
          Told{"untrusted/changed warn refused", "untrusted/changed refuse refused"});
}

TEST_CASE("another server is another memory", "[profile][step]") {
    CHECK(last(visit(key_a, going_on) + ", " + visit(key_b, ", at: {port: second}")) ==
          Told{"untrusted/none ask refused"});
}

TEST_CASE("what is not accepted for good leaves the memory as it was", "[profile][step]") {
    for (const char* answer : {"once", "decline", "ignore"}) {
        Story story(visit(key_a, std::string(", answer: ") + answer));
        for (const Alternative& way : story.ways(1, story.start()))
            CHECK(way.next.clients.at("").pins == story.start().clients.at("").pins);
    }
}

TEST_CASE("where the cell leaves the pin open, both memories are possible", "[profile][step]") {
    Story story(visit(key_a, going_on) + ", " + visit("{leaf: self-signed, key: a, issue: 2}"));
    const auto ways = story.ways(2, story.after(1));
    REQUIRE(ways.size() == 2);
    CHECK(ways[0].next.clients.at("").pins != ways[1].next.clients.at("").pins);
}

TEST_CASE("a server that is forgotten is unknown", "[profile][step]") {
    CHECK(last(visit(key_a, going_on) + ", {forget: server}, " + visit(key_b)) ==
          Told{"untrusted/none ask refused"});
}

TEST_CASE("a change of mode keeps the pins, clears them or may do either, as the profile says",
          "[profile][step]") {
    const auto memories = [](const std::string& rule) {
        Story story(visit(key_a, going_on) + ", {mode: open}", "ask",
                    changed(keeping, "on_mode_change: either", "on_mode_change: " + rule));
        std::set<std::size_t> pins;
        for (const Alternative& way : story.ways(2, story.after(1))) {
            CHECK(way.situation.empty());
            CHECK(way.next.clients.at("").mode == "open");
            pins.insert(way.next.clients.at("").pins.size());
        }
        return pins;
    };
    CHECK(memories("either") == std::set<std::size_t>{0, 1});
    CHECK(memories("keep") == std::set<std::size_t>{1});
    CHECK(memories("clear") == std::set<std::size_t>{0});
}

TEST_CASE("a certificate expires by a move of the clock", "[profile][step]") {
    CHECK(last(visit("{leaf: leaf}") + ", {clock: 20000d}, " + visit("{leaf: leaf}")) ==
          Told{"invalid/any refuse refused"});
}

TEST_CASE("a certificate that is first shown after a move of the clock is made then", "[profile][step]") {
    CHECK(last("{clock: 20000d}, " + visit("{leaf: leaf}")) == Told{"trusted/any accept accepted"});
}

TEST_CASE("a fault below must excuses what holds without it", "[profile][step]") {
    Story story(visit("{leaf: leaf, defect: {expired: {at: root}}}"));
    const auto strictly = story.ways(1, story.start());
    REQUIRE(strictly.size() == 1);
    REQUIRE(strictly.front().tolerated);
    CHECK(*strictly.front().tolerated == Tolerated{Level::may, {Decision::accept}});
    const auto ways = story.ways(1, story.start(), true);
    const auto excused = std::ranges::find(ways, std::string("trusted/any"), &Alternative::situation);
    REQUIRE(excused != ways.end());
    CHECK(excused->decision == Decision::accept);
    CHECK(excused->price == std::vector<Price>{{Level::may, "S-1"}});
}

TEST_CASE("what breaks nothing but a should-clause is tolerated, at its price", "[profile][step]") {
    Story story(visit("{leaf: leaf, defect: expired}"));  // expected by S-1: refuse
    CHECK(story.ways(1, story.start()).size() == 1);
    const auto ways = story.ways(1, story.start(), true);
    CHECK(that_decides(ways, Decision::refuse).price.empty());
    CHECK(that_decides(ways, Decision::accept).price == std::vector<Price>{{std::nullopt, "S-1"}});
}

TEST_CASE("what breaks a must-clause is no alternative", "[profile][step]") {
    Story story(visit(key_a));
    for (const Alternative& way : story.ways(1, story.start(), true)) CHECK(way.decision == Decision::ask);
}

TEST_CASE("a right decision outside of what is preferred costs the clause that prefers", "[profile][step]") {
    Story story(visit(key_a, going_on) + ", " + visit(key_b));
    const auto ways = story.ways(2, story.after(1));
    CHECK(that_decides(ways, Decision::warn).price.empty());
    CHECK(that_decides(ways, Decision::refuse).price == std::vector<Price>{{std::nullopt, "S-1"}});
}

TEST_CASE("a swap is met by the row for it, and only by a client that went on", "[profile][step]") {
    const std::string swap = ", swap: {after: public-request, present: " + key_b + "}";
    CHECK(first(visit(key_a, swap + going_on)) == Told{"untrusted/none>swapped ask refused"});
    CHECK(first(visit(key_a, swap)) == Told{"untrusted/none ask refused"});
}

TEST_CASE("whether the first chain of a swap is remembered is open", "[profile][step]") {
    Story story(visit(key_a, ", swap: {after: public-request, present: " + key_b + "}" + going_on));
    const auto ways = story.ways(1, story.start());
    REQUIRE(ways.size() == 2);
    CHECK(ways[0].next.clients.at("").pins.size() != ways[1].next.clients.at("").pins.size());
}

TEST_CASE("without a row for it, a swap is one more visit", "[profile][step]") {
    const std::string swap = ", swap: {after: public-request, present: " + key_b + "}";
    CHECK(first(visit(key_a, swap), "open") == Told{"untrusted/any>untrusted/any accept accepted"});
    const std::string text =
        changed(keeping, "    swapped: {any: {decision: refuse, pin: keep, event: may, clause: M-2}}\n", "");
    CHECK(first(visit(key_a, swap + going_on), "ask", text) ==
          Told{"untrusted/none>untrusted/changed ask refused"});
}

TEST_CASE("a server that claims another key contradicts itself, unless it is trusted", "[profile][step]") {
    const std::string claims = ", claims: {certificate: " + key_b + "}";
    CHECK(first(visit(key_a, claims)) == Told{"contradicted/any refuse refused"});
    CHECK(first(visit(key_b, claims)) == Told{"untrusted/none ask refused"});
    CHECK(first(visit("{leaf: leaf}", claims)) == Told{"trusted/any accept accepted"});
    CHECK(first(visit(key_a, claims), "open") == Told{"untrusted/any accept accepted"});
}

TEST_CASE("each way is written down in the log", "[profile][step]") {
    Story story(visit(key_a, going_on) + ", " + visit(key_a));
    const auto way = story.ways(2, story.after(1)).front();
    CHECK(way.next.log == std::vector<Decided>{{1, Decision::ask}, {2, Decision::accept}});
}

TEST_CASE("a second client has a memory of its own", "[profile][step]") {
    Story story(visit(key_a, going_on) + ", " + visit(key_b, ", client: second"), "ask", keeping,
                "clients: {second: ask}\n");
    CHECK(told(story.ways(2, story.after(1))) == Told{"untrusted/none ask refused"});
}

}  // namespace
}  // namespace guise::profile::step_test
