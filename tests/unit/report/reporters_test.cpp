#include "report/reporters.hpp"

#include "base/own_file.hpp"
#include "base/temporary_folder.hpp"
#include "base/write_text.hpp"
#include "report/results_file.hpp"
#include "report/synthetic.hpp"

#include <catch2/catch.hpp>

#include <set>

namespace guise::report::reporters_test {

TEST_CASE("each kind of report has a name and a file of its own", "[reporters]") {
    std::set<std::string_view> names, files;
    for (const Reporter& each : reporters()) {
        CHECK(names.insert(each.name).second);
        CHECK(files.insert(each.file).second);
        CHECK_FALSE(files.contains("results.jsonl"));
    }
    CHECK(names_of(reporters()) == "html, junit, markdown");
}

TEST_CASE("each report carries the mark by which guise knows its own files", "[reporters]") {
    const TemporaryFolder folder;
    const Results results = synthetic::every_verdict();
    const auto file = folder.path() / "results.jsonl";
    auto written = ResultsFile::create(file);
    REQUIRE(written.has_value());
    written->write(results.start);
    written->write(results.end);
    CHECK(may_overwrite(file, results_mark));
    const profile::ClauseList clauses;
    for (const Reporter& each : reporters()) {
        const auto text = each.make({results, file, clauses});
        REQUIRE(text.has_value());
        REQUIRE(write_text(folder.path() / each.file, *text).empty());
        CHECK(may_overwrite(folder.path() / each.file, each.mark));
        const auto none = each.make({Results{}, file, clauses});
        REQUIRE(none.has_value());
        REQUIRE(write_text(folder.path() / each.file, *none).empty());
        CHECK(may_overwrite(folder.path() / each.file, each.mark));
    }
}

}  // namespace guise::report::reporters_test
