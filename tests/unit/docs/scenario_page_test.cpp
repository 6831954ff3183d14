#include "docs/scenario_page.hpp"

#include "docs/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::docs::scenario_page_test {

using page_kit::book;
using page_kit::has;

TEST_CASE("the page of a scenario tells what it is in its own words", "[scenario-page]") {
    const Page page = scenario_page(book(), "validity/expired");
    CHECK(page.place == "scenarios/validity/expired.html");
    CHECK(page.title == book().first("validity/expired").title);
    CHECK(has(page.body, "run root -&gt; intermediate -&gt; leaf, one of them EXPIRED"));
    CHECK(has(page.body, "A retired certificate whose key was stolen"));
    CHECK(has(page.body, "<code>validity/expired[position=leaf,tls=1.2]</code>"));
    CHECK(has(page.details, "stolen"));
}

TEST_CASE("the page shows the chain, the defect, what is owed and its clauses", "[scenario-page]") {
    const Page page = scenario_page(book(), "validity/expired");
    CHECK(has(page.body, "<svg class=\"chain-picture\""));
    CHECK(has(page.body, "<a href=\"../../defects/expired.html\">expired</a>"));
    CHECK(has(page.body,
              "<a href=\"../../standards/rfc-5280-6.1.3-a-2.html\">RFC 5280, section 6.1.3 (a)(2)</a>"));
    CHECK(has(page.body, "<a href=\"../../clauses/TC-03.html\">TC-03</a>"));
}

TEST_CASE("control and negatives lead to each other", "[scenario-page]") {
    CHECK(
        has(scenario_page(book(), "validity/expired").body, "href=\"../../scenarios/trust/ca-signed.html\""));
    CHECK(
        has(scenario_page(book(), "trust/ca-signed").body, "href=\"../../scenarios/validity/expired.html\""));
    CHECK(has(scenario_page(book(), "names/wrong-name").body, "<h3>It is combined with others in</h3>"));
}

TEST_CASE("the page has commands that can be run", "[scenario-page]") {
    const Page page = scenario_page(book(), "trust/self-signed");
    CHECK(has(page.body, "guise run --only &#39;trust/self-signed&#39; --client curl --mode strict"));
    CHECK(has(page.body, "guise serve &#39;trust/self-signed&#39;"));
}

TEST_CASE("what clients are known to do with it is told", "[scenario-page]") {
    const Page page = scenario_page(book(), "names/cn-only");
    CHECK(has(page.body, "<a href=\"../../clients/curl.html\">curl</a>"));
    CHECK_FALSE(has(scenario_page(book(), "pin/same-certificate").body, "What clients are known to do"));
}

TEST_CASE("what the scenario itself expects is told", "[scenario-page]") {
    CHECK(has(scenario_page(book(), "handshake/wrong-signature").body,
              "Visit 1: alert decrypt_error, handshake_failure, bad_certificate (should, "));
}

TEST_CASE("what the client must not send is told", "[scenario-page]") {
    CHECK(has(scenario_page(book(), "handshake/heartbeat").body, "Visit 1: 0 heartbeats (must, "));
}

TEST_CASE("a host that is no name is told", "[scenario-page]") {
    CHECK(has(scenario_page(book(), "names/address-host-wrong").body,
              "<dt>Host</dt><dd>an IPv4 address or an IPv6 address</dd>"));
    CHECK_FALSE(has(scenario_page(book(), "trust/ca-signed").body, "<dt>Host</dt>"));
}

}  // namespace guise::docs::scenario_page_test
