#include "docs/profile_pages.hpp"

#include "docs/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::docs::profile_pages_test {

using page_kit::has;
using page_kit::page_at;

TEST_CASE("a profile has its words, its rules, its tables and its clauses", "[profile-pages]") {
    const auto pages = profile_pages(page_kit::book());
    const Page& page = page_at(pages, "profiles/dw-spectrum-mobile.html");
    CHECK(has(page.body, "<dt>Default mode</dt><dd>recommended</dd>"));
    CHECK(has(page.body, "<h3 id=\"strict\">strict</h3>"));
    CHECK(has(page.body, "<a href=\"../clients/reference-mobile.html\">reference-mobile</a>"));
    CHECK(has(page.body, "<a href=\"../clauses/DK-50.html\">DK-50</a> (should)"));
}

TEST_CASE("what a profile pins is told", "[profile-pages]") {
    CHECK(has(profile_facts(page_kit::inputs().profiles.at("tls-client")), "<dt>Pins</dt><dd>nothing</dd>"));
    CHECK(has(profile_facts(page_kit::inputs().profiles.at("tofu")),
              "the certificate per host-port; accepting another: replace"));
}

TEST_CASE("every profile is in the list", "[profile-pages]") {
    const auto pages = profile_pages(page_kit::book());
    for (const auto& [name, profile] : page_kit::inputs().profiles)
        CHECK(has(page_at(pages, "profiles/index.html").body, "href=\"../profiles/" + name + ".html\""));
}

}  // namespace guise::docs::profile_pages_test
