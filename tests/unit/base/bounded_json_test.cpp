#include "base/bounded_json.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <string>

namespace guise::bounded_json_test {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

std::string nested(std::size_t depth, const std::string& open = "[", const std::string& close = "]") {
    std::string out;
    for (std::size_t i = 0; i < depth; ++i) out += open;
    out += "1";
    for (std::size_t i = 0; i < depth; ++i) out += close;
    return out;
}

std::string object_with(std::size_t names) {
    std::string out = "{";
    for (std::size_t i = 0; i < names; ++i) out += fmt::format("{}\"n{}\":0", i > 0 ? "," : "", i);
    return out + "}";
}

std::string error_of(const std::string& text, const JsonLimits& limits = {}) {
    const auto parsed = parse_json<json>(text, limits);
    CHECK(parsed.has_value() == parse_json<ordered_json>(text, limits).has_value());
    return parsed ? "" : fmt::format("{} at {}", parsed.error().what, parsed.error().at);
}

TEST_CASE("a value is parsed as either of the two types", "[json]") {
    CHECK(*parse_json<json>(R"({"b":1,"a":[true,null,"x"]})") == json{{"a", {true, nullptr, "x"}}, {"b", 1}});
    CHECK(parse_json<ordered_json>(R"({"b":1,"a":2})")->begin().key() == "b");
    CHECK(*parse_json<json>(" 7 ") == 7);
}

TEST_CASE("what is not JSON is refused with the place of the first wrong byte", "[json]") {
    CHECK(error_of("hello") == "is not JSON at 0");
    CHECK(error_of("") == "is not JSON at 0");
    CHECK(error_of("[1,]") == "is not JSON at 3");
    CHECK(error_of("{} {}") == "is not JSON at 3");
    CHECK(error_of("]") == "is not JSON at 0");
    CHECK(error_of("\"never closed") == "is not JSON at 13");
    CHECK(error_of("\"ends in a backslash\\") == "is not JSON at 21");
    CHECK(error_of("\"\xff\"") == "is not JSON at 1");
    CHECK(error_of("1e999") == "is not JSON at 0");
    CHECK(error_of("[1] // a comment") == "is not JSON at 4");
}

TEST_CASE("a value as deep as the limit is parsed, and one level more is refused where it opens", "[json]") {
    CHECK(error_of(nested(64)).empty());
    CHECK(error_of(nested(65)) == "is nested more than 64 levels deep at 64");
    CHECK(error_of(nested(64, R"({"a":)", "}")).empty());
    CHECK(error_of(nested(65, R"({"a":)", "}")) == "is nested more than 64 levels deep at 320");
    CHECK(error_of(nested(2), {100, 2, 10}).empty());
    CHECK(error_of(nested(3), {100, 2, 10}) == "is nested more than 2 levels deep at 2");
}

TEST_CASE("a value of any depth is refused where it goes over the limit", "[json]") {
    CHECK(error_of(nested(500'000), {2 << 20, 64, 10}) == "is nested more than 64 levels deep at 64");
    CHECK(error_of(std::string(500'000, '[')) == "is nested more than 64 levels deep at 64");
    CHECK(error_of("[1," + nested(100'000)) == "is nested more than 64 levels deep at 66");
}

TEST_CASE("of a name that comes twice the last value counts, at the place of the first", "[json]") {
    const std::string text = R"({"a":1,"b":2,"a":{"c":[3]}})";
    CHECK(*parse_json<json>(text) == json{{"a", {{"c", {3}}}}, {"b", 2}});
    CHECK(parse_json<ordered_json>(text)->dump() == R"({"a":{"c":[3]},"b":2})");
}

TEST_CASE("what is wrong before a limit is told, not the limit", "[json]") {
    CHECK(error_of("[x," + nested(100)) == "is not JSON at 1");
}

TEST_CASE("empty and nested values keep their kinds and their order", "[json]") {
    const std::string text = R"({"z":[],"y":{},"x":[[1,-2,3.5],{"b":"","a":null}],"w":18446744073709551615})";
    CHECK(parse_json<ordered_json>(text)->dump() == text);
    CHECK(*parse_json<ordered_json>(text) == ordered_json::parse(text));
}

TEST_CASE("values side by side and brackets in a string are not deep", "[json]") {
    std::string list = "[[]";
    for (int i = 0; i < 1000; ++i) list += ",[{}]";
    CHECK(error_of(list + "]").empty());
    CHECK(error_of("\"" + std::string(1000, '[') + "\"").empty());
    CHECK(error_of("[\"\\\"" + std::string(1000, '[') + "\\\\\"]").empty());
}

TEST_CASE("a text as long as the limit is parsed, and one byte more is refused", "[json]") {
    CHECK(error_of("\"" + std::string((1 << 20) - 2, 'x') + "\"").empty());
    CHECK(error_of("\"" + std::string((1 << 20) - 1, 'x') + "\"") ==
          "is longer than 1048576 bytes at 1048576");
    CHECK(error_of("[1]", {3, 2, 10}).empty());
    CHECK(error_of("[1] ", {3, 2, 10}) == "is longer than 3 bytes at 3");
}

TEST_CASE("an object has at most so many names, counted for each object alone", "[json]") {
    CHECK(error_of(object_with(1000)).empty());
    CHECK(error_of("[" + object_with(1000) + "," + object_with(1000) + "]").empty());
    CHECK(error_of(object_with(1001)).starts_with("has more than 1000 names in one object at "));
    CHECK(error_of(R"({"a":{"b":1},"c":":::"})", {100, 2, 2}).empty());
    CHECK(error_of(R"({"a":{"b":1},"c":2,"d":3})", {100, 2, 2}) ==
          "has more than 2 names in one object at 22");
}

TEST_CASE("an error in a file has its line and column", "[json]") {
    const auto problem = [](const std::string& text) {
        return json_problem(parse_json<json>(text).error(), text, "a.json").text();
    };
    CHECK(problem("hello") == "a.json:1:1: expected JSON, found a text that is not JSON");
    CHECK(problem("{\n  \"a\": [1,\n  2}\n") == "a.json:3:4: expected JSON, found a text that is not JSON");
    CHECK(problem("\n" + std::string(65, '[')) ==
          "a.json:2:65: expected JSON, found a text that is nested more than 64 levels deep");
}

TEST_CASE("a member of the outermost object can be left out, and is checked all the same", "[json]") {
    CHECK(*parse_json<json>(R"({"a":[1,{"b":2}],"c":{"a":3}})", {}, "a") == json{{"c", {{"a", 3}}}});
    CHECK(*parse_json<json>(R"({"a":1,"c":[{"a":2}]})", {}, "a") == json{{"c", {{{"a", 2}}}}});
    CHECK(parse_json<json>(R"({"a":[1,{"b":x}],"c":3})", {}, "a").error().at == 13);
    CHECK(parse_json<json>("{\"a\":" + nested(64) + "}", {}, "a").error().what ==
          "is nested more than 64 levels deep");
}

}  // namespace
}  // namespace guise::bounded_json_test
