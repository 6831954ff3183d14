#include "docs/book.hpp"

#include "docs/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::docs::book_test {

using page_kit::book;

TEST_CASE("a book holds every file with its cases", "[book]") {
    CHECK(book().scenarios.at("validity/expired").size() == 6);
    CHECK(book().areas.at("trust").size() == 4);
    CHECK(book().first("validity/expired").base == "validity/expired");
}

TEST_CASE("a book leads back from defects, standards, controls and parts", "[book]") {
    CHECK(book().by_defect.at("expired").contains("login/swapped-to-expired"));
    CHECK(book().by_standard.at("RFC 5280 6.1.3 (a)(2)").scenarios.contains("validity/expired"));
    CHECK(book().by_standard.at("RFC 5280 6.1.3 (a)(2)").defects.contains("expired"));
    CHECK(book().controlled_by.at("trust/ca-signed").contains("validity/expired"));
    CHECK(book().combined_in.at("names/wrong-name") == Names{"faults/changed-expired-and-wrong-name"});
}

TEST_CASE("the faults of a file have the highest level that a case gives them", "[book]") {
    CHECK(book().faults("validity/expired") == std::map<Fault, Level>{{Fault::expired, Level::must}});
    CHECK(book().faults("trust/ca-signed").empty());
    CHECK(book().faults("login/swapped-to-expired").contains(Fault::expired));
}

TEST_CASE("a known behaviour is about the files that its pattern matches", "[book]") {
    std::set<std::string> clients;
    for (const judge::KnownDeviation* entry : book().known_of.at("names/cn-only")) {
        clients.insert(entry->client);
        CHECK(book().known_in.at(entry) == Names{"names/cn-only"});
    }
    CHECK(clients.contains("curl"));
    CHECK_FALSE(book().known_of.contains("pin/same-certificate"));
    CHECK(book().known_in.size() == book().known.size());  // those of scenarios that are not here are of none
}

TEST_CASE("texts can name scenarios and clauses", "[book]") {
    CHECK(book().glossary.at("trust/self-signed") == "scenarios/trust/self-signed.html");
    CHECK(book().glossary.at("DK-23") == "clauses/DK-23.html");
}

}  // namespace guise::docs::book_test
