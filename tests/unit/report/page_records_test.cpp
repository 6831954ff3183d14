#include "report/page_records.hpp"

#include "evidence/json/visit_json.hpp"
#include "report/json.hpp"
#include "report/synthetic.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace guise::report::page_records_test {

using namespace guise::evidence;

namespace {

VisitRecord visit() {
    VisitRecord out;
    out.session = "curl/strict";
    out.id = {"names/wrong-name", "strict", "curl"};
    out.seen.sentence = "did nothing";
    return out;
}

}  // namespace

TEST_CASE("the id of a case is read from any record about it", "[page]") {
    const CaseId id{"names/wrong-name", "strict", "curl"};
    CHECK((case_id(to_json(synthetic::failed())) == id));
    CHECK((case_id(to_json(visit())) == id));
}

TEST_CASE("what cases of a scenario or of a client have in common is an object", "[page]") {
    const auto out = page_case(to_json(synthetic::failed()));
    CHECK(out["scenario"].dump() ==
          R"({"id":"names/wrong-name","title":"A title","area":"names","severity":"critical"})");
    CHECK(out["column"].dump() ==
          R"({"client":"curl","mode":"strict","profile":"tls-client","version":"8.1.2"})");
    CHECK(out["verdict"] == "fail");
    CHECK(out["checks"].size() == 1);
    CHECK_FALSE(out.contains("session"));
}

TEST_CASE("the command that repeats a case names no scenario", "[page]") {
    const auto repro = [](const std::string& command) {
        CaseRecord record = synthetic::failed();
        record.repro = command;
        return page_case(to_json(record))["repro"];
    };
    CHECK(repro("guise run --only 'names/wrong-name'") == "guise run --only '{scenario}'");
    CHECK(repro("guise run") == "guise run");
    CHECK(repro("") == "");
}

TEST_CASE("of a visit only what its case does not say stays", "[page]") {
    const auto out = page_visit(to_json(visit()));
    CHECK(out.size() == 3);
    CHECK(out["visit"] == 1);
    CHECK(out["seen"]["sentence"] == "did nothing");
    CHECK(out["evidence"].contains("connections"));
}

TEST_CASE("a long text is cut between two characters, and says how much is missing", "[page]") {
    VisitRecord record = visit();
    record.evidence.client.process.output = std::string(3999, 'a') + "\xc3\xa9" + std::string(3000, 'b');
    record.evidence.client.process.errors = std::string(6000, 'c');
    const auto process = page_visit(to_json(record))["evidence"]["process"];
    CHECK(process["output"] == std::string(3999, 'a') + "\n[3002 more bytes: see results.jsonl]");
    CHECK(process["errors"] == std::string(6000, 'c'));
}

TEST_CASE("long octets that are no text stay base64 when they are cut", "[page]") {
    VisitRecord record = visit();
    record.evidence.client.process.output = std::string(9000, '\xff');
    const auto output = page_visit(to_json(record))["evidence"]["process"]["output"];
    CHECK(output["base64"].get<std::string>().size() == 4000);
}

TEST_CASE("the runs of a case, and which of them a visit is of, stay", "[page]") {
    CaseRecord record = synthetic::failed();
    CHECK_FALSE(page_case(to_json(record)).contains("spread"));
    record.spread = {{judge::Verdict::fail, true, {1, 2}, "It failed."}};
    CHECK(page_case(to_json(record))["spread"][0]["runs"].dump() == "[1,2]");
    VisitRecord second = visit();
    second.attempt = 2;
    CHECK(page_visit(to_json(second))["run"] == 2);
}

}  // namespace guise::report::page_records_test
