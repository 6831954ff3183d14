#include "base/fields.hpp"

#include "base/reading.hpp"

namespace guise::yaml::fields_test {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

// The fields of one text, and the problems that they met.
struct Read {
    explicit Read(const std::string& text) : value(value_of(text)), fields(value, problems) {}

    Value value;
    Problems problems;
    Fields fields;
};

TEST_CASE("a map whose keys were all asked for has no problems", "[base][fields]") {
    Read read("title: A title\nlevel: must\nloud: true\ncount: 3\n");
    CHECK(read.fields.text("title") == "A title");
    CHECK(read.fields.choice<Level>("level") == Level::must);
    CHECK(read.fields.flag("loud", false));
    CHECK(read.fields.maybe_number("count") == 3);
    read.fields.done();
    CHECK(read.problems.text().empty());
}

TEST_CASE("what should be a map and is not is one problem", "[base][fields]") {
    Read read("[a]");
    CHECK(read.fields.text("title").empty());
    CHECK(read.fields.required_texts("names").empty());
    read.fields.done();
    CHECK(read.problems.text() == "test.yaml:1:1: expected a map, found a list\n");
}

TEST_CASE("a missing key is reported at its map", "[base][fields]") {
    Read read("\n\nother: x\n");
    CHECK(read.fields.text("title").empty());
    CHECK(read.problems.text() == "test.yaml:3:1: expected the key 'title', found a map without it\n");
}

TEST_CASE("a key that may be missing is no problem when it is", "[base][fields]") {
    Read read("{}");
    CHECK(read.fields.maybe("a") == nullptr);
    CHECK_FALSE(read.fields.maybe_text("b").has_value());
    CHECK(read.fields.texts("c").empty());
    CHECK(read.fields.text_map("d").empty());
    CHECK(read.fields.flag("e", true));
    CHECK_FALSE(read.fields.flag("f", false));
    CHECK_FALSE(read.fields.maybe_number("g").has_value());
    CHECK_FALSE(read.fields.maybe_choice<Level>("h").has_value());
    CHECK(read.fields.choices<Level>("i").empty());
    read.fields.not_supported_yet("j");
    read.fields.done();
    CHECK(read.problems.empty());
}

TEST_CASE("an unknown key is reported at the key, with the keys that would do", "[base][fields]") {
    Read read("title: x\ntitel: z\n");
    (void)read.fields.text("title");
    (void)read.fields.maybe_text("severity");
    read.fields.done();
    CHECK(read.problems.text() ==
          "test.yaml:2:1: expected one of the keys severity, title, found unknown key 'titel' (did you mean "
          "'title'?)\n");
}

TEST_CASE("a scalar where a list or map stands is refused at the value", "[base][fields]") {
    Read read("a: [x]\nb: {c: d}\n");
    (void)read.fields.text("a");
    (void)read.fields.maybe_text("b");
    CHECK(read.problems.text() ==
          "test.yaml:1:4: expected a scalar, found a list\n"
          "test.yaml:2:4: expected a scalar, found a map\n");
}

TEST_CASE("a list of one may be written without brackets", "[base][fields]") {
    Read read("one: a\nlist: [a]\ntwo: [a, b]\nempty: []\n");
    CHECK(read.fields.texts("one") == Names{"a"});
    CHECK(read.fields.texts("list") == Names{"a"});
    CHECK(read.fields.required_texts("two") == Names{"a", "b"});
    CHECK(read.fields.texts("empty").empty());
    CHECK(read.problems.empty());
}

TEST_CASE("a list within a list of texts is refused", "[base][fields]") {
    Read read("a: [x, [z]]\n");
    (void)read.fields.texts("a");
    CHECK(read.problems.text() == "test.yaml:1:8: expected a scalar, found a list\n");
}

TEST_CASE("a list that must be there is missed once", "[base][fields]") {
    Read read("{}");
    CHECK(read.fields.required_texts("run").empty());
    CHECK(read.problems.text() == "test.yaml:1:1: expected the key 'run', found a map without it\n");
}

TEST_CASE("a map of texts keeps names and texts", "[base][fields]") {
    Read read("env: {A: x, B: ''}\n");
    CHECK(read.fields.text_map("env") == std::map<std::string, std::string>{{"A", "x"}, {"B", ""}});
    CHECK(read.problems.empty());
}

TEST_CASE("a map of texts is held to be one", "[base][fields]") {
    Read read("env: [A]\nfiles: {a: [b]}\n");
    CHECK(read.fields.text_map("env").empty());
    (void)read.fields.text_map("files");
    CHECK(read.problems.text() ==
          "test.yaml:1:6: expected a map, found a list\n"
          "test.yaml:2:12: expected a scalar, found a list\n");
}

TEST_CASE("a flag is true or false and nothing else", "[base][fields]") {
    Read read("a: 'false'\nb: 'yes'\nc: [true]\n");
    CHECK_FALSE(read.fields.flag("a", true));
    CHECK_FALSE(read.fields.flag("b", true));
    CHECK_FALSE(read.fields.flag("c", true));
    CHECK(read.problems.text() ==
          "test.yaml:2:4: expected true or false, found 'yes'\n"
          "test.yaml:3:4: expected true or false, found a list\n");
}

TEST_CASE("a number is whole, decimal and fits", "[base][fields]") {
    Read read("zero: 0\nminus: -7\nlargest: 2147483647\n");
    CHECK(read.fields.maybe_number("zero") == 0);
    CHECK(read.fields.maybe_number("minus") == -7);
    CHECK(read.fields.maybe_number("largest") == 2147483647);
    CHECK(read.problems.empty());
}

TEST_CASE("what is not a whole number is refused", "[base][fields]") {
    const std::string text = GENERATE(as<std::string>(), "two", "'1.5'", "2147483648", "''", "'0x1'", "' 1'",
                                      "1x", "+1", "[1]", "{a: 1}");
    CAPTURE(text);
    Read read("a: " + text + "\n");
    CHECK_FALSE(read.fields.maybe_number("a").has_value());
    CHECK_THAT(read.problems.text(), Catch::Contains("test.yaml:1:4: expected a whole number"));
}

TEST_CASE("a word outside the vocabulary is answered with the vocabulary", "[base][fields]") {
    Read read("level: shall\nother: [must]\n");
    (void)read.fields.choice<Level>("level");
    CHECK_FALSE(read.fields.maybe_choice<Level>("other").has_value());
    CHECK(read.problems.text() ==
          "test.yaml:1:8: expected one of may, should, must, found 'shall'\n"
          "test.yaml:2:8: expected one of may, should, must, found a list\n");
}

TEST_CASE("choices are one word or a list of them", "[base][fields]") {
    Read read("one: may\ntwo: [must, may, must]\nbad: [may, x]\n");
    CHECK(read.fields.choices<Level>("one") == std::set<Level>{Level::may});
    CHECK(read.fields.choices<Level>("two") == std::set<Level>{Level::may, Level::must});
    CHECK(read.fields.choices<Level>("bad") == std::set<Level>{Level::may});
    CHECK(read.problems.text() == "test.yaml:3:12: expected one of may, should, must, found 'x'\n");
}

TEST_CASE("a key that this version cannot carry out says so", "[base][fields]") {
    Read read("clock: +2d\n");
    read.fields.not_supported_yet("clock");
    read.fields.done();
    CHECK(read.problems.text() ==
          "test.yaml:1:8: expected a key that this version can carry out, found 'clock' (not supported "
          "yet)\n");
}

TEST_CASE("one reading collects all problems in the order they are met", "[base][fields]") {
    Read read("title: [x]\nlevel: shall\nloud: 7\nextra: z\n");
    (void)read.fields.text("id");
    (void)read.fields.text("title");
    (void)read.fields.choice<Level>("level");
    (void)read.fields.flag("loud", false);
    read.fields.done();
    REQUIRE(read.problems.list.size() == 5);
    CHECK(read.problems.list[0].where.line == 1);
    CHECK(read.problems.list[4].found == "unknown key 'extra'");
}

TEST_CASE("each makes a list of one value, and leaves a list as it is", "[base][fields]") {
    const Value list = value_of("[a, b]");
    const Value one = value_of("{a: b}");
    REQUIRE(Fields::each(list).size() == 2);
    CHECK(Fields::each(list)[1]->text == "b");
    REQUIRE(Fields::each(one).size() == 1);
    CHECK(Fields::each(one)[0] == &one);
}

TEST_CASE("a span of time has a number and a unit, and may have a sign", "[base][fields]") {
    CHECK(parse_span("-1d") == -24h);
    CHECK(parse_span("+30d") == 30 * 24h);
    CHECK(parse_span("12h") == 12h);
    CHECK(parse_span("90m") == 90min);
    CHECK(parse_span("5s") == 5s);
    CHECK(parse_span("0s") == 0s);
    CHECK(parse_span("4000000000s") == 4'000'000'000s);
}

TEST_CASE("any other text is no span of time", "[base][fields]") {
    const auto* text = GENERATE("", "5", "d", "-", "+", "-d", "5x", "5 s", "5ss", "--5s", "+-5s", "1.5d",
                                "1d2h", "yesterday", "99999999999999999999s", "4000000001s", " 5s", "5S");
    CAPTURE(text);
    CHECK_FALSE(parse_span(text).has_value());
}

TEST_CASE("a scalar that is no span of time is refused with examples", "[base][fields]") {
    Problems problems;
    CHECK(scalar_span(value_of("-1d"), problems) == -24h);
    CHECK(problems.empty());
    CHECK(scalar_span(value_of("tomorrow"), problems) == 0s);
    CHECK(scalar_span(value_of("[1d]"), problems) == 0s);
    CHECK(problems.text() ==
          "test.yaml:1:1: expected a time such as -1d, +30d, 12h or 5s, found 'tomorrow'\n"
          "test.yaml:1:1: expected a time such as -1d, +30d, 12h or 5s, found a list\n");
}

}  // namespace
}  // namespace guise::yaml::fields_test
