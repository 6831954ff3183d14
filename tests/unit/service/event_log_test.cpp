#include "service/event_log.hpp"

#include <catch2/catch.hpp>

using namespace guise::service;
using Catch::Contains;

namespace {

std::vector<Event> found(const std::string& text, const std::string& pattern) {
    return events_in(text, event_pattern(pattern).value());
}

}  // namespace

TEST_CASE("lines that match are events, with what their groups say", "[service][event]") {
    const auto events =
        found("start\nwarn: cert-mismatch on h:7001 (expired, weak)\r\nwarn: other on b ()\nend\n",
              R"(^warn: (?<name>\S+) on (?<server>\S+) \((?<faults>[^()]*)\)$)");
    REQUIRE(events.size() == 2);
    CHECK(events[0].name == "cert-mismatch");
    CHECK(events[0].server == "h:7001");
    CHECK(events[0].faults == std::vector<std::string>{"expired", "weak"});
    CHECK(events[0].text == "warn: cert-mismatch on h:7001 (expired, weak)");
    CHECK(events[1].faults.empty());
}

TEST_CASE("groups without a name are counted and not read", "[service][event]") {
    const auto events = found("a1b2\n", R"((a)(?:\d)(?=b)([(](x))?(?<server>b.))");
    REQUIRE(events.size() == 1);
    CHECK(events[0].server == "b2");
}

TEST_CASE("a line that has not ended is not yet an event", "[service][event]") {
    CHECK(found("changed", "changed").empty());
    CHECK(found("changed\n", "changed").size() == 1);
    CHECK(found("", "").empty());
}

TEST_CASE("a pattern may ignore case", "[service][event]") {
    CHECK(found("CHANGED\n", "(?i)^changed$").size() == 1);
    CHECK(found("CHANGED\n", "^changed$").empty());
}

TEST_CASE("what is no pattern is said", "[service][event]") {
    const auto refusal = [](const std::string& text) { return event_pattern(text).error().text(); };
    CHECK_THAT(refusal("("), Contains("expected a regular expression, found '('"));
    CHECK_THAT(refusal("(?<who>x)"), Contains("one of the groups name, server, faults, found 'who'"));
    CHECK_THAT(refusal("(?<name"), Contains("a regular expression"));
}

TEST_CASE("a very long line is looked at in its beginning", "[service][event]") {
    CHECK(found("x" + std::string(1'000'000, 'y') + "z\n", ".*z").empty());
}
