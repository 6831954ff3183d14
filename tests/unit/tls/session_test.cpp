#include "tls/session.hpp"

#include "kit.hpp"

#include <catch2/catch.hpp>

namespace guise::tls::session_test {
namespace {

struct Fresh : Session {
    Fresh() { elapsed = kit::ticking(); }
};

}  // namespace

TEST_CASE("application data in a row is one step", "[tls][session]") {
    Fresh session;
    session.step(Direction::received, "ApplicationData", 10);
    session.step(Direction::received, "ApplicationData", 5);
    session.step(Direction::sent, "ApplicationData", 7);
    session.step(Direction::received, "KeyUpdate", 5);
    session.step(Direction::received, "KeyUpdate", 5);
    REQUIRE(session.transcript.steps.size() == 4);
    CHECK(session.transcript.steps[0].bytes == 15);
    CHECK(session.transcript.steps[0].at < session.transcript.steps[1].at);
}

TEST_CASE("only an error alert is a refusal", "[tls][session]") {
    Fresh session;
    session.alert(Direction::received, 1, 90, false);
    session.alert(Direction::received, 1, 0, false);
    session.alert(Direction::sent, 2, 40, false);
    CHECK_FALSE(session.client_refused);
    CHECK(session.transcript.close_notify);
    session.alert(Direction::received, 1, 42, true);
    CHECK(session.client_refused);
    CHECK(session.transcript.alerts.size() == 4);
    CHECK(session.transcript.alerts.back().in_clear);
}

TEST_CASE("a client cannot make us remember without end", "[tls][session]") {
    Fresh session;
    for (int i = 0; i < 10'000; ++i) {
        session.step(Direction::received, "KeyUpdate", 5);
        session.alert(Direction::received, 1, 90, false);
    }
    CHECK(session.transcript.steps.size() < 1000);
    CHECK(session.transcript.alerts.size() < 1000);
}

TEST_CASE("the first reason of a failure counts", "[tls][session]") {
    Fresh session;
    session.fail("first");
    session.fail("second");
    CHECK(session.transcript.error == "first");
}

}  // namespace guise::tls::session_test
