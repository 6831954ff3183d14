#include "docs/html.hpp"

#include <catch2/catch.hpp>

#include <set>

namespace guise::docs::html_test {

TEST_CASE("what HTML could take for a tag or the end of a value is escaped", "[html]") {
    CHECK(escaped("<a href=\"x\">&'</a>") == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;&lt;/a&gt;");
}

TEST_CASE("a text is escaped on its way into a form, HTML and numbers are not", "[html]") {
    CHECK(html("<b>{}</b>{}{}", "<i>", Html{"<br>"}, 3).text == "<b>&lt;i&gt;</b><br>3");
}

TEST_CASE("pieces are joined without one at the ends", "[html]") {
    CHECK(joined({}).empty());
    CHECK(joined({Html{"a"}, Html{"b"}}, " / ").text == "a / b");
}

TEST_CASE("a table names its rows, and leaves out a column in which nothing is said", "[html]") {
    const Html table =
        table_html({"A \"label\"", {html("one"), html("two"), html("three")}, {{html("x"), {}, html("z")}}});
    CHECK(table.text.find("aria-label=\"A &quot;label&quot;\"") != std::string::npos);
    CHECK(table.text.find("<tr><th scope=\"col\">one</th><th scope=\"col\">three</th></tr>") !=
          std::string::npos);
    CHECK(table.text.find("<tr><th scope=\"row\">x</th><td>z</td></tr>") != std::string::npos);
}

TEST_CASE("a list of nothing is nothing", "[html]") {
    CHECK(list_html({}).empty());
    CHECK(list_html({Html{"a"}}).text == "<ul>\n<li>a</li>\n</ul>\n");
}

TEST_CASE("a mark carries its word, not a colour alone", "[html]") {
    CHECK(mark("must").text == "<span class=\"m m-must\">must</span>");
}

TEST_CASE("a table without rows is nothing", "[html]") {
    Table table = table_with("Things", {"Name", "<Value>"});
    CHECK(table_html(table).empty());
    table.rows.push_back({html("a"), html("b")});
    CHECK(table_html(table).text.find("<th scope=\"col\">&lt;Value&gt;</th>") != std::string::npos);
}

TEST_CASE("words and commands are listed", "[html]") {
    CHECK(words_html(std::set{guise::Level::should, guise::Level::must}).text == "should, must");
    CHECK(codes_html({"a", "<b>"}, " ").text == "<code>a</code> <code>&lt;b&gt;</code>");
}

}  // namespace guise::docs::html_test
