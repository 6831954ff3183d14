#include "cli/rows.hpp"

#include "run/kit.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace guise::cli::rows_test {
namespace {

const Rows fruit{{"fruit", "colour", "taste"},
                 {{"apple", "red", "sour or sweet"}, {"fig", "violet", "sweet"}}};

// The row whose first cell is `name`.
std::vector<std::string> row_of(const Rows& rows, const std::string& name) {
    const auto found = std::find_if(rows.rows.begin(), rows.rows.end(),
                                    [&](const std::vector<std::string>& row) { return row[0] == name; });
    return found == rows.rows.end() ? std::vector<std::string>{} : *found;
}

bool is_full(const Rows& rows) {
    return !rows.rows.empty() && std::all_of(rows.rows.begin(), rows.rows.end(), [&](const auto& row) {
        return row.size() == rows.columns.size();
    });
}

}  // namespace

TEST_CASE("columns are aligned, and the last one is as long as it is", "[rows]") {
    CHECK(rows_text(fruit) ==
          "fruit  colour  taste\n"
          "apple  red     sour or sweet\n"
          "fig    violet  sweet\n");
}

TEST_CASE("a table without rows is its head", "[rows]") {
    CHECK(rows_text({{"fruit", "colour"}, {}}) == "fruit  colour\n");
    CHECK(rows_json({{"fruit", "colour"}, {}}) == "[]\n");
}

TEST_CASE("a table of one column has no blanks at the ends of its lines", "[rows]") {
    CHECK(rows_text({{"fruit"}, {{"fig"}, {"apple"}}}) == "fruit\nfig\napple\n");
}

TEST_CASE("a table as JSON is an array of objects, in the order of the columns", "[rows]") {
    const auto json = nlohmann::ordered_json::parse(rows_json(fruit));
    CHECK(json[1].dump() == R"({"fruit":"fig","colour":"violet","taste":"sweet"})");
    CHECK(json.size() == 2);
}

TEST_CASE("a scenario is listed with its severity, its control and its title", "[rows]") {
    const Rows rows = scenario_rows(kit::inputs());
    CHECK(is_full(rows));
    CHECK(rows.rows.size() == kit::inputs().catalogue.all().size());
    CHECK(row_of(rows, "trust/private-ca") ==
          std::vector<std::string>{"trust/private-ca", "critical", "trust/root-signed",
                                   "A certificate from a private CA that the client does not know"});
}

TEST_CASE("a scenario without a control shows a dash", "[rows]") {
    CHECK(row_of(scenario_rows(kit::inputs()), "trust/ca-signed[tls=1.3]").at(2) == "-");
}

TEST_CASE("a client is listed with its modes and whether it is here", "[rows]") {
    const Rows rows = client_rows(kit::inputs()).value();
    CHECK(is_full(rows));
    const auto curl = row_of(rows, "curl");
    REQUIRE_FALSE(curl.empty());
    CHECK(curl[2] == "tls-client");
    CHECK(curl[3] == "disabled strict");
    CHECK((curl[4] == "ready, by option" || curl[4].starts_with("missing: ")));
    CHECK((curl[1] == "-") == curl[4].starts_with("missing: "));
}

TEST_CASE("a profile is listed with its modes and its title", "[rows]") {
    CHECK(row_of(profile_rows(kit::inputs()), "tls-client") ==
          std::vector<std::string>{"tls-client", "disabled strict", "A TLS client that verifies"});
}

TEST_CASE("a defect is listed with its faults and where it can sit", "[rows]") {
    const Rows rows = defect_rows(kit::inputs());
    CHECK(is_full(rows));
    const auto expired = row_of(rows, "expired");
    REQUIRE(expired.size() == 4);
    CHECK(expired[1] == "expired");
    CHECK(expired[2].find("leaf:must") != std::string::npos);
    CHECK(expired[2].find("root:may") != std::string::npos);
}

}  // namespace guise::cli::rows_test
