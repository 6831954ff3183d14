#include "report/parse.hpp"

#include "report/json.hpp"
#include "report/synthetic.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace guise;
using namespace guise::report;
using namespace guise::evidence;

namespace {

// Written, read, and written again: nothing may have changed.
template <class Record, class Parse>
void check_round_trip(const Record& record, Parse parse) {
    CHECK(to_json(parse(to_json(record))).dump() == to_json(record).dump());
}

}  // namespace

TEST_CASE("every record of a run is read as it was written", "[parse]") {
    const Results run = synthetic::every_verdict();
    check_round_trip(run.start, parse_run_start);
    for (const CaseRecord& record : run.cases) check_round_trip(record, parse_case);
    for (const SessionEnd& record : run.sessions) check_round_trip(record, parse_session_end);
    check_round_trip(run.end, parse_run_end);
}

TEST_CASE("a visit is read with its evidence", "[parse]") {
    VisitRecord record;
    record.session = "curl/strict";
    record.id = {"trust/self-signed", "strict", "curl"};
    record.control = "before";
    record.evidence.canary = "canary-1";
    record.seen.outcome = evidence::Outcome::refused_alert;
    record.seen.decision = profile::Decision::refuse;
    record.seen.alert = tls::Alert{tls::Direction::received, 2, 48, true, {}};
    check_round_trip(record, parse_visit);
}

TEST_CASE("the routing of a client is read under its former name too", "[parse]") {
    auto json = to_json(synthetic::every_verdict().start);
    auto& client = json["clients"][0];
    client["reach"] = "nss-wrapper";
    client.erase("routing");
    CHECK(parse_run_start(json).clients[0].routing == "nss-wrapper");
}

TEST_CASE("what was seen is read with how it ended and what its user said", "[parse]") {
    VisitRecord record;
    record.seen.decision = profile::Decision::warn;
    record.seen.final = profile::Final::held;
    record.seen.answer = scenario::Answer::ignore;
    record.seen.plain_text = true;
    check_round_trip(record, parse_visit);
    const evidence::Observation seen = parse_visit(to_json(record)).seen;
    CHECK(seen.final == profile::Final::held);
    CHECK(seen.answer == scenario::Answer::ignore);
    CHECK(seen.plain_text);
}

TEST_CASE("what an earlier version saw is read without how it ended", "[parse]") {
    auto json = to_json(VisitRecord{});
    json["seen"].erase("final");
    const evidence::Observation seen = parse_visit(json).seen;
    CHECK_FALSE(seen.final);
    CHECK_FALSE(seen.answer);
    CHECK_FALSE(seen.plain_text);
}

TEST_CASE("an ending or an answer that is none is named", "[parse]") {
    auto json = to_json(VisitRecord{});
    json["seen"]["final"] = "happy";
    CHECK_THROWS_WITH(parse_visit(json), Catch::Contains("'happy' is not one of accepted"));
    json["seen"]["final"] = nullptr;
    json["seen"]["answer"] = "perhaps";
    CHECK_THROWS_WITH(parse_visit(json), Catch::Contains("'perhaps' is not one of connect"));
}

TEST_CASE("bytes come back from their base64", "[parse]") {
    const auto* bytes = GENERATE("", "a text", "\xff", "\xff\xfe", "\xff\xfe\xfd", "\x80 four");
    CHECK(parse_bytes(bytes_json(bytes)) == bytes);
    const std::string zero("\0\xff\0", 3);
    CHECK(parse_bytes(bytes_json(zero)) == zero);
    const std::vector<std::string> list{"a text", "\xff"};
    CHECK(parse_bytes_list(bytes_list_json(list)) == list);
}

TEST_CASE("whether the clock was given is kept, and older records do not say it", "[parse]") {
    auto json = to_json(RunStart{.clock_given = true});
    CHECK(parse_run_start(json).clock_given);
    json.erase("clock_given");
    CHECK_FALSE(parse_run_start(json).clock_given);
}

TEST_CASE("a record of a newer schema is not read", "[parse]") {
    auto json = to_json(RunStart{});
    json["schema"] = schema_version + 1;
    CHECK_THROWS_WITH(parse_run_start(json), Catch::Contains("newer"));
}

TEST_CASE("a word that is none is named", "[parse]") {
    auto json = to_json(synthetic::make_case("names/wrong-name"));
    json["verdict"] = "splendid";
    CHECK_THROWS_WITH(parse_case(json), Catch::Contains("'splendid' is not one of pass, note, fail"));
}
