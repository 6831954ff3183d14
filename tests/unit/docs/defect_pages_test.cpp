#include "docs/defect_pages.hpp"

#include "docs/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::docs::defect_pages_test {

using page_kit::has;
using page_kit::page_at;

TEST_CASE("a defect has its words, fault, clause, levels and parameters", "[defect-pages]") {
    const auto pages = defect_pages(page_kit::book());
    const Page& page = page_at(pages, "defects/expired.html");
    CHECK(has(page.body, "The certificate validity period includes the current time."));
    CHECK(has(page.body, "leaf (must), intermediate (must), root (may)"));
    CHECK(has(page.body, "<code>ago</code> (30d)"));
    CHECK(has(page.body, "<a href=\"../scenarios/login/swapped-to-expired.html\">"));
    CHECK(has(page.body, "<pre>defect: expired\n"));
}

TEST_CASE("every defect has a page and a row in the list", "[defect-pages]") {
    const auto pages = defect_pages(page_kit::book());
    CHECK(pages.size() == page_kit::inputs().library.defects.size() + 1);
    const Page& list = page_at(pages, "defects/index.html");
    for (const auto& [name, defect] : page_kit::inputs().library.defects)
        CHECK(has(list.body, "href=\"../defects/" + name + ".html\""));
}

}  // namespace guise::docs::defect_pages_test
