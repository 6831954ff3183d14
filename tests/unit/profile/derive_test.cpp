#include "profile/derive.hpp"

#include "profile/derive_kit.hpp"

#include <algorithm>

namespace guise::profile::derive_test {
namespace {

using namespace test;

std::vector<ExpectedInVisit> table_of(const std::string& list, const std::string& mode = "ask") {
    Story story(list, mode);
    return derive(story.subject(), story.facts);
}

std::set<std::string> situations(const ExpectedInVisit& visit) {
    std::set<std::string> out;
    for (const Expected& owed : visit) out.insert(owed.situation);
    return out;
}

scenario::Scenario with_lines(const std::string& lines) {
    return scenario::test::scenario_of(scenario::test::with(lines));
}

scenario::Scenario named(scenario::Scenario scenario, const std::string& base, const std::string& control) {
    scenario.id = scenario.base = base;
    scenario.control = control;
    return scenario;
}

TEST_CASE("each visit has its line of the table, an action none", "[profile][derive]") {
    const auto table = table_of(visit(key_a, going_on) + ", {restart: client}, " + visit(key_a));
    REQUIRE(table.size() == 3);
    CHECK(situations(table[0]) == std::set<std::string>{"untrusted/none"});
    CHECK(table[1].empty());
    CHECK(situations(table[2]) == std::set<std::string>{"untrusted/same"});
}

TEST_CASE("a visit has a line for each memory that is possible by then", "[profile][derive]") {
    const auto table = table_of(visit(key_a, going_on) + ", " + visit(key_b, going_on) + ", " + visit(key_b));
    CHECK(situations(table[2]) == std::set<std::string>{"untrusted/same", "untrusted/changed"});
}

TEST_CASE("ways of one situation are one line, with all their ends and clauses", "[profile][derive]") {
    const auto table = table_of(visit(key_a, going_on) + ", " + visit(key_b, going_on));
    REQUIRE(table[1].size() == 1);
    const Expected& owed = table[1].front();
    CHECK(owed.finals == std::set{Final::accepted, Final::refused});
    CHECK(owed.event == EventRule::fire);
    CHECK(owed.text() == "warn or refuse (rather warn)");
    for (const char* clause : {"M-1", "S-1", "S-2"}) CHECK(std::ranges::count(owed.clauses, clause) == 1);
}

TEST_CASE("what a client may overlook is named in its line", "[profile][derive]") {
    const auto table = table_of(visit("{leaf: leaf, defect: {expired: {at: root}}}"));
    CHECK(table[0].front().text() == "refuse (accept is right too)");
}

TEST_CASE("a scenario runs in all modes of a profile, or in those that it names", "[profile][derive]") {
    const Profile profile = profile_of(keeping);
    using Modes = std::vector<std::string>;
    CHECK(modes_of(with_lines(""), profile) == Modes{"ask", "open"});
    CHECK(modes_of(with_lines("modes: [open, strict]\n"), profile) == Modes{"open"});
}

TEST_CASE("the start mode default needs a profile that has one", "[profile][derive]") {
    const auto scenario = with_lines("modes: [default]\n");
    CHECK(modes_of(scenario, profile_of(keeping)) == std::vector<std::string>{"default"});
    CHECK(modes_of(scenario, profile_of(plain)).empty());
}

TEST_CASE("a scenario does not run where a mode that it needs is missing", "[profile][derive]") {
    const Profile profile = profile_of(keeping);
    CHECK(modes_of(with_lines("clients: {second: strict}\n"), profile).empty());
    CHECK(modes_of(scenario::test::scenario_of(scenario::test::visits("{mode: strict}, " + visit(key_a))),
                   profile)
              .empty());
}

TEST_CASE("a scenario ends as its last connection does", "[profile][derive]") {
    CHECK(finals_of(table_of(visit(key_a, going_on) + ", {restart: client}")) == std::set{Final::accepted});
    CHECK(finals_of({}).empty());
}

TEST_CASE("the control of a mode is the first that the mode must accept", "[profile][derive]") {
    const auto good = named(with_lines(""), "a/good", "");
    const auto refused =
        named(scenario::test::scenario_of(scenario::test::presenting("{leaf: leaf, defect: expired}")),
              "a/refused", "a/good");
    const auto asked =
        named(scenario::test::scenario_of(scenario::test::visits(visit(key_a))), "a/asked", "a/refused");
    const auto last = named(with_lines(""), "a/last", "a/asked");
    const scenario::Catalogue catalogue({good, refused, asked, last});
    FactsSource facts(scenario::test::repository());
    const Profile profile = profile_of(keeping);
    const auto control = [&](const scenario::Scenario& one) {
        return effective_control(catalogue, {one, profile, small_clause_list(), "ask"}, facts);
    };
    CHECK(control(last)->base == "a/asked");  // the user goes on
    CHECK(control(asked)->base == "a/good");  // past the refused one
    CHECK(control(good) == nullptr);
}

}  // namespace
}  // namespace guise::profile::derive_test
