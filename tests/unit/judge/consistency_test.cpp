#include "judge/consistency.hpp"

#include "judge/kit.hpp"

namespace guise::judge::consistency_test {
namespace {

using namespace test;

Observation ending_with(Observation seen, int exit) {
    seen.exit_code = exit;
    return seen;
}
Observation sending(int exit) { return ending_with(seen({finished(canary)}), exit); }
Observation refusing(int exit) { return ending_with(seen({refused()}), exit); }

struct Session {
    Session() {
        evidence.controls.push_back({"before", sending(0), {}});
        for (const auto* each : {&first, &second}) evidence.cases.emplace_back().scenario = each;
    }
    const scenario::Scenario first = Story(shows(expired)).scenario;
    const scenario::Scenario second = Story(shows(key_a)).scenario;
    SessionEvidence evidence;
};

TEST_CASE("a leak with the exit of a clean refusal is a refusal after data", "[judge][consistency]") {
    Session session;
    session.evidence.cases[0].visits[1] = sending(1);
    session.evidence.cases[1].visits[1] = refusing(1);
    Consistency consistency(session.evidence);
    CHECK(consistency.refused_after_sending(sending(1)));
    CHECK_FALSE(consistency.refused_after_sending(sending(0)));
    CHECK_FALSE(consistency.refused_after_sending(sending(2)));
    CHECK_FALSE(consistency.refused_after_sending(refusing(1)));
    CHECK(consistency.why_luck(session.evidence.cases[1]).empty());
    consistency.note_failed(session.evidence.cases[0]);
    CHECK(consistency.why_luck(session.evidence.cases[1]) ==
          "in " + session.first.id + " the client sent data before it refused, with the same exit 1");
}

TEST_CASE("an exit code that an accepted control had says nothing", "[judge][consistency]") {
    Session session;
    session.evidence.controls[0].seen->exit_code = 1;
    session.evidence.cases[0].visits[1] = sending(1);
    session.evidence.cases[1].visits[1] = refusing(1);
    CHECK_FALSE(Consistency(session.evidence).refused_after_sending(sending(1)));
}

TEST_CASE("without an accepted control, or an exit code, nothing is known", "[judge][consistency]") {
    Session session;
    session.evidence.controls.clear();
    session.evidence.cases[1].visits[1] = refusing(1);
    CHECK_FALSE(Consistency(session.evidence).refused_after_sending(sending(1)));
    Observation without = sending(1);
    without.exit_code.reset();
    CHECK_FALSE(Consistency(session.evidence).refused_after_sending(without));
}

}  // namespace
}  // namespace guise::judge::consistency_test
