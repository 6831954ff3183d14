#include "docs/standard.hpp"

#include <catch2/catch.hpp>

namespace guise::docs::standard_test {

TEST_CASE("a clause may name several parts of standards", "[standard]") {
    const auto standards = standards_of("RFC 5280 4.2, RFC 5280 6.1.4 (g)");
    REQUIRE(standards.size() == 2);
    CHECK(standards[0].title == "RFC 5280, section 4.2");
    CHECK(standards[1].name == "RFC 5280 6.1.4 (g)");
    CHECK(standards[1].url == "https://www.rfc-editor.org/rfc/rfc5280#section-6.1.4");
}

TEST_CASE("an appendix is no section, and a whole RFC has neither", "[standard]") {
    CHECK(standards_of("RFC 5280 A.1").front().title == "RFC 5280, appendix A.1");
    CHECK(standards_of("RFC 5280 A.1").front().url == "https://www.rfc-editor.org/rfc/rfc5280#appendix-A.1");
    CHECK(standards_of("RFC 7633").front().url == "https://www.rfc-editor.org/rfc/rfc7633");
}

TEST_CASE("what is no RFC has no page at the RFC editor's", "[standard]") {
    CHECK(standards_of("CA/B BR 6.3.2").front().url.empty());
    CHECK(standards_of("CA/B BR 6.3.2").front().title == "CA/B BR 6.3.2");
}

TEST_CASE("no clause names nothing", "[standard]") { CHECK(standards_of("").empty()); }

}  // namespace guise::docs::standard_test
