#include "report/read_results.hpp"

#include "base/temporary_folder.hpp"
#include "report/json.hpp"
#include "report/results_file.hpp"
#include "report/synthetic.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>

namespace guise::report::read_results_test {

using namespace guise::evidence;

namespace {

struct Place {
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "results.jsonl";

    // A whole run, as a run writes it.
    Place() {
        auto out = ResultsFile::create(file).value();
        const Results run = synthetic::every_verdict();
        out.write(run.start);
        for (const CaseRecord& record : run.cases) out.write(record);
        for (const SessionEnd& record : run.sessions) out.write(record);
        out.write(run.end);
    }
    void write(const std::string& text) const { std::ofstream(file, std::ios::binary) << text; }
    void append(const std::string& text) const {
        std::ofstream(file, std::ios::binary | std::ios::app) << text;
    }
    std::string problem() const {
        const auto read = read_results(file);
        return read ? "" : read.error().text().substr(folder.path().string().size() + 1);
    }
};

}  // namespace

TEST_CASE("a results file is read whole", "[read]") {
    const Place place;
    const auto read = read_results(place.file);
    REQUIRE(read.has_value());
    const Results run = synthetic::every_verdict();
    CHECK(read->start.seed == run.start.seed);
    CHECK(read->start.now == run.start.now);
    CHECK(read->cases.size() == run.cases.size());
    CHECK(read->sessions.size() == run.sessions.size());
    REQUIRE(read->end.has_value());
    CHECK(read->end->counts == run.end.counts);
    CHECK_FALSE(read->cut);
}

TEST_CASE("a last line that was being written when the run was killed is passed over", "[read]") {
    const Place place;
    place.append("{\"type\":\"case\",\"ses");
    const auto read = read_results(place.file);
    REQUIRE(read.has_value());
    CHECK(read->cut);
}

TEST_CASE("a line in the middle that is no JSON is a problem with its number", "[read]") {
    const Place place;
    place.append("{\"type\":\n{}\n");
    const std::size_t line =
        synthetic::every_verdict().cases.size() + synthetic::every_verdict().sessions.size() + 3;
    CHECK_THAT(place.problem(),
               Catch::StartsWith("results.jsonl:" + std::to_string(line) + ":1: expected a record of a run"));
}

TEST_CASE("a record of an unknown type is a problem", "[read]") {
    const Place place;
    place.append("{\"type\":\"song\"}\n");
    CHECK_THAT(place.problem(), Catch::Contains("the type 'song'"));
}

TEST_CASE("a file that begins otherwise is no results file", "[read]") {
    const Place place;
    place.write(to_json(SessionEnd{}).dump() + "\n");
    CHECK(place.problem() == "results.jsonl:1:1: expected a record run.start, found another record\n");
}

TEST_CASE("an empty file, and one killed in its first line, hold no run", "[read]") {
    const auto* text = GENERATE("", "{\"type\":\"run.st");
    const Place place;
    place.write(text);
    CHECK(place.problem() == "results.jsonl:1:1: expected a record run.start, found none\n");
}

TEST_CASE("a file that is not there is a problem", "[read]") {
    CHECK(read_results("nowhere.jsonl").error().text() ==
          "nowhere.jsonl: expected a readable results.jsonl, found none\n");
}

}  // namespace guise::report::read_results_test
