#include "docs/writer.hpp"

#include "docs/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::docs::writer_test {

using page_kit::has;

namespace {

const Writer& writer() {
    static const Writer one(page_kit::book(), "clauses/DK-23.html");
    return one;
}

}  // namespace

TEST_CASE("a scenario is named by its title, with its id", "[writer]") {
    CHECK(writer().scenario("trust/self-signed").text ==
          "<a href=\"../scenarios/trust/self-signed.html\">" +
              page_kit::book().first("trust/self-signed").title +
              "</a> <span class=\"id\">trust/self-signed</span>");
}

TEST_CASE("a clause has its own level, or that of a profile", "[writer]") {
    CHECK(writer().clause("DK-50").text == "<a href=\"../clauses/DK-50.html\">DK-50</a> (must)");
    const auto& mobile = page_kit::inputs().profiles.at("dw-spectrum-mobile");
    CHECK(has(writer().clause("DK-50", &mobile), "(should)"));
}

TEST_CASE("a defect's clause is a part of a standard, or a clause of a ledger", "[writer]") {
    CHECK(writer().standards("RFC 5280 6.1").text ==
          "<a href=\"../standards/rfc-5280-6.1.html\">RFC 5280, section 6.1</a>");
    CHECK(has(writer().standards("DK-60"), "../clauses/DK-60.html"));
}

TEST_CASE("a profile without a page is text", "[writer]") {
    CHECK(writer().profile("nobody").text == "nobody");
    CHECK(has(writer().profile("tofu"), "../profiles/tofu.html"));
}

TEST_CASE("nothing has no heading, and no line in a list of pairs", "[writer]") {
    CHECK(section("x", "X", {}).empty());
    CHECK(pairs_html({{"Name", {}}}).empty());
    CHECK(has(pairs_html({{"A", html("b")}, {"C", {}}}), "<dt>A</dt><dd>b</dd>"));
}

TEST_CASE("a command is text to copy", "[writer]") {
    CHECK(has(command_html("guise serve 'a'"), "<pre>guise serve &#39;a&#39;</pre>"));
}

TEST_CASE("a file is shown without the comment that opens it", "[writer]") {
    const std::string file = std::string(GUISE_SOURCE_DIR) + "/certs/defects/expired.yaml";
    CHECK(has(file_section("certs/defects/expired.yaml", file),
              "<p class=\"hint\">certs/defects/expired.yaml</p>\n<pre>defect: expired\n"));
    CHECK(file_text("/nowhere").empty());
}

TEST_CASE("the way back has its steps", "[writer]") {
    CHECK(has(crumbs({html("a"), html("b")}), "a <span aria-hidden=\"true\">/</span> b"));
}

}  // namespace guise::docs::writer_test
