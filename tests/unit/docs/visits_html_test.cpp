#include "docs/visits_html.hpp"

#include "docs/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::docs::visits_html_test {

using page_kit::book;
using page_kit::has;

namespace {

Html visits(const std::string& base) { return visits_html(book(), book().scenarios.at(base)); }

}  // namespace

TEST_CASE("cases that show the same are told once, under the axes that matter", "[visits-html]") {
    const Html out = visits("validity/expired");
    CHECK(has(out, "<h3>With position leaf</h3>"));
    CHECK(has(out, "<h3>With position root</h3>"));
    CHECK_FALSE(has(out, "tls"));
}

TEST_CASE("a single group has no heading", "[visits-html]") {
    CHECK_FALSE(has(visits("handshake/wrong-signature"), "<h3>"));
}

TEST_CASE("groups that are no combination of values name their cases", "[visits-html]") {
    const auto& cases = book().scenarios.at("validity/expired");
    const Html out = groups_html({{{&cases[0], &cases[3]}, html("x")}, {{&cases[1]}, html("y")}});
    CHECK(has(out, cases[0].scenario->id + "; or " + cases[3].scenario->id));
}

TEST_CASE("a certificate is drawn once, and named when it comes again", "[visits-html]") {
    const Html out = visits("pin/changed-key");
    CHECK(has(out, "<b>Visit 4</b>"));
    CHECK(has(out, "the certificate of visit 1, octet for octet."));
    CHECK(has(out, "the certificate of visit 2, octet for octet."));
}

TEST_CASE("a chain that comes later is drawn beside the first", "[visits-html]") {
    const Html out = visits("login/swapped-to-expired");
    CHECK(has(out, "From the first connection after the public-request on"));
    CHECK(has(out, "Faults: none; after the swap: expired (must)"));
}

}  // namespace guise::docs::visits_html_test
