#include "judge/corpus.hpp"

#include <catch2/catch.hpp>

namespace guise::judge::corpus_test {

using profile::Final;

namespace {

SeenVisits ended(std::optional<Final> how) {
    evidence::Observation out;
    out.final = how;
    out.sentence = "did this";
    return {{1, out}};
}

}  // namespace

TEST_CASE("a chain that the corpus accepts passes where the client accepts, once or for good", "[corpus]") {
    CHECK(judge_corpus_case(true, ended(Final::accepted)).verdict == Verdict::pass);
    CHECK(judge_corpus_case(true, ended(Final::accepted_once)).verdict == Verdict::pass);
    CHECK(judge_corpus_case(true, ended(Final::refused)).verdict == Verdict::fail);
}

TEST_CASE("a chain that the corpus refuses passes where the client refuses", "[corpus]") {
    CHECK(judge_corpus_case(false, ended(Final::refused)).verdict == Verdict::pass);
    CHECK(judge_corpus_case(false, ended(Final::accepted)).verdict == Verdict::fail);
}

TEST_CASE("a chain is inconclusive where the evidence does not say what the client did", "[corpus]") {
    CHECK(judge_corpus_case(false, ended(std::nullopt)).verdict == Verdict::inconclusive);
    CHECK(judge_corpus_case(false, ended(Final::held)).verdict == Verdict::inconclusive);
    CHECK(judge_corpus_case(true, {}).verdict == Verdict::inconclusive);
}

TEST_CASE("the judgement says what the client did, and what was expected", "[corpus]") {
    const Judgement judgement = judge_corpus_case(false, ended(Final::accepted));
    CHECK(judgement.sentence == "The client did this.");
    REQUIRE(judgement.checks.size() == 1);
    CHECK(judgement.checks[0].expected == "refuse");
    CHECK(judgement.checks[0].observed == "did this");
}

}  // namespace guise::judge::corpus_test
