#include "base/glob.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace guise::glob_test {
namespace {

TEST_CASE("a pattern without wildcards matches itself only", "[base][glob]") {
    CHECK(matches("pin/changed-key", "pin/changed-key"));
    CHECK_FALSE(matches("pin/changed-key", "pin/changed-keys"));
    CHECK_FALSE(matches("pin/changed-key", "pin/changed-ke"));
    CHECK_FALSE(matches("Pin", "pin"));
    CHECK(matches("", ""));
    CHECK_FALSE(matches("", "a"));
    CHECK_FALSE(matches("a", ""));
}

TEST_CASE("a star stands for any text, none and slashes included", "[base][glob]") {
    CHECK(matches("*", ""));
    CHECK(matches("*", "pin/changed-key"));
    CHECK(matches("pin/*", "pin/"));
    CHECK(matches("pin/*", "pin/a/b"));
    CHECK(matches("*/expired", "validity/expired"));
    CHECK(matches("**", "a"));
    CHECK_FALSE(matches("pin/*", "pin"));
    CHECK_FALSE(matches("*/expired", "validity/expired-since"));
}

TEST_CASE("a star gives back what the rest of the pattern needs", "[base][glob]") {
    CHECK(matches("a*b*c", "abbcbc"));
    CHECK(matches("*ab", "aaab"));
    CHECK(matches("GET *?auth=*", "GET /rest?auth=x"));
    CHECK_FALSE(matches("a*b*c", "acb"));
}

TEST_CASE("a question mark stands for exactly one character", "[base][glob]") {
    CHECK(matches("a?c", "abc"));
    CHECK(matches("?", "?"));
    CHECK_FALSE(matches("a?c", "ac"));
    CHECK_FALSE(matches("a?c", "abbc"));
    CHECK_FALSE(matches("?", ""));
}

TEST_CASE("brackets, dots and backslashes stand for themselves", "[base][glob]") {
    CHECK(matches("[a]", "[a]"));
    CHECK_FALSE(matches("[a]", "a"));
    CHECK_FALSE(matches("a.c", "abc"));
    CHECK(matches("a\\b", "a\\b"));
}

TEST_CASE("a star in the text is no wildcard", "[base][glob]") {
    CHECK(matches("a*", "a*"));
    CHECK(matches("*c", "*bc"));
    CHECK_FALSE(matches("abc", "a*c"));
}

TEST_CASE("many stars against a long text that does not match end soon", "[base][glob]") {
    const std::string text(20'000, 'a');
    CHECK_FALSE(matches("*a*a*a*a*a*a*a*a*a*a*a*b", text));
}

}  // namespace
}  // namespace guise::glob_test

TEST_CASE("one pattern of several is enough", "[base][glob]") {
    CHECK(guise::matches_any({"names/*", "validity/*"}, "validity/expired"));
    CHECK_FALSE(guise::matches_any({"names/*"}, "validity/expired"));
    CHECK_FALSE(guise::matches_any({}, "validity/expired"));
}
