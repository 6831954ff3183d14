#include "docs/index_page.hpp"

#include "docs/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::docs::index_page_test {

using page_kit::has;

TEST_CASE("the first page lists the areas with their words and their scenarios", "[index-page]") {
    const Page page = index_page(page_kit::book());
    CHECK(page.place == "index.html");
    CHECK(has(page.body, "<a href=\"#trust\"><b>trust</b> <span>4</span></a>"));
    CHECK(has(page.body, "<span class=\"soft\">: anchors and paths</span>"));
    CHECK(has(page.body, "Does the chain lead to an anchor"));
    CHECK(has(page.body, "<a href=\"scenarios/trust/self-signed.html\">"));
}

TEST_CASE("an area without a README has its scenarios all the same", "[index-page]") {
    const Page page = index_page(page_kit::book());
    CHECK(has(page.body, "<h2 id=\"validity\">validity</h2>\n<p class=\"hint\">1 scenario, 6 cases</p>"));
}

TEST_CASE("a row has severity, faults and the highest level", "[index-page]") {
    const Page page = index_page(page_kit::book());
    CHECK(has(page.body,
              "<span class=\"id\">validity/expired</span></th><td><span class=\"m m-critical\">critical"
              "</span></td><td>expired</td><td>must</td>"));
    CHECK(has(page.body, "<span class=\"soft\">none</span>"));
}

}  // namespace guise::docs::index_page_test
