#include "import/limbo_report.hpp"

#include "run/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::imports::limbo_report_test {

using namespace guise::run;

namespace {

LimboRecord record() {
    return {"digest",
            "curl",
            "8.1",
            "strict",
            {{"ns::good", "high", true, LimboSeen::accepted, "accepted"},
             {"ns::lax", "low", false, LimboSeen::accepted, "accepted and sent the canary"},
             {"ns::hard", "low", true, LimboSeen::refused, "refused"},
             {"ns::odd", "low", false, LimboSeen::unclear, "did not connect"}},
            {{"ns::crl", "it needs CRLs"}, {"ns::crl2", "it needs CRLs"}}};
}

}  // namespace

TEST_CASE("the text tells each difference, each reason once, and sums up", "[limbo]") {
    CHECK(
        limbo_text(record()) ==
        "accepted  ns::lax (the corpus, low: refused): accepted and sent the canary\n"
        "refused   ns::hard (the corpus, low: accepted): refused\n"
        "unclear   ns::odd (the corpus, low: refused): did not connect\n"
        "not replayed, 2: it needs CRLs\n"
        "curl 8.1, mode strict: 4 of 6 cases replayed: 1 as the corpus expects, 1 accepted that it refuses, "
        "1 refused that it accepts, 1 unclear.\n");
}

TEST_CASE("results can be read again", "[limbo]") {
    const TemporaryFolder folder;
    kit::write(folder.path() / "limbo.json", limbo_json(record()));
    const LimboRecord again = read_limbo_record(folder.path() / "limbo.json").value();
    CHECK(limbo_json(again) == limbo_json(record()));
    CHECK(changes_since(again, record()).empty());
}

TEST_CASE("what is read differently, new or gone is a change", "[limbo]") {
    LimboRecord now = record();
    now.results[0].seen = LimboSeen::refused;
    now.results[1].id = "ns::new";
    const auto changes = changes_since(record(), now);
    REQUIRE(changes.size() == 3);
    CHECK((changes[0].id == "ns::good" && changes[0].before == "accepted" && changes[0].now == "refused"));
    CHECK((changes[1].id == "ns::new" && changes[1].before.empty()));
    CHECK((changes[2].id == "ns::lax" && changes[2].now.empty()));
}

TEST_CASE("a file that holds no results is a problem", "[limbo]") {
    const TemporaryFolder folder;
    kit::write(folder.path() / "x.json", "{}");
    CHECK(read_limbo_record(folder.path() / "x.json").has_error());
    CHECK(read_limbo_record("/nowhere/limbo.json").has_error());
}

}  // namespace guise::imports::limbo_report_test
