#include "cli/expected_table.hpp"

#include "run/kit.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace guise::cli::expected_table_test {

using docs::expected_by_modes;
using docs::ExpectedByMode;

namespace {

const scenario::Scenario& scenario_named(const std::string& id) { return *kit::inputs().catalogue.find(id); }

std::vector<ExpectedByMode> owed(const std::string& id, const std::string& profile) {
    profile::FactsSource facts(kit::inputs().library);
    return expected_by_modes(kit::inputs(), scenario_named(id), {&kit::inputs().profiles.at(profile)}, facts);
}

}  // namespace

TEST_CASE("each mode that runs a scenario is derived, with the control that stands in it", "[owed-table]") {
    const auto modes = owed("trust/private-ca", "tls-client");
    REQUIRE(modes.size() == 2);
    CHECK(modes[0].mode == "disabled");
    CHECK(modes[1].mode == "strict");
    REQUIRE(modes[1].control);
    CHECK(modes[1].control->id == "trust/root-signed");
    CHECK(modes[1].visits.size() == 1);
}

TEST_CASE("a row tells mode, visit, situation, what is owed, how it ends and why", "[owed-table]") {
    const Rows rows = expected_rows(owed("trust/private-ca", "tls-client"), kit::inputs().clauses);
    REQUIRE(rows.rows.size() == 2);
    CHECK(rows.rows[1] == std::vector<std::string>{"tls-client", "strict", "1", "untrusted/any", "refuse",
                                                   "refused", "-", "TC-02 (must), DK-60 (must)"});
}

TEST_CASE("the JSON has the same, with levels beside the clauses", "[owed-table]") {
    const auto json = expected_json(scenario_named("trust/private-ca"),
                                    owed("trust/private-ca", "tls-client"), kit::inputs().clauses);
    CHECK(json["scenario"] == "trust/private-ca");
    const auto& strict = json["modes"][1];
    CHECK(strict["profile"] == "tls-client");
    CHECK(strict["control"] == "trust/root-signed");
    CHECK(strict["visits"][0]["visit"] == 1);
    const auto& line = strict["visits"][0]["owed"][0];
    CHECK(line["situation"] == "untrusted/any");
    CHECK(line["decisions"] == nlohmann::json{"refuse"});
    CHECK(line["prefer"].empty());
    CHECK(line["alt"].is_null());
    CHECK(line["event"].is_null());
    CHECK(line["finals"] == nlohmann::json{"refused"});
    CHECK(line["clauses"][0]["clause"] == "TC-02");
    CHECK(line["clauses"][0]["level"] == "must");
}

TEST_CASE("what may be overlooked is told in the JSON with its level", "[owed-table]") {
    const std::string id = "validity/expired[position=root,tls=1.3]";
    const auto json = expected_json(scenario_named(id), owed(id, "tls-client"), kit::inputs().clauses);
    const auto& alt = json["modes"][1]["visits"][0]["owed"][0]["alt"];
    CHECK(alt["level"] == "may");
    CHECK(alt["decisions"] == nlohmann::json{"accept"});
}

}  // namespace guise::cli::expected_table_test
