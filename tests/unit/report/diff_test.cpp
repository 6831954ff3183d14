#include "report/diff.hpp"

#include "base/temporary_folder.hpp"
#include "report/approved.hpp"
#include "report/results_file.hpp"
#include "report/synthetic.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace guise::report::diff_test {

using namespace guise::evidence;
using judge::Verdict;

namespace {

// Two runs, each in its folder.
struct Place {
    TemporaryFolder folder;
    Results before = synthetic::every_verdict();
    Results after = synthetic::every_verdict();

    Result<Difference> compared() const {
        write("a", before);
        write("b", after);
        return compare(folder.path() / "a", folder.path() / "b" / "results.jsonl");
    }

 private:
    void write(const char* name, const Results& run) const {
        auto out = ResultsFile::create(folder.path() / name / "results.jsonl").value();
        out.write(run.start);
        for (const CaseRecord& record : run.cases) out.write(record);
        out.write(run.end);
    }
};

// One case passes now, one is gone, one is new, and one client is of another version.
Result<Difference> changed() {
    Place place;
    place.after.cases[4].judgement.verdict = Verdict::pass;
    place.after.cases[4].judgement.sentence = "The client refused.";
    place.after.cases.pop_back();
    place.after.cases.push_back(synthetic::make_case("trust/zebra"));
    place.after.start.clients[0].version = "8.2.0";
    return place.compared();
}

}  // namespace

TEST_CASE("two runs with the same verdicts do not differ", "[diff]") {
    Place place;
    place.after.cases[0].judgement.sentence = "Said in other words.";
    const auto difference = place.compared();
    REQUIRE(difference.has_value());
    CHECK(difference->same());
    CHECK(diff_text(*difference) == "10 unchanged, 0 changed, 0 new, 0 gone.\n");
}

TEST_CASE("what changed, what is new and what is gone is told", "[diff]") {
    const auto difference = changed();
    REQUIRE(difference.has_value());
    CHECK_FALSE(difference->same());
    CHECK(diff_text(*difference) ==
          "curl was 8.1.2, is 8.2.0\n"
          "changed: names/wrong-name curl strict: fail -> pass\n"
          "         was: Expected refuse; the client sent the canary.\n"
          "         now: The client refused.\n"
          "new: trust/zebra curl strict: pass\n"
          "gone: trust/private-ca curl strict: was error\n"
          "8 unchanged, 1 changed, 1 new, 1 gone.\n");
}

TEST_CASE("a case that is new or gone alone is a difference", "[diff]") {
    Place gone;
    gone.after.cases.pop_back();
    CHECK_FALSE(gone.compared()->same());
    Place fresh;
    fresh.before.cases.pop_back();
    CHECK_FALSE(fresh.compared()->same());
}

TEST_CASE("a case that is known to fail is told with its verdict", "[diff]") {
    Place place;
    place.after.cases[2].judgement.verdict = Verdict::note;
    CHECK_THAT(diff_text(place.compared().value()),
               Catch::StartsWith("changed: names/cn-only wget strict: known (fail) -> known (note)\n"));
}

TEST_CASE("each side is counted by the words of a table", "[diff]") {
    const auto difference = changed();
    CHECK(difference->before.counts.at("fail") == 1);
    CHECK(difference->before.counts.at("known") == 1);
    CHECK_FALSE(difference->after.counts.contains("fail"));
}

TEST_CASE("the data of the page of a difference is as approved", "[diff][approved]") {
    auto difference = changed();
    REQUIRE(difference.has_value());
    difference->before.file = "a/results.jsonl";
    difference->after.file = "b/results.jsonl";
    check_approved("difference.approved.page.json", diff_data(*difference));
    const std::string page = diff_html(*difference);
    CHECK(page.find("\"changed\": [") != std::string::npos);
}

TEST_CASE("a run that cannot be read is a problem", "[diff]") {
    const auto difference = compare("nowhere", "nowhere");
    REQUIRE_FALSE(difference.has_value());
    CHECK(difference.error().text() == "nowhere: expected a readable results.jsonl, found none\n");
}

}  // namespace guise::report::diff_test
