#include "judge/crash_check.hpp"

#include "judge/kit.hpp"

namespace guise::judge::crash_check_test {
namespace {

using namespace test;

Observation dying(int signal) {
    VisitEvidence evidence = visit({refused()});
    evidence.client.process.exit_code.reset();
    evidence.client.process.signal = signal;
    return observe(evidence, {});
}

std::vector<Check> checks_of(const Met& met) {
    std::vector<Check> out;
    add_crash_check(met.explained(), out);
    return out;
}

TEST_CASE("a death of a signal is a failed check that names it", "[judge][crash]") {
    const Met met(Story(shows(expired), "strict"), Decision::refuse, dying(11));
    const auto checks = checks_of(met);
    REQUIRE(checks.size() == 1);
    CHECK(checks.front().name == "crash");
    CHECK(checks.front().verdict == Verdict::fail);
    CHECK(checks.front().observed ==
          "one that died of signal 11 (Segmentation fault) after it saw the certificate");
    CHECK(checks.front().clauses == Clauses{"crash"});
}

TEST_CASE("a client that ended by itself has no such check", "[judge][crash]") {
    CHECK(checks_of(Met(Story(shows(expired), "strict"), Decision::refuse, seen({refused()}))).empty());
}

TEST_CASE("a profile without clauses for it holds no client to them", "[judge][crash]") {
    std::string bare = asking;
    bare.replace(bare.find(" crash: crash,"), 14, "");
    CHECK(checks_of(Met(Story(shows(expired), "strict", {}, bare), Decision::refuse, dying(11))).empty());
}

}  // namespace
}  // namespace guise::judge::crash_check_test
