#include "cli/clause_rows.hpp"

#include "run/kit.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace guise::cli::clause_rows_test {
namespace {

const profile::Coverage& coverage() {
    static const profile::Coverage all = coverage_of(kit::inputs());
    return all;
}

// The row of a clause.
std::vector<std::string> row_of(const std::string& id, const profile::Coverage& covered = coverage()) {
    for (const auto& row : clause_rows(kit::inputs(), covered).rows)
        if (row[0] == id) return row;
    return {};
}

// The object of a clause.
nlohmann::json json_of(const std::string& id, const profile::Coverage& covered = coverage()) {
    for (const auto& clause : nlohmann::json::parse(clauses_json(kit::inputs(), covered)))
        if (clause["clause"] == id) return clause;
    return {};
}

}  // namespace

TEST_CASE("a clause is listed with its level, what covers it, its source and its text", "[clause-rows]") {
    const Rows rows = clause_rows(kit::inputs(), coverage());
    CHECK(rows.columns == std::vector<std::string>{"clause", "level", "covered by", "source", "text"});
    CHECK(rows.rows.size() == kit::inputs().clauses.size());
    const auto row = row_of("TC-02");
    CHECK(row.at(1) == "must");
    CHECK(row.at(2).find(" more") != std::string::npos);
    CHECK(row.at(4) == kit::inputs().clauses.at("TC-02").text);
}

TEST_CASE("few scenarios are all named", "[clause-rows]") {
    const profile::Coverage two{{"tls-client", {{"TC-05", {"a/one", "b/two"}}}},
                                {"tofu-prompt", {{"TC-05", {"a/one"}}}}};
    CHECK(row_of("TC-05", two).at(2) == "a/one, b/two");
}

TEST_CASE("a clause that is owed and that no scenario covers is uncovered", "[clause-rows]") {
    const profile::Coverage one{{"tls-client", {{"TC-05", {"a/one"}}}}};
    CHECK(row_of("TC-05", one).at(2) == "a/one; uncovered for tofu-prompt");
    CHECK(row_of("TC-05", {}).at(2).starts_with("uncovered for tls-client"));
    CHECK(json_of("TC-05", one)["uncovered"] == nlohmann::json{"tofu-prompt"});
}

TEST_CASE("a clause that is out of scope says why", "[clause-rows]") {
    for (const auto& [id, clause] : kit::inputs().clauses) {
        if (clause.out_of_scope.empty()) continue;
        CHECK(row_of(id).at(2) == "out of scope");
        CHECK(row_of(id).at(4).ends_with("(out of scope: " + clause.out_of_scope + ")"));
        CHECK(json_of(id)["out_of_scope"] == clause.out_of_scope);
    }
}

TEST_CASE("the JSON names all scenarios that cover a clause, by profile", "[clause-rows]") {
    const auto clause = json_of("TC-02");
    CHECK(clause["level"] == "must");
    CHECK(clause["out_of_scope"].is_null());
    CHECK(clause["covered"]["tls-client"].size() == coverage().at("tls-client").at("TC-02").size());
    CHECK(clause["uncovered"].empty());
}

}  // namespace guise::cli::clause_rows_test
