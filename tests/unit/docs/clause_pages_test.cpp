#include "docs/clause_pages.hpp"

#include "docs/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::docs::clause_pages_test {

using page_kit::has;
using page_kit::page_at;

namespace {

const std::vector<Page>& pages() {
    static const std::vector<Page> made = clause_pages(page_kit::book());
    return made;
}

}  // namespace

TEST_CASE("a clause has its text, level, profiles and scenarios", "[clause-pages]") {
    const Page& page = page_at(pages(), "clauses/TC-02.html");
    CHECK(has(page.body, "strict: untrusted is refused."));
    CHECK(has(page.body, "<span class=\"m m-must\">must</span>"));
    CHECK(has(page.body, "<a href=\"../profiles/tls-client.html\">tls-client</a>"));
    CHECK(has(page.body, "<a href=\"../scenarios/trust/self-signed.html\">"));
}

TEST_CASE("a clause that brings others along says so, and they say it too", "[clause-pages]") {
    CHECK(has(page_at(pages(), "clauses/TC-06.html").body, "<dt>Brings along</dt>"));
    CHECK(has(page_at(pages(), "clauses/DK-60.html").body, "<dt>Brought along by</dt>"));
}

TEST_CASE("a clause that is out of scope says why", "[clause-pages]") {
    CHECK(has(page_at(pages(), "clauses/SV-05.html").body, "evidence, not a duty of the client"));
}

TEST_CASE("a part of a standard leads out to its text, and to what breaks it", "[clause-pages]") {
    const Page& page = page_at(pages(), "standards/rfc-5280-6.1.3-a-2.html");
    CHECK(has(page.body, "href=\"https://www.rfc-editor.org/rfc/rfc5280#section-6.1.3\""));
    CHECK(has(page.body, "<a href=\"../defects/expired.html\">expired</a>"));
    CHECK(has(page.body, "<a href=\"../scenarios/validity/expired.html\">"));
}

TEST_CASE("all clauses and standards are listed", "[clause-pages]") {
    const Page& page = page_at(pages(), "clauses/index.html");
    for (const auto& [id, clause] : page_kit::inputs().clauses)
        CHECK(has(page.body, "href=\"../clauses/" + id + ".html\""));
    CHECK(has(page.body, "<h2 id=\"standards\">Standards</h2>"));
}

}  // namespace guise::docs::clause_pages_test
