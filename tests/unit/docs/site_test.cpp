#include "docs/site.hpp"

#include "docs/kit.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <regex>

namespace guise::docs::site_test {

TEST_CASE("the same data make the same files", "[site]") {
    CHECK(make_site(page_kit::book()).value() == make_site(page_kit::book()).value());
}

TEST_CASE("the pages share a stylesheet, a script and what the search looks through", "[site]") {
    const auto files = make_site(page_kit::book()).value();
    for (const char* file : {"index.html", "docs.css", "docs.js", "pages.js"}) CHECK(files.contains(file));
}

TEST_CASE("no link between the pages leads to nothing", "[site]") {
    const auto files = make_site(page_kit::book()).value();
    static const std::regex pattern(R"re((?:href|src)="([^"#:]+)[^":]*")re");
    std::size_t links = 0;
    for (const auto& [place, text] : files) {
        if (!place.ends_with(".html")) continue;
        for (std::sregex_iterator found(text.begin(), text.end(), pattern), end; found != end;
             ++found, ++links) {
            const auto target =
                (std::filesystem::path(place).parent_path() / (*found)[1].str()).lexically_normal();
            if (!files.contains(target.generic_string())) FAIL_CHECK(place << " leads to " << target);
        }
    }
    CHECK(links > files.size());
}

TEST_CASE("no page tells where it was made", "[site]") {
    for (const auto& [place, text] : make_site(page_kit::book()).value())
        CHECK_FALSE(page_kit::has(text, GUISE_SOURCE_DIR));
}

}  // namespace guise::docs::site_test
