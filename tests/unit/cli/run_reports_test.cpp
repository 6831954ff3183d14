#include "cli/run_reports.hpp"

#include "base/temporary_folder.hpp"
#include "cli/program.hpp"
#include "server/kit.hpp"

#include <catch2/catch.hpp>

#include <fstream>

namespace guise::cli::run_reports_test {

TEST_CASE("a run writes all reports, or those that were asked for", "[cli][run-reports]") {
    const TemporaryFolder folder;
    CHECK(requested({folder.path(), {}}).value().size() == report::reporters().size());
    const auto asked = requested({folder.path(), {"markdown"}}).value();
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].file == folder.path() / "summary.md");
}

TEST_CASE("results of somebody else keep a run from starting", "[cli][run-reports]") {
    const TemporaryFolder folder;
    RunReports reports{folder.path(), {}};
    std::ofstream(reports.results()) << "mine\n";
    CHECK_FALSE(requested(reports).has_value());
    reports.force = true;
    CHECK(requested(reports).has_value());
}

TEST_CASE("the end of a run is told with its reports, and is its exit code", "[cli][run-reports]") {
    const TemporaryFolder folder;
    report::Results results;
    results.end.exit = ExitCode::unexpected;
    results.end.reason = "1 unexpected failure";
    std::stringbuf said;
    ExitCode code{};
    {
        const Captured captured(std::cout, &said);
        code = finish_run(kit::inputs(), results, {folder.path(), {}}, {});
    }
    CHECK(code == ExitCode::unexpected);
    CHECK(has(said.str(), "1 unexpected failure"));
    CHECK(has(said.str(), "Reports: " + folder.path().string() + "/results.jsonl"));
}

}  // namespace guise::cli::run_reports_test
