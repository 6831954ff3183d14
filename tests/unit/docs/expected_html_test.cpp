#include "docs/expected_html.hpp"

#include "docs/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::docs::expected_html_test {

using page_kit::book;
using page_kit::has;

namespace {

Html owed(const std::string& base) {
    const Writer writer(book(), "scenarios/" + base + ".html");
    return expected_html(writer, book().scenarios.at(base));
}

}  // namespace

TEST_CASE("each profile has its table, with the mode's place in the profile's page", "[owed-html]") {
    const Html out = owed("trust/self-signed");
    CHECK(has(out, "<a href=\"../../profiles/tls-client.html#strict\">strict</a>"));
    CHECK(has(out, "<td>untrusted/any</td><td><b>refuse</b></td><td>refused</td>"));
    CHECK(has(out, "<a href=\"../../clauses/TC-02.html\">TC-02</a> (must)"));
}

TEST_CASE("the visit is told where there are several", "[owed-html]") {
    CHECK_FALSE(has(owed("trust/self-signed"), ">Visit<"));
    CHECK(has(owed("pin/changed-key"), ">Visit<"));
}

TEST_CASE("cases that are owed something else are apart", "[owed-html]") {
    const Html out = owed("validity/expired");
    CHECK(has(out, "<h3>With position intermediate or leaf</h3>"));
    CHECK(has(out, "<h3>With position root</h3>"));
}

TEST_CASE("the clauses of a file are those of all its cases", "[owed-html]") {
    CHECK(clauses_of(book().scenarios.at("trust/self-signed")).contains("TC-02"));
    CHECK(clauses_of(book().scenarios.at("trust/self-signed")).contains("DK-40"));
}

TEST_CASE("a scenario that no mode runs says so", "[owed-html]") {
    const Writer writer(book(), "x.html");
    CHECK(has(expected_html(writer, {BookCase{}}), "No mode of any profile runs it."));
}

}  // namespace guise::docs::expected_html_test
