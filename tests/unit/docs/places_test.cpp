#include "docs/places.hpp"

#include <catch2/catch.hpp>

namespace guise::docs::places_test {

TEST_CASE("every kind of page has a folder of its own", "[places]") {
    CHECK(scenario_place("validity/expired") == "scenarios/validity/expired.html");
    CHECK(clause_place("DK-23") == "clauses/DK-23.html");
    CHECK(defect_place("expired") == "defects/expired.html");
    CHECK(profile_place("tofu") == "profiles/tofu.html");
    CHECK(client_place("curl") == "clients/curl.html");
}

TEST_CASE("the place of a part of a standard is a file name of any system", "[places]") {
    CHECK(standard_place("RFC 5280 6.1.3 (a)(1)") == "standards/rfc-5280-6.1.3-a-1.html");
    CHECK(standard_place("CA/B BR 6.3.2") == "standards/ca-b-br-6.3.2.html");
}

TEST_CASE("a link leads up and down again, so that the folder can lie anywhere", "[places]") {
    CHECK(way_up("index.html").empty());
    CHECK(link("index.html", "clauses/DK-23.html", "DK-23").text ==
          "<a href=\"clauses/DK-23.html\">DK-23</a>");
    CHECK(link("scenarios/pin/a-b-a.html", "index.html#pin", "<pin>").text ==
          "<a href=\"../../index.html#pin\">&lt;pin&gt;</a>");
}

TEST_CASE("a link to a page of others is marked as one", "[places]") {
    CHECK(outside_link("https://www.rfc-editor.org/", "RFC").text ==
          "<a class=\"outside\" rel=\"external noreferrer\" href=\"https://www.rfc-editor.org/\">RFC</a>");
}

}  // namespace guise::docs::places_test
