#include "report/parse.hpp"

#include "report/json.hpp"
#include "report/synthetic.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace guise::report::parse_test {

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

TEST_CASE("the routing of a client is read under its former name too", "[parse]") {
    auto json = to_json(synthetic::every_verdict().start);
    auto& client = json["clients"][0];
    client["reach"] = "nss-wrapper";
    client.erase("routing");
    CHECK(parse_run_start(json).clients[0].routing == "nss-wrapper");
}

TEST_CASE("whether the clock was given is kept, and older records do not say it", "[parse]") {
    RunStart start;
    start.clock_given = true;
    auto json = to_json(start);
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

TEST_CASE("the end of a session that an earlier version wrote is of one that was not skipped", "[parse]") {
    SessionEnd end;
    end.skipped = true;
    auto json = to_json(end);
    CHECK(parse_session_end(json).skipped);
    json.erase("skipped");
    CHECK_FALSE(parse_session_end(json).skipped);
}

TEST_CASE("the spread of a case is read as it was written, and a part without runs is none", "[parse]") {
    CaseRecord record = synthetic::failed();
    record.spread = {{judge::Verdict::fail, true, {2, 4}, "It failed."},
                     {judge::Verdict::error, false, {3}, "It was gone."},
                     {judge::Verdict::pass, true, {1}, "It passed."}};
    check_round_trip(record, parse_case);
    CHECK(parse_case(to_json(record)).spread == record.spread);
    auto json = to_json(record);
    json["spread"][0]["runs"].clear();
    CHECK_THROWS_WITH(parse_case(json), "a part of a spread without runs");
}

TEST_CASE("how often cases are run is kept, and older records do not say it", "[parse]") {
    RunStart start;
    start.repeat = 5;
    auto json = to_json(start);
    CHECK(parse_run_start(json).repeat == 5);
    json.erase("repeat");
    CHECK(parse_run_start(json).repeat == 1);
}

}  // namespace guise::report::parse_test
