#include "base/pattern.hpp"

#include <catch2/catch.hpp>

namespace guise::pattern_test {
namespace {

Pattern pattern(std::string_view text) {
    std::string error;
    const auto compiled = Pattern::compile(text, error);
    INFO(error);
    REQUIRE(compiled);
    return *compiled;
}

TEST_CASE("the named groups of Python keep their names", "[pattern]") {
    const Pattern host = pattern(R"(Host (?P<server>\S+) \((?P<port>\d+)\)(?: as (?P<user>\w+))?)");
    CHECK(host.names() == std::vector<std::string>{"server", "port", "user"});
    const auto match = host.search("> Host localhost (443)");
    REQUIRE(match);
    CHECK(match->begin == 2);
    CHECK(match->end == 22);
    CHECK(match->named == std::map<std::string, std::string>{{"server", "localhost"}, {"port", "443"}});
}

TEST_CASE("a match without named groups has the value of its first group, or all of it", "[pattern]") {
    CHECK(pattern("sha1 (\\w+) (\\w+)").search("sha1 ab cd")->value == "ab");
    CHECK(pattern("sha1 \\w+").search("my sha1 ab")->value == "sha1 ab");
    CHECK(pattern("(?<one>a)").search("a")->named.at("one") == "a");
}

TEST_CASE("what only looks like a named group is left alone", "[pattern]") {
    CHECK(pattern(R"(\(?P<x>)").search("P<x>"));
    CHECK(pattern("(?<=a)b").search("ab"));
    CHECK(pattern("(?<!a)b").names().empty());
    CHECK_FALSE(pattern("(?<!a)b").search("ab"));
}

TEST_CASE("a pattern may ignore case", "[pattern]") {
    CHECK(pattern("(?i)trust it").search("TRUST IT"));
    CHECK(pattern("(?i)trust it").search_at_end("you TRUST IT"));
    CHECK_FALSE(pattern("trust it").search("TRUST IT"));
}

TEST_CASE("a dot stays in its line, and the ends are those of the text", "[pattern]") {
    CHECK(pattern("Issuer: (.+)").search("Issuer: a\r\nb")->value == "a");
    CHECK_FALSE(pattern("^b$").search("a\nb\nc"));
    CHECK_FALSE(pattern("a$").search("a\n"));
    CHECK(pattern("a$").search("b\na"));
}

TEST_CASE("the end of the text can be asked for", "[pattern]") {
    CHECK_FALSE(pattern("yes|no").search_at_end("yes or no?"));
    CHECK(pattern("yes|no").search_at_end("yes or no")->begin == 7);
    CHECK(pattern("\\? $").search_at_end("sure? "));
    CHECK_FALSE(pattern("\\? $").search_at_end("sure? y"));
}

TEST_CASE("what is no regular expression says why", "[pattern]") {
    for (const char* text : {"(unfinished", "*", "[a", "a)"}) {
        std::string error;
        INFO(text);
        CHECK_FALSE(Pattern::compile(text, error));
        CHECK_FALSE(error.empty());
    }
}

TEST_CASE("an endless line costs no stack, and a laborious pattern finds nothing", "[pattern]") {
    const std::string line(1 << 20, 'x');
    CHECK(pattern("(\\S+)").search(line)->end == line.size());
    CHECK_FALSE(pattern("(x+x+)+y").search(line.substr(0, 100)));
}

TEST_CASE("a pattern that was never compiled matches nothing", "[pattern]") {
    CHECK_FALSE(Pattern().search(""));
    CHECK_FALSE(Pattern().search_at_end(""));
    CHECK(Pattern().names().empty());
}

TEST_CASE("a megabyte of output ends no matcher, whatever the pattern", "[pattern]") {
    const auto* text = GENERATE(R"(^Python (\S+))", R"((?:a|b|x)*y)", R"(((x)*)*$)", R"([^y]+y)", R"(x*?y)");
    CAPTURE(text);
    const std::string line(1 << 20, 'x');
    CHECK_NOTHROW(pattern(text).search(line));
    CHECK_NOTHROW(pattern(text).search_at_end(line));
}

TEST_CASE("a pattern as long as the limit is compiled, and a longer one is refused", "[pattern]") {
    std::string error;
    CHECK(Pattern::compile(std::string(longest_pattern, 'x'), error));
    CHECK_FALSE(Pattern::compile(std::string(longest_pattern + 1, 'x'), error));
    CHECK(error == "it is longer than 4096 bytes");
}

TEST_CASE("groups in groups up to the limit are compiled or refused", "[pattern]") {
    const std::string open(longest_pattern / 2, '('), closed(longest_pattern / 2, ')');
    std::string error;
    CHECK_NOTHROW(Pattern::compile(open + closed, error));
}

TEST_CASE("groups are counted with and without a name", "[pattern]") {
    CHECK(pattern("a(b)(?<c>d)(?:e)").groups() == 2);
    CHECK(Pattern().groups() == 0);
}

}  // namespace
}  // namespace guise::pattern_test
