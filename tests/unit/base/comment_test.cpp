#include "base/comment.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>

namespace guise::comment_test {

using guise::opening_comment;

namespace {

// What is read of a file with this text.
std::string comment_of(const std::string& text) {
    std::string name = (std::filesystem::temp_directory_path() / "comment-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()));
    const std::filesystem::path dir = name;
    std::ofstream(dir / "file.yaml") << text;
    std::string out = opening_comment(dir / "file.yaml");
    std::filesystem::remove_all(dir);
    return out;
}

}  // namespace

TEST_CASE("the opening comment is read without its marks, and with its empty lines", "[comment]") {
    CHECK(comment_of("# one\n#\n#   two\nkey: value\n") == "one\n\n  two\n");
}

TEST_CASE("what comes later in a file is no opening comment", "[comment]") {
    CHECK(comment_of("key: value\n# later\n").empty());
    CHECK(comment_of("# first\n\n# later\n") == "first\n");
}

TEST_CASE("a file that is not there has no comment", "[comment]") {
    CHECK(opening_comment("/nowhere/file.yaml").empty());
}

}  // namespace guise::comment_test
