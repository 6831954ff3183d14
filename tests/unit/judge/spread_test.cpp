#include "judge/spread.hpp"

#include <catch2/catch.hpp>

namespace guise::judge::spread_test {
namespace {

Judgement came_to(Verdict verdict) { return {verdict, std::string(word(verdict)) + " it was.", {}}; }

// The runs of a case, by their verdicts.
std::vector<JudgedRun> runs(const std::vector<Verdict>& verdicts) {
    std::vector<JudgedRun> out;
    for (const Verdict verdict : verdicts)
        out.push_back({static_cast<int>(out.size()) + 1, true, shared(came_to(verdict), out)});
    return out;
}

std::string text(const std::vector<Verdict>& verdicts) { return spread_text(spread_of(runs(verdicts))); }

TEST_CASE("the first of the worst runs counts", "[judge][spread]") {
    CHECK(worst_of(runs({Verdict::pass, Verdict::fail, Verdict::note, Verdict::fail})).number == 2);
    CHECK(worst_of(runs({Verdict::pass, Verdict::note, Verdict::inconclusive})).number == 3);
    CHECK(worst_of(runs({Verdict::pass, Verdict::pass})).number == 1);
    CHECK(worst_of(runs({Verdict::not_run, Verdict::not_applicable, Verdict::pass})).number == 3);
}

TEST_CASE("runs are told by their verdicts, the worst first", "[judge][spread]") {
    const auto spread = spread_of(runs({Verdict::pass, Verdict::fail, Verdict::pass}));
    REQUIRE(spread.size() == 2);
    CHECK((spread[0] == SpreadPart{Verdict::fail, true, {2}, "fail it was."}));
    CHECK((spread[1] == SpreadPart{Verdict::pass, true, {1, 3}, "pass it was."}));
}

TEST_CASE("a case that was run once has no spread", "[judge][spread]") {
    CHECK(spread_of(runs({Verdict::fail})).empty());
    CHECK(text({Verdict::fail}).empty());
}

TEST_CASE("runs that differ are counted in words", "[judge][spread]") {
    CHECK(text({Verdict::fail, Verdict::pass, Verdict::fail, Verdict::fail, Verdict::pass}) ==
          "3 of 5 runs failed, 2 passed");
    CHECK(text({Verdict::inconclusive, Verdict::fail}) == "1 of 2 runs failed, 1 ended inconclusive");
    CHECK(
        text({Verdict::note, Verdict::pass, Verdict::error, Verdict::not_applicable, Verdict::not_run}) ==
        "1 of 5 runs ended in an error, 1 missed a should, 1 passed, 1 did not apply, 1 did not take place");
    CHECK(text({Verdict::fail, Verdict::fail}).empty());
}

TEST_CASE("a run that did not come to its end is told apart, and counted with its verdict",
          "[judge][spread]") {
    std::vector<JudgedRun> all = runs({Verdict::error, Verdict::error, Verdict::pass});
    all[1].judged = false;
    const auto spread = spread_of(all);
    REQUIRE(spread.size() == 3);
    CHECK_FALSE(part_of(spread, 2)->judged);
    CHECK(part_of(spread, 1)->judged);
    CHECK(part_of(spread, 4) == nullptr);
    CHECK(spread_text(spread) == "2 of 3 runs ended in an error, 1 passed");
}

TEST_CASE("runs that came to the same share it", "[judge][spread]") {
    const auto all = runs({Verdict::pass, Verdict::fail, Verdict::pass});
    CHECK(all[0].judgement == all[2].judgement);
    CHECK(all[0].judgement != all[1].judgement);
}

}  // namespace
}  // namespace guise::judge::spread_test
