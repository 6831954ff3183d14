#include "cli/program.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace guise::cli::list_test {

TEST_CASE("each kind is listed as a table with a head", "[list]") {
    for (const auto& [kind, head] : {std::pair{"scenarios", "id "},
                                     {"clients", "client "},
                                     {"profiles", "profile "},
                                     {"clauses", "clause "},
                                     {"defects", "defect "}}) {
        const Ran ran = run_guise({"list", kind});
        CHECK(ran.code == 0);
        CHECK(ran.err.empty());
        CHECK(ran.out.starts_with(head));
        CHECK(std::count(ran.out.begin(), ran.out.end(), '\n') > 1);
    }
}

TEST_CASE("each kind is listed as JSON, wherever the flag stands", "[list]") {
    for (const char* kind : {"scenarios", "profiles", "defects"}) {
        const Ran after = run_guise({"list", kind, "--json"});
        CHECK(after.code == 0);
        CHECK(nlohmann::json::parse(after.out).size() > 1);
        CHECK(run_guise({"list", "--json", kind}).out == after.out);
    }
}

TEST_CASE("a broken catalogue exits 4 with the places of its problems", "[list]") {
    const Ran ran = run_guise({"list", "scenarios", "--scenarios", GUISE_SOURCE_DIR "/fixtures"});
    CHECK(ran.code == 4);
    CHECK(ran.out.empty());
    CHECK(has(ran.err, ".yaml:"));
}

TEST_CASE("the clauses as JSON name the scenarios that cover them", "[list]") {
    const auto clauses = nlohmann::json::parse(run_guise({"list", "clauses", "--json"}).out);
    const auto found = std::find_if(clauses.begin(), clauses.end(),
                                    [](const nlohmann::json& clause) { return clause["clause"] == "TC-02"; });
    REQUIRE(found != clauses.end());
    CHECK_FALSE((*found)["covered"]["tls-client"].empty());
    CHECK((*found)["uncovered"].empty());
}

}  // namespace guise::cli::list_test
