#include "evidence/json/parse_visit.hpp"

#include "evidence/json/visit_json.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace guise::evidence::parse_visit_test {
namespace {

// Written, read, and written again: nothing may have changed.
void check_round_trip(const VisitRecord& record) {
    CHECK(to_json(parse_visit(to_json(record))).dump() == to_json(record).dump());
}

}  // namespace

TEST_CASE("a visit is read with its evidence", "[evidence]") {
    VisitRecord record;
    record.session = "curl/strict";
    record.id = {"trust/self-signed", "strict", "curl"};
    record.control = "before";
    record.evidence.canary = "canary-1";
    record.seen.outcome = evidence::Outcome::refused_alert;
    record.seen.decision = profile::Decision::refuse;
    record.seen.alert = tls::Alert{tls::Direction::received, 2, 48, true, {}};
    check_round_trip(record);
    CHECK(parse_visit(to_json(record)).attempt == 1);
    record.attempt = 2;
    check_round_trip(record);
    CHECK(parse_visit(to_json(record)).attempt == 2);
}

TEST_CASE("what was seen is read with how it ended and what its user said", "[evidence]") {
    VisitRecord record;
    record.seen.decision = profile::Decision::warn;
    record.seen.final = profile::Final::held;
    record.seen.answer = scenario::Answer::ignore;
    record.seen.plain_text = true;
    check_round_trip(record);
    const evidence::Observation seen = parse_visit(to_json(record)).seen;
    CHECK(seen.final == profile::Final::held);
    CHECK(seen.answer == scenario::Answer::ignore);
    CHECK(seen.plain_text);
}

TEST_CASE("what an earlier version saw is read without how it ended", "[evidence]") {
    auto json = to_json(VisitRecord{});
    json["seen"].erase("final");
    const evidence::Observation seen = parse_visit(json).seen;
    CHECK_FALSE(seen.final);
    CHECK_FALSE(seen.answer);
    CHECK_FALSE(seen.plain_text);
}

TEST_CASE("an ending or an answer that is none is named", "[evidence]") {
    auto json = to_json(VisitRecord{});
    json["seen"]["final"] = "happy";
    CHECK_THROWS_WITH(parse_visit(json), Catch::Contains("'happy' is not one of accepted"));
    json["seen"]["final"] = nullptr;
    json["seen"]["answer"] = "perhaps";
    CHECK_THROWS_WITH(parse_visit(json), Catch::Contains("'perhaps' is not one of connect"));
}

}  // namespace guise::evidence::parse_visit_test
