#include "judge/extra_check.hpp"

#include "judge/kit.hpp"

namespace guise::judge::extra_check_test {
namespace {

using namespace test;

scenario::Expect expecting(std::vector<std::string> alerts, Level level = Level::should, int number = 1) {
    scenario::Expect out;
    out.visit = number;
    out.alerts = std::move(alerts);
    out.level = level;
    out.clause = "RFC 8446 6.2";
    return out;
}
Observation refusing(std::uint8_t description) { return seen({refused(description)}); }

TEST_CASE("the expected alert passes, any of several", "[judge][extra]") {
    const Check check =
        made(extra_checks({expecting({"bad_certificate", "decrypt_error"})}, 1, refusing(51)), "alert");
    CHECK(check.verdict == Verdict::pass);
    CHECK(check.expected == "bad_certificate or decrypt_error");
    CHECK(check.observed == "decrypt_error");
    CHECK(check.clauses == Clauses{"RFC 8446 6.2"});
    CHECK(check.level == Level::should);
}

TEST_CASE("another alert is missed at the level of the expectation", "[judge][extra]") {
    const auto checked = [](Level level) {
        return made(extra_checks({expecting({"decrypt_error"}, level)}, 1, refusing(48)), "alert");
    };
    CHECK(checked(Level::must).verdict == Verdict::fail);
    CHECK(checked(Level::should).verdict == Verdict::note);
    CHECK(checked(Level::may).verdict == Verdict::pass);
    CHECK(checked(Level::may).described);
}

TEST_CASE("a refusal without an alert is told as that", "[judge][extra]") {
    CHECK(made(extra_checks({expecting({"decrypt_error"})}, 1, seen({shown()})), "alert").observed ==
          "no alert");
}

TEST_CASE("an alert is expected of the visit that is named", "[judge][extra]") {
    const std::vector<scenario::Expect> third{expecting({"decrypt_error"}, Level::must, 3)};
    CHECK(extra_checks(third, 1, refusing(48)).empty());
    CHECK(made(extra_checks(third, 3, refusing(51)), "alert").visit == 3);
}

TEST_CASE("no alert is expected of a client that goes on, or asks", "[judge][extra]") {
    CHECK(extra_checks({expecting({"decrypt_error"})}, 1, seen({finished("hello")})).empty());
    CHECK(extra_checks({expecting({"decrypt_error"})}, 1, seen_asking({shown()}, "ask", "decline")).empty());
}

TEST_CASE("a client that has a certificate is expected to give it, or to keep it", "[judge][extra]") {
    scenario::Expect given;
    given.identity = true;
    Observation gave = seen({finished("hello")});
    CHECK(extra_checks({given}, 1, gave).empty());  // it has none
    gave.has_identity = true;
    CHECK(made(extra_checks({given}, 1, gave), "client-certificate").verdict == Verdict::note);
    gave.gave_identity = true;
    CHECK(made(extra_checks({given}, 1, gave), "client-certificate").verdict == Verdict::pass);
    given.identity = false;
    CHECK(made(extra_checks({given}, 1, gave), "client-certificate").observed == "the client's certificate");
}

TEST_CASE("an answered heartbeat is missed, whatever the client decides", "[judge][extra]") {
    scenario::Expect none;
    none.heartbeats = 0;
    none.level = Level::must;
    Transcript talking = refused();
    talking.steps = {{Direction::received, "Heartbeat", 16'387, {}}};
    const Check leak = made(extra_checks({none}, 1, seen({talking})), "heartbeats");
    CHECK(leak.verdict == Verdict::fail);
    CHECK(leak.observed == "1 heartbeat");
    CHECK(made(extra_checks({none}, 1, seen({refused()})), "heartbeats").verdict == Verdict::pass);
}

TEST_CASE("a count of connections is expected of any decision", "[judge][extra]") {
    scenario::Expect two;
    two.connections = 2;
    two.level = Level::must;
    CHECK(made(extra_checks({two}, 1, seen({finished("a"), finished("b")})), "connections").verdict ==
          Verdict::pass);
    const Check wrong = made(extra_checks({two}, 1, refusing(48)), "connections");
    CHECK(wrong.verdict == Verdict::fail);
    CHECK(wrong.expected == "2 connections");
    CHECK(wrong.observed == "1 connection");
}

TEST_CASE("questions are counted, messages are not", "[judge][extra]") {
    scenario::Expect one;
    one.prompts = 1;
    one.level = Level::must;
    const auto counted = [&](std::vector<evidence::PromptRecord> prompts) {
        return made(extra_checks({one}, 1, observe(asked({shown()}, std::move(prompts)), {})), "prompts");
    };
    CHECK(counted({question("ask", "decline"), question("error", "")}).verdict == Verdict::pass);
    CHECK(counted({question("ask", "decline"), question("warn", "decline")}).observed == "2 questions");
    CHECK(counted({}).verdict == Verdict::fail);
    CHECK(made(extra_checks({one}, 1, refusing(48)), "prompts").verdict == Verdict::not_applicable);
}

}  // namespace
}  // namespace guise::judge::extra_check_test
