#include "judge/verdict.hpp"

#include <catch2/catch.hpp>

namespace guise::judge::verdict_test {
namespace {

Verdict worst_of(const std::vector<Verdict>& verdicts) {
    std::vector<Check> checks;
    for (const Verdict verdict : verdicts) checks.push_back({"decision", 1, verdict, {}, {}, {}});
    return worst(checks);
}

TEST_CASE("nothing judged is not run", "[judge][verdict]") { CHECK(worst({}) == Verdict::not_run); }

TEST_CASE("one check decides alone", "[judge][verdict]") {
    const auto verdict = GENERATE(Verdict::pass, Verdict::note, Verdict::fail, Verdict::inconclusive,
                                  Verdict::error, Verdict::not_applicable, Verdict::not_run);
    CHECK(worst_of({verdict}) == verdict);
}

TEST_CASE("a fail decides before all else", "[judge][verdict]") {
    CHECK(worst_of({Verdict::error, Verdict::inconclusive, Verdict::fail, Verdict::note}) == Verdict::fail);
}

TEST_CASE("an error decides before inconclusive, and that before a note", "[judge][verdict]") {
    CHECK(worst_of({Verdict::inconclusive, Verdict::error, Verdict::pass}) == Verdict::error);
    CHECK(worst_of({Verdict::note, Verdict::inconclusive}) == Verdict::inconclusive);
}

TEST_CASE("a note decides before a pass", "[judge][verdict]") {
    CHECK(worst_of({Verdict::pass, Verdict::note, Verdict::pass}) == Verdict::note);
}

TEST_CASE("what passed counts before what did not apply", "[judge][verdict]") {
    CHECK(worst_of({Verdict::not_applicable, Verdict::pass}) == Verdict::pass);
    CHECK(worst_of({Verdict::not_run, Verdict::not_applicable}) == Verdict::not_applicable);
}

TEST_CASE("a verdict is worse than those that it decides before", "[judge][verdict]") {
    CHECK(is_worse(Verdict::fail, Verdict::error));
    CHECK(is_worse(Verdict::note, Verdict::pass));
    CHECK_FALSE(is_worse(Verdict::pass, Verdict::pass));
    CHECK_FALSE(is_worse(Verdict::not_run, Verdict::not_applicable));
}

}  // namespace
}  // namespace guise::judge::verdict_test
