#include "report/matrix.hpp"

#include "report/synthetic.hpp"

#include <catch2/catch.hpp>

namespace guise::report::matrix_test {

using namespace guise::evidence;

TEST_CASE("the rows are the scenarios, each once, sorted", "[matrix]") {
    Results results;
    for (const char* id : {"b/two", "a/one", "b/two"}) results.cases.push_back(synthetic::make_case(id));
    results.cases[2].id.mode = "disabled";
    CHECK(make_matrix(results).rows == std::vector<guise::SharedText>{"a/one", "b/two"});
}

TEST_CASE("the columns are clients with their modes side by side", "[matrix]") {
    Results results;
    for (const auto& [mode, client] :
         {std::pair{"strict", "wget"}, {"strict", "curl"}, {"disabled", "wget"}, {"disabled", "curl"}}) {
        results.cases.push_back(synthetic::make_case("a/one"));
        results.cases.back().id = {"a/one", mode, client};
    }
    const std::vector<MatrixColumn> expected{
        {"curl", "disabled"}, {"curl", "strict"}, {"wget", "disabled"}, {"wget", "strict"}};
    CHECK((make_matrix(results).columns == expected));
}

TEST_CASE("a cell is the case of its row and column", "[matrix]") {
    const Results results = synthetic::every_verdict();
    const Matrix matrix = make_matrix(results);
    const CaseRecord* record = matrix.at("trust/ca-signed", {"curl", "disabled"});
    REQUIRE(record);
    CHECK(record->id.mode == "disabled");
}

TEST_CASE("a case that was not in the run leaves its cell empty", "[matrix]") {
    const Results results = synthetic::every_verdict();
    const Matrix matrix = make_matrix(results);
    CHECK(matrix.at("trust/ca-signed", {"wget", "strict"}) == nullptr);
    CHECK(matrix.at("no/such", {"curl", "strict"}) == nullptr);
}

TEST_CASE("a run without cases has an empty matrix", "[matrix]") {
    const Matrix matrix = make_matrix(Results{});
    CHECK(matrix.rows.empty());
    CHECK(matrix.columns.empty());
}

}  // namespace guise::report::matrix_test
