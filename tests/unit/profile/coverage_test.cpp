#include "profile/coverage.hpp"

#include "profile/derive_kit.hpp"

namespace guise::profile::coverage_test {
namespace {

using namespace test;

Coverage coverage() {
    const scenario::Catalogue catalogue({scenario::test::scenario_of(scenario::test::visits(visit(key_a)))});
    return coverage_of(catalogue, {{"plain", profile_of(plain)}, {"keeping", profile_of(keeping)}},
                       small_clause_list(), scenario::test::repository());
}

// The small clauses, with B-1 that only brings M-1 and B-2 along, which brings S-1.
ClauseList bringing() {
    ClauseList out = small_clause_list();
    out["B-1"].id = "B-1";
    out["B-1"].includes = {"M-1", "B-2"};
    out["B-2"].id = "B-2";
    out["B-2"].includes = {"S-1"};
    return out;
}

Profile owing(const std::string& glob) {
    return profile_of(changed(plain, "owes: ['M-*']", "owes: ['" + glob + "']"));
}

TEST_CASE("a clause is covered by the scenarios in which a profile is held to it", "[profile][coverage]") {
    const Coverage covered = coverage();
    CHECK(covered.at("plain").at("M-1") == std::set<std::string>{"area/name"});
    CHECK_FALSE(covered.at("plain").contains("S-1"));
    CHECK(covered.at("keeping").contains("M-2"));  // by the check `declined`
}

TEST_CASE("a profile owes what its globs name", "[profile][coverage]") {
    CHECK(expected_clauses(owing("M-*"), small_clause_list()) == std::set<std::string>{"M-1", "M-2"});
    CHECK(expected_clauses(owing("S-2"), small_clause_list()) == std::set<std::string>{"S-2"});
}

TEST_CASE("a clause that brings others along stands for them", "[profile][coverage]") {
    CHECK(expected_clauses(owing("B-1"), bringing()) == std::set<std::string>{"M-1", "S-1"});
}

TEST_CASE("a clause that is owed and that nothing covers is uncovered", "[profile][coverage]") {
    const Profiles profiles{{"plain", owing("M-*")}};
    const Coverage covered = coverage();
    const ClauseList& clauses = small_clause_list();
    CHECK(uncovered(clauses.at("M-1"), profiles, clauses, covered).empty());
    CHECK(uncovered(clauses.at("M-2"), profiles, clauses, covered) == std::set<std::string>{"plain"});
    CHECK(uncovered(clauses.at("Y-1"), profiles, clauses, covered).empty());  // no profile expects it
}

TEST_CASE("a clause that is out of scope is not uncovered", "[profile][coverage]") {
    Clause clause = small_clause_list().at("M-2");
    clause.out_of_scope = "cannot be seen from outside";
    CHECK(uncovered(clause, {{"plain", owing("M-*")}}, small_clause_list(), coverage()).empty());
}

}  // namespace
}  // namespace guise::profile::coverage_test
