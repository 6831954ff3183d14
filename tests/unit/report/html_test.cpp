#include "report/html.hpp"

#include "base/temporary_folder.hpp"
#include "report/approved.hpp"
#include "report/results_file.hpp"
#include "report/synthetic.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace guise::report::html_test {

using namespace guise::evidence;
using nlohmann::ordered_json;

namespace {

// A run in a file, as a run leaves it: visits before their cases.
struct Place {
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "results.jsonl";

    explicit Place(const Results& run, const std::vector<VisitRecord>& visits = {}) {
        auto out = ResultsFile::create(file).value();
        out.write(run.start);
        for (const VisitRecord& record : visits) out.write(record);
        for (const CaseRecord& record : run.cases) out.write(record);
        for (const SessionEnd& record : run.sessions) out.write(record);
        out.write(run.end);
    }
    ordered_json data(const HtmlOptions& options = {}) const {
        return ordered_json::parse(html_data(file, options).value());
    }
};

VisitRecord visit(const CaseRecord& record, const std::string& output = "x") {
    VisitRecord out;
    out.id = record.id;
    out.seen.sentence = "accepted";
    out.evidence.client.process.output = output;
    return out;
}

// The number of cases whose evidence is in the page.
std::size_t told(const ordered_json& data) {
    std::size_t out = 0;
    for (const ordered_json& evidence : data["evidence"]) out += evidence.is_array();
    return out;
}

profile::ClauseList clauses() {
    profile::Clause clause;
    clause.level = Level::must;
    clause.source = "a manual";
    clause.text = "It is so.";
    return {{"TC-03", clause}, {"TC-99", clause}};
}

// A run of many cases, with three checks each.
Results many(std::size_t scenarios, std::size_t clients) {
    Results out = synthetic::every_verdict();
    out.cases.clear();
    for (std::size_t i = 0; i < scenarios; ++i)
        for (std::size_t j = 0; j < clients; ++j) {
            CaseRecord record = synthetic::failed();
            record.id = {"names/wrong-name-number-" + std::to_string(i), "strict",
                         "client-" + std::to_string(j)};
            record.repro = "guise run --client " + record.id.client.text() + " --mode strict --only '" +
                           record.id.scenario.text() + "'";
            record.judgement.checks.resize(3, record.judgement.checks[0]);
            record.lasted = std::chrono::milliseconds(i + j);
            out.cases.push_back(record);
        }
    return out;
}

}  // namespace

TEST_CASE("the data of the page of every verdict is as approved", "[html][approved]") {
    const Results run = synthetic::every_verdict();
    VisitRecord shown = visit(run.cases[4], "caf\xc3\xa9 </script> \xff");
    const Place place(run, {shown});
    const profile::ClauseList all = clauses();
    check_approved("every-verdict.approved.page.json", html_data(place.file, {.clauses = &all}).value());
}

TEST_CASE("the page holds its data where nothing can break out of it", "[html]") {
    const Results run = synthetic::every_verdict();
    const Place place(run, {visit(run.cases[4], "</script><script>alert(1)</script>")});
    const std::string page = html_report(place.file, {}).value();
    CHECK(page.find("</script><script>alert") == std::string::npos);
    CHECK(page.find("\\u003c/script>\\u003cscript>alert(1)") != std::string::npos);
    CHECK(page.find("{{data}}") == std::string::npos);
}

TEST_CASE("only the clauses that a check cites go into the page", "[html]") {
    const Place place(synthetic::every_verdict());
    const profile::ClauseList all = clauses();
    CHECK(place.data({.clauses = &all})["clauses"].dump() ==
          R"({"TC-03":{"level":"must","source":"a manual","text":"It is so."}})");
    CHECK(place.data()["clauses"].empty());
}

TEST_CASE("there is evidence for each case, and an empty list where there was no visit", "[html]") {
    const Results run = synthetic::every_verdict();
    const Place place(run, {visit(run.cases[0]), visit(run.cases[0]), visit(run.cases[8])});
    const auto data = place.data();
    CHECK(data["cases"].size() == run.cases.size());
    CHECK(data["evidence"].size() == run.cases.size());
    CHECK(data["evidence"][0].size() == 2);
    CHECK(data["evidence"][1].empty());
    CHECK(told(data) == run.cases.size());
}

TEST_CASE("of each verdict that the runs of a case came to one run is shown, the worst first", "[html]") {
    Results run = synthetic::every_verdict();
    run.cases.resize(1);
    run.cases[0].spread = {{judge::Verdict::fail, true, {3}, "It failed."},
                           {judge::Verdict::pass, true, {1, 2, 4}, "It passed."}};
    std::vector<VisitRecord> visits(4, visit(run.cases[0]));
    for (int i = 0; i < 4; ++i) visits[static_cast<std::size_t>(i)].attempt = i + 1;
    const auto data = Place(run, visits).data();
    REQUIRE(data["evidence"][0].size() == 2);
}

TEST_CASE("visits of controls are not of a case", "[html]") {
    const Results run = synthetic::every_verdict();
    VisitRecord control = visit(run.cases[0]);
    control.control = "before";
    CHECK(Place(run, {control}).data()["evidence"][0].empty());
}

TEST_CASE("where there is no room for all evidence, that of plain passes is left out first", "[html]") {
    const Results run = synthetic::every_verdict();
    std::vector<VisitRecord> visits;
    for (const CaseRecord& record : run.cases)
        visits.push_back(visit(record, std::string(1000, 'x') + record.id.scenario.text()));
    const Place place(run, visits);
    const auto data = place.data({.limit = 8000});
    CHECK(told(data) > 0);
    CHECK(told(data) < run.cases.size());
    CHECK(data["evidence"][0].is_array());  // a note
    CHECK(data["evidence"][8].is_null());   // a pass
    CHECK(told(place.data({.limit = 0})) == 0);
}

TEST_CASE("a case takes less than two hundred octets, so that twenty thousand are a small page", "[html]") {
    const Place place(many(100, 20));
    const auto data = html_data(place.file, {});
    REQUIRE(data.has_value());
    CHECK(data->size() < 2000 * 200);
}

TEST_CASE("verdicts that were made again stand in place of those that were recorded", "[html]") {
    Results judged = synthetic::every_verdict();
    const Place place(judged);
    judged.cases.resize(1);
    judged.end.reason = "judged again";
    const auto data = place.data({.judged = &judged});
    CHECK(data["cases"].size() == 1);
    CHECK(data["end"]["reason"] == "judged again");
}

TEST_CASE("a run that was killed has a page of what it had come to", "[html]") {
    const Results run = synthetic::every_verdict();
    const Place place(run, {visit(synthetic::make_case("trust/unfinished"))});
    const std::string text = content_of(place.file);
    std::ofstream(place.file, std::ios::binary) << text.substr(0, text.find(R"({"type":"run.end")")) << "{";
    const auto data = place.data();
    CHECK(data["end"].is_null());
    CHECK(data["cut"] == true);
    CHECK(data["cases"].size() == run.cases.size());
}

TEST_CASE("a file that cannot be read is a problem", "[html]") {
    CHECK_FALSE(html_report("nowhere.jsonl", {}).has_value());
}

}  // namespace guise::report::html_test
