#include "docs/decision_table.hpp"

#include "docs/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::docs::decision_table_test {

using page_kit::has;

namespace {

const guise::profile::Profile& profile(const std::string& name) {
    return page_kit::inputs().profiles.at(name);
}

const Writer& writer() {
    static const Writer one(page_kit::book(), "profiles/x.html");
    return one;
}

}  // namespace

TEST_CASE("a profile that remembers nothing has one table: what is presented, by mode", "[decision-table]") {
    const Html out = decision_tables(writer(), profile("tls-client"));
    CHECK(has(out, "<th scope=\"col\"><span id=\"strict\">strict</span></th>"));
    CHECK(has(out, "<tr><th scope=\"row\">trusted</th><td><b>accept</b>"));
    CHECK_FALSE(has(out, "remembered"));
}

TEST_CASE("a profile that pins has a table a mode: what is presented, by what is remembered",
          "[decision-table]") {
    const Html out = decision_tables(writer(), profile("dw-spectrum-desktop"));
    CHECK(has(out, "<h3 id=\"basic\">basic</h3>"));
    CHECK(has(out, "remembered: changed"));
    CHECK(has(out, "whatever is remembered"));
    CHECK(has(out, "<b>ask or warn or refuse (rather warn)</b><br>pin: set<br>event: fire"));
}

TEST_CASE("the checks that stand in a mode have their clauses", "[decision-table]") {
    CHECK(has(checks_html(writer(), profile("tls-client")), "<th scope=\"row\">canary</th>"));
}

}  // namespace guise::docs::decision_table_test
