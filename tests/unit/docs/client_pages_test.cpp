#include "docs/client_pages.hpp"

#include "docs/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::docs::client_pages_test {

using page_kit::has;
using page_kit::page_at;

namespace {

const std::vector<Page>& pages() {
    static const std::vector<Page> made = client_pages(page_kit::book());
    return made;
}

}  // namespace

TEST_CASE("a client has its words, its profile and what it is known to do", "[client-pages]") {
    const Page& page = page_at(pages(), "clients/curl.html");
    CHECK(has(page.body, "curl, the command line tool."));
    CHECK(has(page.body, "<a href=\"../profiles/tls-client.html\">tls-client</a>"));
    CHECK(has(page.body, "<a href=\"../scenarios/names/cn-only.html\">names/cn-only</a>"));
    CHECK(has(page.body, "guise run --client curl --mode strict --only &#39;names/cn-only&#39;"));
}

TEST_CASE("a client with a profile of its own shows it, and what it was laid over", "[client-pages]") {
    const Page& page = page_at(pages(), "clients/gnutls-cli-tofu.html");
    CHECK(has(page.body, "laid over <a href=\"../profiles/tofu-prompt.html\">tofu-prompt</a>"));
    CHECK(has(page.body, "<h3 id=\"recommended\">recommended</h3>"));
}

TEST_CASE("an entry about a scenario that is not here keeps its pattern as text", "[client-pages]") {
    CHECK(has(page_at(pages(), "clients/curl.html").body, "<th scope=\"row\">encoding/version-1</th>"));
}

TEST_CASE("every client is in the list", "[client-pages]") {
    for (const auto& who : page_kit::book().clients)
        CHECK(has(page_at(pages(), "clients/index.html").body,
                  "href=\"../clients/" + who.client.name + ".html\""));
}

}  // namespace guise::docs::client_pages_test
