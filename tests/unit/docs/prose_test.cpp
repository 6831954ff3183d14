#include "docs/prose.hpp"

#include "docs/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::docs::prose_test {

using page_kit::has;

namespace {

const Glossary glossary{{"DK-23", "clauses/DK-23.html"},
                        {"trust/self-signed", "scenarios/trust/self-signed.html"}};
const Prose prose(glossary, "defects/x.html");

}  // namespace

TEST_CASE("what a text names becomes a link to its page", "[prose]") {
    CHECK(prose.text("as in trust/self-signed (DK-23)").text ==
          "as in <a href=\"../scenarios/trust/self-signed.html\">trust/self-signed</a> "
          "(<a href=\"../clauses/DK-23.html\">DK-23</a>)");
}

TEST_CASE("what nobody knows stays text, and so does what looks like a tag", "[prose]") {
    CHECK(prose.text("a/b and XX-99 <b>").text == "a/b and XX-99 &lt;b&gt;");
}

TEST_CASE("a page does not link to itself", "[prose]") {
    CHECK(Prose(glossary, "clauses/DK-23.html").text("DK-23").text == "DK-23");
}

TEST_CASE("a section of an RFC leads to the RFC editor's page", "[prose]") {
    CHECK(has(
        prose.text("RFC 5280 section 6.1.3 (a)(2): \"The\""),
        "href=\"https://www.rfc-editor.org/rfc/rfc5280#section-6.1.3\">RFC 5280 section 6.1.3</a> (a)(2)"));
    CHECK(has(prose.text("see RFC 7633."), "href=\"https://www.rfc-editor.org/rfc/rfc7633\">RFC 7633</a>."));
    CHECK(has(prose.text("(RFC 8446 4.4.3, RFC"), "rfc8446#section-4.4.3\">RFC 8446 4.4.3</a>, RFC"));
}

TEST_CASE("code between backticks is code; one backtick is a backtick", "[prose]") {
    CHECK(prose.text("`a<b` c").text == "<code>a&lt;b</code> c");
    CHECK(prose.text("a ` b").text == "a ` b");
}

TEST_CASE("a sketch keeps its lines, a paragraph does not", "[prose]") {
    const Html out = prose.comment("root -> leaf\n   x\n\nSome words\nof DK-23.\n");
    CHECK(has(out, "tabindex=\"0\">root -&gt; leaf\n   x</pre>"));
    CHECK(has(out, "<p>Some words\nof <a"));
}

TEST_CASE("of a README the words are kept: no title, no counts, no links to files without a page",
          "[prose]") {
    const std::string text =
        "# pin: memory\n\n2 scenarios, 3 cases.\n\nWhat is kept?\n\nSee [this](../README.md).\n";
    CHECK(prose.readme(text).text == "<p>What is kept?</p>\n");
}

TEST_CASE("paragraphs are apart by empty lines, however many", "[prose]") {
    CHECK(paragraphs("a\nb\n\n\nc\n") == std::vector<std::string>{"a\nb", "c"});
    CHECK(paragraphs("").empty());
}

}  // namespace guise::docs::prose_test
