#include "docs/page.hpp"

#include "docs/kit.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace guise::docs::page_test {

using page_kit::has;

TEST_CASE("what all pages share is put together, and plain ASCII", "[page]") {
    for (const std::string_view part : {docs_page(), docs_style(), docs_script()}) {
        CHECK_FALSE(has(std::string(part), "@include"));
        CHECK(std::ranges::all_of(part, [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
    }
}

TEST_CASE("the pages ask nobody for anything", "[page]") {
    for (const std::string_view part : {docs_page(), docs_style(), docs_script()})
        for (const char* word : {"http:", "https:", "url(", "@import", "fetch("})
            CHECK_FALSE(has(std::string(part), word));
}

TEST_CASE("a page stands in its frame, with the way to its folder", "[page]") {
    const std::string file =
        framed({"clauses/DK-1.html", "A <title>", "clause", "", Html{"<p>{{root}}</p>"}});
    CHECK(file.starts_with("<!doctype html>\n<html lang=\"en\" data-root=\"../\">"));
    CHECK(has(file, "<title>A &lt;title&gt; - guise</title>"));
    CHECK(has(file, "href=\"../docs.css\""));
    CHECK(has(file, "<a href=\"../clauses/index.html\" aria-current=\"true\">Clauses</a>"));
    CHECK(has(file, "<a href=\"../index.html\">Scenarios</a>"));
    CHECK(has(file, "<p>{{root}}</p>"));
}

TEST_CASE("the search has an entry a page", "[page]") {
    const std::string data = search_data({{"a.html", "A \"b\" \xff", "clause", "more", {}}});
    const auto start = data.find('[');
    const auto json = nlohmann::json::parse(data.substr(start, data.rfind(';') - start));
    REQUIRE(json.size() == 1);
    CHECK(json[0][0] == "clause");
    CHECK(json[0][2] == "a.html");
    CHECK(json[0][3] == "more");
}

}  // namespace guise::docs::page_test
