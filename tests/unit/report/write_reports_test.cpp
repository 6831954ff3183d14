#include "report/write_reports.hpp"

#include "base/temporary_folder.hpp"
#include "report/approved.hpp"
#include "report/synthetic.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <fstream>

namespace guise::report::write_reports_test {

namespace fs = std::filesystem;

namespace {

Result<std::string> count(const ReportInput& input) {
    return "count: " + std::to_string(input.results.cases.size());
}

Result<std::string> failing(const ReportInput&) { return plain_problem("it cannot be made"); }

constexpr std::array own{Reporter{"count", "count.txt", "count: ", &count},
                         Reporter{"failing", "failing.txt", "fail", &failing}};

struct Place {
    TemporaryFolder folder;
    fs::path out = folder.path() / "out";
    fs::path results = out / "results.jsonl";

    Place() { fs::create_directories(out); }
    std::string problem(const std::vector<std::string>& given) const {
        const auto requests = requested_reports(given, out, results, own);
        return requests ? "" : requests.error().text();
    }
    WrittenReports write(const std::vector<ReportRequest>& requests) const {
        static const Results cases = synthetic::every_verdict();
        static const profile::ClauseList clauses;
        return write_reports(requests, {cases, results, clauses});
    }
};

}  // namespace

TEST_CASE("a reporter is one entry of the table: its name asks for it, and it writes its file", "[reports]") {
    const Place place;
    const auto requests = requested_reports({"count"}, place.out, place.results, own);
    REQUIRE(requests.has_value());
    const WrittenReports written = place.write(*requests);
    CHECK(written.problems.empty());
    CHECK(written.files == std::vector<fs::path>{place.out / "count.txt"});
    CHECK(content_of(place.out / "count.txt") == "count: 10");
}

TEST_CASE("a report goes to the file that is named with it", "[reports]") {
    const Place place;
    const fs::path file = place.folder.path() / "a=b.txt";
    const auto requests =
        requested_reports({"count=" + file.string(), "count"}, place.out, place.results, own);
    REQUIRE(requests.has_value());
    CHECK(place.write(*requests).files == std::vector<fs::path>{file, place.out / "count.txt"});
}

TEST_CASE("a report that is not known is refused, and the known ones are listed", "[reports]") {
    const Place place;
    CHECK(place.problem({"counts"}) ==
          "unknown report 'counts' (did you mean 'count'?) (known: count, failing)\n");
    CHECK(place.problem({"count="}) == "--report count=: the name of a file is missing after '='\n");
}

TEST_CASE("no two reports share a file, and none takes the place of the results", "[reports]") {
    const Place place;
    const std::string file = place.out / "." / "count.txt";
    CHECK_THAT(place.problem({"count", "failing=" + file}), Catch::EndsWith("choose another file\n"));
    CHECK_THAT(place.problem({"count=" + place.results.string()}), Catch::EndsWith("choose another file\n"));
    fs::create_directory_symlink(place.out, place.folder.path() / "link");
    CHECK_FALSE(
        place.problem({"count=" + (place.folder.path() / "link" / "results.jsonl").string()}).empty());
}

TEST_CASE("where nothing is asked for, all reports are written", "[reports]") {
    const Place place;
    const auto requests = all_reports(place.out, own);
    REQUIRE(requests.size() == 2);
    CHECK(requests[1].file == place.out / "failing.txt");
}

TEST_CASE("a report that cannot be written is no written one, and the others are", "[reports]") {
    const Place place;
    const Reporter& reporter = own[0];
    const WrittenReports written = place.write(
        {{&reporter, "/dev/full"}, {&own[1], place.out / "x"}, {&reporter, place.out / "count.txt"}});
    CHECK(written.files == std::vector<fs::path>{place.out / "count.txt"});
    CHECK(written.problems.text() == "cannot write /dev/full: No space left on device\nit cannot be made\n");
}

TEST_CASE("what would keep a report from being written is said before the work", "[reports]") {
    const Place place;
    const fs::path missing = place.folder.path() / "missing";
    CHECK(why_not_written({{own.data(), missing / "count.txt"}}, missing).empty());  // it is made in time
    CHECK(why_not_written({{own.data(), missing / "count.txt"}}, place.out).text() ==
          "cannot write " + (missing / "count.txt").string() + ": there is no folder " + missing.string() +
              "\n");
    std::ofstream(place.out / "count.txt") << "precious";
    CHECK_THAT(why_not_written(all_reports(place.out, own), place.out).text(),
               Catch::Contains("was not written by guise"));
    std::ofstream(place.out / "count.txt") << "count: 3";
    CHECK(why_not_written(all_reports(place.out, own), place.out).empty());
}

}  // namespace guise::report::write_reports_test
