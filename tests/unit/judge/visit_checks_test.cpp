#include "judge/visit_checks.hpp"

#include "judge/kit.hpp"

namespace guise::judge::visit_checks_test {
namespace {

using namespace test;

Met warned() { return {Story(shows(expired)), Decision::warn, seen_asking({shown()}, "warn", "decline")}; }

TEST_CASE("what is missed weighs as much as its level", "[judge][checks]") {
    CHECK(missed(Level::must) == Verdict::fail);
    CHECK(missed(Level::should) == Verdict::note);
    CHECK(missed(Level::may) == Verdict::pass);
}

TEST_CASE("a check is made where the visit calls for it", "[judge][checks]") {
    const Met met = warned();
    CHECK(called_for(met.explained(), "declined"));
    CHECK_FALSE(called_for(met.explained(), "no-way-on"));
    std::vector<Check> out;
    add_check(met.explained(), "no-way-on", {false, "a", "b"}, out);
    CHECK(out.empty());
    add_check(met.explained(), "declined", {true, "a", "b"}, out);
    REQUIRE(out.size() == 1);
    CHECK(out[0].name == "declined");
    CHECK(out[0].visit == 1);
    CHECK(out[0].verdict == Verdict::pass);
    CHECK(out[0].expected == "a");
    CHECK(out[0].observed == "b");
    CHECK(out[0].clauses == Clauses{"declined"});
}

TEST_CASE("a check is missed at the level of its clauses, or of those it is given", "[judge][checks]") {
    const Met met = warned();
    std::vector<Check> out;
    add_check(met.explained(), "declined", {false, "", ""}, out);
    add_check(met.explained(), "declined", {false, "", ""}, out, {"renewed"});
    add_check(met.explained(), "declined", {false, "", ""}, out, {"whatever", "renewed"});
    add_check(met.explained(), "declined", {false, "", ""}, out, {"whatever"});
    CHECK(out.at(0).verdict == Verdict::fail);
    CHECK(out.at(1).verdict == Verdict::note);
    CHECK(out.at(2).verdict == Verdict::note);
    CHECK(out.at(3).verdict == Verdict::pass);
    CHECK(out.at(3).described);
    CHECK_FALSE(out.at(1).described);
}

TEST_CASE("a mode's own checks are asked, and what it has not is without clauses", "[judge][checks]") {
    const Met met = warned();
    CHECK(clauses_of(met.explained(), "prompt-true") == Clauses{"prompt-true"});
    CHECK(clauses_of(met.explained(), "no-way-on").empty());
}

TEST_CASE("a check that cannot be made says why", "[judge][checks]") {
    const Met met = warned();
    std::vector<Check> out;
    add_not_applicable(met.explained(), "no-way-on", "why", out);
    CHECK(out.empty());
    add_not_applicable(met.explained(), "declined", "why", out);
    CHECK(made(out, "declined").verdict == Verdict::not_applicable);
    CHECK(made(out, "declined").observed == "why");
}

TEST_CASE("a host is named alone, with its port, or in a URL", "[judge][checks]") {
    CHECK(names_host("a.test", "a.test"));
    CHECK(names_host("a.test:443", "a.test"));
    CHECK(names_host("https://a.test:443/x", "a.test"));
    CHECK(names_host("https://a.test/", "a.test"));
    CHECK_FALSE(names_host("", "a.test"));
    CHECK_FALSE(names_host("a.test.other", "a.test"));
    CHECK_FALSE(names_host("b.a.test", "a.test"));
}

TEST_CASE("a place is named with its port, or without one", "[judge][checks]") {
    CHECK(names_place("a.test", "a.test", 4433));
    CHECK(names_place("a.test:4433", "a.test", 4433));
    CHECK(names_place("https://a.test:4433/x", "a.test", 4433));
    CHECK(names_place("https://a.test/x:1", "a.test", 4433));
    CHECK_FALSE(names_place("a.test:443", "a.test", 4433));
    CHECK_FALSE(names_place("b.test:4433", "a.test", 4433));
}

}  // namespace
}  // namespace guise::judge::visit_checks_test
