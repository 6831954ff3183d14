#include "scenario/variants.hpp"

#include <catch2/catch.hpp>

namespace guise::scenario::variants_test {
namespace {

using Axes = std::map<std::string, std::string>;

struct Expanded {
    explicit Expanded(const std::string& text)
        : variants(expand_variants(yaml::parse(text, "test.yaml").value(), problems)) {}

    Problems problems;
    std::vector<Variant> variants;
};

TEST_CASE("a file without axes is its only variant", "[scenario][variants]") {
    const Expanded read("id: a/b\n");
    REQUIRE(read.variants.size() == 1);
    CHECK(read.variants[0].axes.empty());
    CHECK(read.variants[0].file.find("id")->text == "a/b");
    CHECK(read.problems.empty());
}

TEST_CASE("each value of an axis makes a variant, in the order of the file", "[scenario][variants]") {
    const Expanded read("variants: {to: [c, a, b]}\nmode: $to\n");
    REQUIRE(read.variants.size() == 3);
    CHECK(read.variants[0].file.find("mode")->text == "c");
    CHECK(read.variants[1].file.find("mode")->text == "a");
    CHECK(read.variants[2].file.find("mode")->text == "b");
    CHECK(read.problems.empty());
}

TEST_CASE("the key of the axes is not in a variant", "[scenario][variants]") {
    const Expanded read("variants: {to: [a]}\nmode: $to\n");
    REQUIRE(read.variants.size() == 1);
    CHECK(read.variants[0].file.find("variants") == nullptr);
}

TEST_CASE("of several axes the last by name varies fastest", "[scenario][variants]") {
    const Expanded read("variants: {w: [1, 2], u: [a, b]}\nlist: [$u, $w]\n");
    REQUIRE(read.variants.size() == 4);
    CHECK(read.variants[0].axes == Axes{{"u", "a"}, {"w", "1"}});
    CHECK(read.variants[1].axes == Axes{{"u", "a"}, {"w", "2"}});
    CHECK(read.variants[2].axes == Axes{{"u", "b"}, {"w", "1"}});
    CHECK(read.variants[3].axes == Axes{{"u", "b"}, {"w", "2"}});
}

TEST_CASE("an axis of one value may be written without brackets", "[scenario][variants]") {
    const Expanded read("variants: {to: a}\nmode: $to\n");
    REQUIRE(read.variants.size() == 1);
    CHECK(read.variants[0].axes == Axes{{"to", "a"}});
}

TEST_CASE("an axis is filled in at every depth", "[scenario][variants]") {
    const Expanded read("variants: {k: [x]}\na: {b: [{c: $k}]}\n");
    REQUIRE(read.variants.size() == 1);
    CHECK(read.variants[0].file.find("a")->find("b")->items.at(0).find("c")->text == "x");
}

TEST_CASE("a filled-in value stands where the axis stood", "[scenario][variants]") {
    const Expanded read("variants: {k: [x]}\na: $k\n");
    REQUIRE(read.variants.size() == 1);
    CHECK(read.variants[0].file.find("a")->where.text() == "test.yaml:2:4");
}

TEST_CASE("an axis within a longer text is no axis", "[scenario][variants]") {
    const Expanded read("variants: {k: [x]}\na: $k\nb: costs $k\n");
    REQUIRE(read.variants.size() == 1);
    CHECK(read.variants[0].file.find("b")->text == "costs $k");
    CHECK(read.problems.empty());
}

TEST_CASE("an axis that does not exist is reported once, at its use", "[scenario][variants]") {
    const Expanded read("variants: {k: [x, w]}\na: $k\nb: $z\n");
    CHECK(read.problems.text() == "test.yaml:3:4: expected an axis of `variants`, found '$z'\n");
}

TEST_CASE("an axis in a file without axes is reported", "[scenario][variants]") {
    const Expanded read("a: $k\n");
    CHECK(read.problems.text() == "test.yaml:1:4: expected an axis of `variants`, found '$k'\n");
}

TEST_CASE("an axis that nothing uses is reported", "[scenario][variants]") {
    const Expanded read("variants: {k: [x], l: [w]}\na: $k\n");
    CHECK(read.problems.text() == "test.yaml:1:11: expected a use of $l, found none in the file\n");
}

TEST_CASE("an axis without values is reported, and its uses are not", "[scenario][variants]") {
    const Expanded read("variants: {k: [], l: [w]}\na: [$k, $l]\n");
    CHECK(read.problems.text() == "test.yaml:1:15: expected a list of values, found an empty one\n");
}

TEST_CASE("a value that stands twice on an axis is reported", "[scenario][variants]") {
    const Expanded read("variants: {k: [x, w, x]}\na: $k\n");
    CHECK(read.problems.text() == "test.yaml:1:15: expected each value once, found one twice\n");
}

TEST_CASE("a file has at most a thousand variants, counted before one is made", "[scenario][variants]") {
    const auto file = [](int axes, const std::string& more) {
        std::string text = "variants: {";
        for (int i = 0; i < axes; ++i)
            text += "x" + std::to_string(i) + ": ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], ";
        text += more + "}\nuses: [$w";
        for (int i = 0; i < axes; ++i) text += ", $x" + std::to_string(i);
        return text + "]\n";
    };
    CHECK(Expanded(file(3, "w: [a]")).variants.size() == 1000);
    for (const Expanded& read : {Expanded(file(3, "w: [a, b]")), Expanded(file(40, "w: [a]"))}) {
        CHECK(read.variants.empty());
        CHECK(read.problems.text() == "test.yaml:1:11: expected at most 1000 variants, found more\n");
    }
}

TEST_CASE("axes are a map", "[scenario][variants]") {
    const Expanded read("variants: [k]\n");
    CHECK(read.problems.text() == "test.yaml:1:11: expected a map, found a list\n");
}

TEST_CASE("an id without axes is the file's", "[scenario][variants]") {
    CHECK(variant_id("a/b", {}) == "a/b");
}

TEST_CASE("an id names its axes by name, in brackets", "[scenario][variants]") {
    CHECK(variant_id("a/b", {{"tls", "1.3"}, {"position", "leaf"}}) == "a/b[position=leaf,tls=1.3]");
}

}  // namespace
}  // namespace guise::scenario::variants_test
