#include "docs/expected.hpp"

#include "docs/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::docs::expected_test {
namespace {

std::vector<ExpectedByMode> owed(const std::string& id, const std::string& profile) {
    profile::FactsSource facts(page_kit::inputs().library);
    return expected_by_modes(page_kit::inputs(), *page_kit::inputs().catalogue.find(id),
                             {&page_kit::inputs().profiles.at(profile)}, facts);
}

}  // namespace

TEST_CASE("every mode that runs a scenario is derived", "[owed]") {
    const auto modes = owed("trust/self-signed", "tls-client");
    REQUIRE(modes.size() == 2);
    CHECK(modes[1].mode == "strict");
    CHECK(modes[1].visits.front().front().text() == "refuse");
    CHECK(finals_text(modes[1].visits.front().front()) == "refused");
}

TEST_CASE("what covers a clause is what the profiles' own count says", "[owed]") {
    profile::Coverage coverage;
    for (const scenario::Scenario& scenario : page_kit::inputs().catalogue.all())
        for (const auto& [name, profile] : page_kit::inputs().profiles)
            add_coverage(scenario, owed(scenario.id, name), coverage);
    CHECK(coverage == profile::coverage_of(page_kit::inputs().catalogue, page_kit::inputs().profiles,
                                           page_kit::inputs().clauses, page_kit::inputs().library));
}

}  // namespace guise::docs::expected_test
