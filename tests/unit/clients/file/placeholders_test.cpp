#include "clients/file/placeholders.hpp"

#include <catch2/catch.hpp>

namespace guise::clients::placeholders_test {
namespace {

std::string word_of(Placeholder name) { return "<" + std::string(word(name)) + ">"; }

}  // namespace

TEST_CASE("every known placeholder is replaced wherever it stands", "[placeholders]") {
    CHECK(fill("::{address}:{port}", word_of) == "::<address>:<port>");
    CHECK(fill("{host}", word_of) == "<host>");
    CHECK(fill("", word_of) == "");
    CHECK(fill("no places", word_of) == "no places");
}

TEST_CASE("braces around anything but a known word are just text", "[placeholders]") {
    for (const char* text : {"{}", "{", "}", "{ host }", "{\"a\": 1}", "{host", "{{", "{nobody}", "a{2,3}"})
        CHECK(fill(text, word_of) == text);
    CHECK(fill("{{host}}", word_of) == "{<host>}");
}

TEST_CASE("what was filled in is not filled again", "[placeholders]") {
    CHECK(fill("{host}", [](Placeholder) { return "{port}"; }) == "{port}");
}

TEST_CASE("the names in a text are found in order, known or not", "[placeholders]") {
    CHECK(names_in("{host}:{prot} {x y}") == std::vector<std::string>{"host", "prot"});
}

TEST_CASE("an unknown placeholder is reported where its scalar stands", "[placeholders]") {
    const auto value = yaml::parse("run:\n  - curl\n  - '{prot}'\n", "c.yaml");
    REQUIRE(value.has_value());
    Problems problems;
    check_placeholders(*value, problems);
    REQUIRE(problems.list.size() == 1);
    CHECK(problems.list[0].where == SourcePos{"c.yaml", 3, 5});
    CHECK(problems.list[0].found == "'{prot}' (did you mean 'port'?)");
}

}  // namespace guise::clients::placeholders_test
