#include "judge/known_files.hpp"

#include "inputs/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::judge::known_files_test {

using namespace guise::inputs;

namespace {

KnownDeviation entry(const std::string& scenario) {
    KnownDeviation out;
    out.client = "curl";
    out.scenario = scenario;
    out.mode = "*";
    out.check = "decision";
    out.observed = "accept";
    out.reason = "we know";
    return out;
}

}  // namespace

TEST_CASE("the known deviations of the sources is read", "[known]") {
    const auto known = load_all_known(kit::inputs(), {});
    REQUIRE(known.has_value());
    CHECK_FALSE(known->empty());
}

TEST_CASE("a baseline needs its entries' ends", "[known]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "known.yaml";
    kit::write(file,
               "known: curl\nentries:\n  - {match: {scenario: a, check: decision}, "
               "fails: {verdict: fail, observed: accept}, reason: r, evidence: e}\n");
    const auto known = load_all_known(kit::inputs(), {file});
    REQUIRE_FALSE(known.has_value());
    CHECK_THAT(known.error().text(), Catch::Contains(":3:5: expected the key 'expires'"));
}

TEST_CASE("entries about scenarios that are gone, or past their end, are stale", "[known]") {
    KnownDeviation expired = entry("names/wrong-name");
    expired.expires = std::chrono::floor<std::chrono::days>(kit::now);
    CHECK(stale_entries({entry("names/wrong-name")}, {"curl"}, kit::inputs(), kit::now) == 0);
    CHECK(stale_entries({entry("gone/away")}, {"curl"}, kit::inputs(), kit::now) == 1);
    CHECK(stale_entries({expired}, {"curl"}, kit::inputs(), kit::now) == 1);
    CHECK(stale_entries({entry("gone/away"), expired}, {"wget"}, kit::inputs(), kit::now) == 0);
}

TEST_CASE("with a catalogue of the user's own, committed entries are about another", "[known]") {
    RunInputs inputs = kit::inputs();
    inputs.own_catalogue = true;
    KnownDeviation baseline = entry("gone/away");
    baseline.expires = std::chrono::floor<std::chrono::days>(kit::now) + std::chrono::days(1);
    CHECK(stale_entries({entry("gone/away")}, {"curl"}, inputs, kit::now) == 0);
    CHECK(stale_entries({baseline}, {"curl"}, inputs, kit::now) == 1);
}

}  // namespace guise::judge::known_files_test
