#include "serve/line_buffer.hpp"

#include <catch2/catch.hpp>

#include <vector>

namespace guise::serve::line_buffer_test {
namespace {

using Lines = std::vector<std::string>;

// The lines that come of pieces; one that is too long is "…".
Lines lines_of(LineBuffer& buffer, const std::vector<std::string>& pieces) {
    Lines out;
    for (const std::string& piece : pieces) {
        buffer.receive(piece);
        while (const auto line = buffer.next()) out.push_back(line->too_long ? "…" : line->text);
    }
    return out;
}

Lines lines_of(const std::vector<std::string>& pieces) {
    LineBuffer buffer(4);
    return lines_of(buffer, pieces);
}

}  // namespace

TEST_CASE("lines come out as they went in, however they are cut", "[lines]") {
    CHECK(lines_of({"one\ntwo\n\n"}) == Lines{"one", "two", ""});
    CHECK(lines_of({"o", "ne", "\nt", "wo\n"}) == Lines{"one", "two"});
    CHECK(lines_of({"one"}).empty());
}

TEST_CASE("the longest line is taken, and one that is longer is reported once", "[lines]") {
    CHECK(lines_of({"four\n"}) == Lines{"four"});
    CHECK(lines_of({"fives\n"}) == Lines{"…"});
    CHECK(lines_of({"fives"}) == Lines{"…"});
    CHECK(lines_of({"fives", " and more ", "and more", "\n"}) == Lines{"…"});
}

TEST_CASE("the lines after one that was too long are taken", "[lines]") {
    CHECK(lines_of({"fives\none\n"}) == Lines{"…", "one"});
    CHECK(lines_of({"much too", " long\none\nfives\ntwo\n"}) == Lines{"…", "one", "…", "two"});
}

TEST_CASE("what follows the last line end is the rest, but for the rest of a line that was too long",
          "[lines]") {
    LineBuffer buffer(4);
    CHECK_FALSE(buffer.rest());
    CHECK(lines_of(buffer, {"one\ntwo"}) == Lines{"one"});
    CHECK(buffer.rest()->text == "two");
    CHECK(lines_of(buffer, {" and three"}) == Lines{"…"});
    CHECK_FALSE(buffer.rest());
}

TEST_CASE("many lines in one piece are all taken", "[lines]") {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += "abc\n";
    const Lines lines = lines_of({text});
    CHECK(lines.size() == 100'000);
    CHECK(lines.back() == "abc");
}

}  // namespace guise::serve::line_buffer_test
