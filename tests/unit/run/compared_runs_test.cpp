#include "run/compared_runs.hpp"

#include "evidence/kit.hpp"
#include "secrets/compare.hpp"

#include <catch2/catch.hpp>

namespace guise::run::compared_runs_test {
namespace {

report::VisitRecord visit_of(int run, const std::string& sent) {
    report::VisitRecord out;
    out.id.scenario = "trust/self-signed";
    out.attempt = run;
    out.evidence = evidence::test::visit({evidence::test::finished(sent)});
    out.seen = evidence::observe(out.evidence, {});
    return out;
}

// What each secret became.
std::string form_of(int run) {
    return std::string(9,
                       static_cast<char>('m' + secrets::secret_of_run.at(static_cast<std::size_t>(run) - 1)));
}

}  // namespace

TEST_CASE("a canary that only a comparison shows is seen in each of the runs", "[run][compare]") {
    ComparedRuns runs;
    for (int run = 6; run > 0; --run) runs.keep(visit_of(run, form_of(run)));
    const auto found = runs.found({});
    REQUIRE(found.size() == 6);
    for (std::size_t i = 0; i < found.size(); ++i) {
        CHECK(found[i].attempt == static_cast<int>(i) + 1);
        CHECK(found[i].seen.outcome == evidence::Outcome::confidential);
    }
    CHECK(runs.found({}).empty());
}

TEST_CASE("of a visit that is kept twice the later one counts", "[run][compare]") {
    ComparedRuns runs;
    for (int run = 1; run <= 6; ++run) runs.keep(visit_of(run, form_of(run)));
    runs.keep(visit_of(4, "nothing of it"));
    CHECK(runs.found({}).empty());
}

TEST_CASE("controls, and cases with fewer runs, are not compared", "[run][compare]") {
    ComparedRuns runs;
    for (int run = 1; run <= 6; ++run) {
        report::VisitRecord control = visit_of(run, form_of(run));
        control.control = "before";
        runs.keep(control);
        if (run > 1) runs.keep(visit_of(run, form_of(run)));
    }
    CHECK(runs.found({}).empty());
}

}  // namespace guise::run::compared_runs_test
