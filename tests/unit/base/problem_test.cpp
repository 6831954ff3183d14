#include "base/problem.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

namespace guise::problem_test {
namespace {

TEST_CASE("a place leaves out what is not known", "[base][problem]") {
    CHECK(SourcePos{"a.yaml", 3, 7}.text() == "a.yaml:3:7");
    CHECK(SourcePos{"a.yaml", 3, 0}.text() == "a.yaml:3");
    CHECK(SourcePos{"a.yaml", 0, 0}.text() == "a.yaml");
    CHECK(SourcePos{}.text().empty());
}

TEST_CASE("a problem says where, what was expected and what was found", "[base][problem]") {
    const Problem problem{{"a.yaml", 3, 7}, "a time", "'yesterday'"};
    CHECK(problem.text() == "a.yaml:3:7: expected a time, found 'yesterday'");
}

TEST_CASE("a problem without a place starts with what was expected", "[base][problem]") {
    CHECK(Problem{{}, "a client", "none"}.text() == "expected a client, found none");
}

TEST_CASE("a problem stays on one line whatever it found", "[base][problem]") {
    const Problem problem{{"a.yaml", 1, 1}, "a word", std::string("'x\ny\x1b[2J\0'", 10)};
    CHECK(problem.text() == "a.yaml:1:1: expected a word, found 'x\\ny\\x1b[2J\\x00'");
}

TEST_CASE("a message keeps characters beyond ASCII", "[base][problem]") {
    CHECK(Problem{{}, "ASCII", "'é'"}.text() == "expected ASCII, found 'é'");
}

TEST_CASE("an operation that failed is a plain sentence with its cause", "[base][problem]") {
    CHECK(cannot("write out/report.html", "No space left on device").text() ==
          "cannot write out/report.html: No space left on device");
    CHECK(plain_problem("two\nlines").text() == "two\\nlines");
}

TEST_CASE("problems keep their order, one line each", "[base][problem]") {
    Problems problems;
    CHECK(problems.empty());
    CHECK(problems.text().empty());

    problems.add({"a", 1, 1}, "x", "y");
    problems.add(Problem{{"b", 2, 1}, "p", "q"});
    CHECK_FALSE(problems.empty());
    CHECK(problems.text() == "a:1:1: expected x, found y\nb:2:1: expected p, found q\n");
}

TEST_CASE("one problem is enough for a result without a value", "[base][problem]") {
    const Result<int> failed = Problem{{"a", 1, 1}, "x", "y"};
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error().list.size() == 1);
    CHECK(*Result<int>(7) == 7);
}

TEST_CASE("asking for a value that is not there throws and quotes the problems", "[base][problem]") {
    const Result<int> failed = Problem{{"a.yaml", 1, 1}, "x", "y"};
    CHECK_THROWS_AS(failed.value(), std::logic_error);
    CHECK_THROWS_WITH(failed.value(), Catch::Contains("a.yaml:1:1: expected x, found y"));
}

}  // namespace
}  // namespace guise::problem_test
