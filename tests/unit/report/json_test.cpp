#include "report/json.hpp"

#include "evidence/kit.hpp"
#include "report/synthetic.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <set>

namespace guise::report::json_test {

using evidence::test::refusal;
using namespace guise::evidence;
using namespace std::chrono_literals;

namespace {

std::set<std::string> keys(const nlohmann::ordered_json& object) {
    std::set<std::string> out;
    for (const auto& [key, value] : object.items()) out.insert(key);
    return out;
}

}  // namespace

TEST_CASE("the first record says what is run: version, seed, clock, clients", "[json]") {
    RunStart start = synthetic::every_verdict().start;
    start.catalogue_digest = "abcd";
    start.cases = 10;
    start.clients.resize(2);
    CHECK(to_json(start).dump() ==
          R"({"type":"run.start","schema":1,"version":"1.2.3","catalogue":"abcd","seed":"5eed",)"
          R"("now":"2027-01-15T08:00:00Z","clock_given":false,"cases":10,"clients":[)"
          R"({"name":"curl","version":"8.1.2","profile":"tls-client","routing":"option","missing":""},)"
          R"({"name":"gnutls-cli","version":"","profile":"tls-client","routing":"option",)"
          R"("missing":"not installed"}]})");
}

TEST_CASE("a run without clients has a list of none", "[json]") {
    CHECK(to_json(RunStart{})["clients"].dump() == "[]");
}

TEST_CASE("a case says its verdict and every check with its clauses", "[json]") {
    CHECK(to_json(synthetic::failed()).dump() ==
          R"({"type":"case","session":"curl/strict","scenario":"names/wrong-name","mode":"strict",)"
          R"("client":"curl","profile":"tls-client","client_version":"8.1.2","title":"A title",)"
          R"("area":"names","severity":"critical","verdict":"fail","disposition":"unexpected",)"
          R"("sentence":"Expected refuse; the client sent the canary.","seen":null,"checks":[)"
          R"({"check":"decision","visit":1,"verdict":"fail","expected":"refuse",)"
          R"("observed":"accept: sent the canary","clause":["TC-03","DK-60"],"level":"must",)"
          R"("grade":"plain"}],"known":"",)"
          R"("contradiction":"",)"
          R"("repro":"guise run --client curl --mode strict --only 'names/wrong-name'",)"
          R"("lasted_ms":1234})");
}

TEST_CASE("a case whose visits ran says what the last one showed", "[json]") {
    CaseRecord record = synthetic::failed();
    record.seen = std::make_shared<evidence::Observation>(refusal());
    CHECK(to_json(record)["seen"]["alert"] == "unknown_ca");
}

TEST_CASE("a check that only differs on a may is graded as described", "[json]") {
    CaseRecord record = synthetic::failed();
    record.judgement.checks[0].described = true;
    record.judgement.checks[0].level = Level::may;
    CHECK(to_json(record)["checks"][0]["grade"] == "described");
    CHECK(to_json(record)["checks"][0]["level"] == "may");
}

TEST_CASE("every verdict and disposition of a case is written as its word", "[json]") {
    std::set<std::string> verdicts;
    std::set<std::string> dispositions;
    for (const CaseRecord& record : synthetic::every_verdict().cases) {
        verdicts.insert(to_json(record)["verdict"]);
        dispositions.insert(to_json(record)["disposition"]);
    }
    CHECK(verdicts == std::set<std::string>{"pass", "note", "fail", "inconclusive", "error", "not-applicable",
                                            "not-run"});
    CHECK(dispositions == std::set<std::string>{"expected", "unexpected", "fixed"});
}

TEST_CASE("all cases have the same fields, whatever their verdict", "[json]") {
    const auto results = synthetic::every_verdict();
    for (const CaseRecord& record : results.cases)
        CHECK(keys(to_json(record)) == keys(to_json(results.cases[0])));
}

TEST_CASE("the end of a session says how its two controls went", "[json]") {
    CHECK(to_json(synthetic::every_verdict().sessions[0]).dump() ==
          R"({"type":"session.end","session":"curl/strict","client":"curl","mode":"strict",)"
          R"("controls":{"before":true,"after":false},"trouble":"the control after it was refused",)"
          R"("skipped":false})");
}

TEST_CASE("the last record has the counts, the exit code and its reason", "[json]") {
    RunEnd end = synthetic::every_verdict().end;
    end.counts = {{"pass", 2}, {"fail", 1}};
    CHECK(to_json(end).dump() == R"({"type":"run.end","counts":{"fail":1,"pass":2},"exit":11,)"
                                 R"("reason":"1 case could not be judged","lasted_ms":5678})");
}

TEST_CASE("a run without cases has an object of counts all the same", "[json]") {
    CHECK(to_json(RunEnd{})["counts"].dump() == "{}");
}

}  // namespace guise::report::json_test
