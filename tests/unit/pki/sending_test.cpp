#include "pki/sending.hpp"

#include "pki/support.hpp"

namespace guise::pki::sending_test {

using Places = std::vector<std::size_t>;

namespace {

std::string problem(const std::string& list) {
    Problems problems;
    (void)parse_sending(test::tree(list), problems);
    return problems.text();
}

}  // namespace

TEST_CASE("what is sent is a list of parts and of other recipes", "[pki][sending]") {
    Problems problems;
    const auto items =
        parse_sending(test::tree("[leaf, intermediates-reversed, {recipe: end-entity}]"), problems);
    REQUIRE(problems.empty());
    REQUIRE(items.size() == 3);
    CHECK(items[0].part == Part::leaf);
    CHECK(items[1].part == Part::intermediates_reversed);
    CHECK_FALSE(items[2].part);
    CHECK(items[2].recipe == "end-entity");
    CHECK(items[2].where.column == 41);
}

TEST_CASE("another leaf of the scenario is sent by its recipe and its key", "[pki][sending]") {
    Problems problems;
    const auto items = parse_sending(test::tree("[leaf, {leaf: self-signed, key: b}]"), problems);
    REQUIRE(problems.empty());
    REQUIRE(items.size() == 2);
    CHECK_FALSE(items[1].part);
    CHECK(items[1].recipe == "self-signed");
    CHECK(items[1].key == "b");
}

TEST_CASE("what is no list of parts is reported with its place", "[pki][sending]") {
    const std::string expected =
        "expected one of leaf, issuer, intermediates, intermediates-reversed, root, {recipe: NAME}, or "
        "{leaf: "
        "NAME, key: LABEL}, ";
    CHECK(problem("[leafs]") == "test.yaml:1:2: " + expected + "found 'leafs'\n");
    CHECK(problem("[{leaf: x}]") == "test.yaml:1:2: " + expected + "found a map\n");
    CHECK(problem("[]") ==
          "test.yaml:1:1: expected a list of at least one part of the chain, found a list\n");
    CHECK(problem("leaf").starts_with("test.yaml:1:1: expected a list of at least one part"));
}

TEST_CASE("parts stand for places in the path", "[pki][sending]") {
    CHECK(places_of(Part::leaf, 4) == Places{0});
    CHECK(places_of(Part::issuer, 4) == Places{1});
    CHECK(places_of(Part::intermediates, 4) == Places{1, 2});
    CHECK(places_of(Part::intermediates_reversed, 4) == Places{2, 1});
    CHECK(places_of(Part::root, 4) == Places{3});
}

TEST_CASE("a leaf below its root has no intermediates, and one that signs itself no root", "[pki][sending]") {
    for (const Part part : {Part::issuer, Part::intermediates, Part::intermediates_reversed}) {
        CHECK(places_of(part, 2).empty());
        CHECK(places_of(part, 1).empty());
    }
    CHECK(places_of(Part::root, 2) == Places{1});
    CHECK(places_of(Part::root, 1).empty());
}

}  // namespace guise::pki::sending_test
