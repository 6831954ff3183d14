#include "cli/program.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace guise::cli::doctor_test {

TEST_CASE("a machine that can run is told what it has", "[doctor]") {
    const Ran ran = run_guise({"doctor"});
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "ok       loopback"));
    CHECK(has(ran.out, "ok       client curl"));
}

TEST_CASE("the findings are there for a program too", "[doctor]") {
    const auto findings = nlohmann::json::parse(run_guise({"doctor", "--json"}).out);
    REQUIRE(findings.size() > 4);
    for (const auto& finding : findings) {
        CHECK(finding.contains("state"));
        CHECK(finding.contains("what"));
        CHECK(finding.contains("found"));
        CHECK(finding.contains("help"));
    }
}

}  // namespace guise::cli::doctor_test
