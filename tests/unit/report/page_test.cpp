#include "report/page.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace guise::report::page_test {
namespace {

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

TEST_CASE("a page has a place for its data, once, and all its parts", "[page]") {
    for (const std::string_view page : {report_page(), diff_page()}) {
        CHECK(page.starts_with("<!doctype html>"));
        CHECK(page.ends_with("</html>\n"));
        CHECK(has(page, "<script type=\"application/json\" id=\"data\">{{data}}</script>"));
        CHECK(page.find("{{data}}") == page.rfind("{{data}}"));
        CHECK_FALSE(has(page, "@include"));
    }
}

TEST_CASE("a page asks nobody for anything", "[page]") {
    for (const std::string_view page : {report_page(), diff_page()})
        for (const char* word : {"http:", "https:", "src=", "url(", "@import", "fetch(", "<link"}) {
            INFO(word);
            CHECK_FALSE(has(page, word));
        }
}

TEST_CASE("a page is plain ASCII, so that it can be cut anywhere", "[page]") {
    for (const std::string_view page : {report_page(), diff_page()})
        CHECK(std::ranges::all_of(page, [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
}

TEST_CASE("no text in the data can end the script that it stands in", "[page]") {
    const std::string filled = filled_page("a{{data}}b", R"(["</script><!-- <b>"])");
    CHECK(filled == R"(a["\u003c/script>\u003c!-- \u003cb>"]b)");
}

TEST_CASE("a place in the data is no place", "[page]") {
    CHECK(filled_page("a{{data}}b", R"("{{data}}")") == R"(a"{{data}}"b)");
    CHECK(filled_page("ab", "1") == "ab");
}

}  // namespace guise::report::page_test
