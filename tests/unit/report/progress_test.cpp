#include "report/progress.hpp"

#include <catch2/catch.hpp>

using guise::report::progress_line;
using namespace std::chrono_literals;

TEST_CASE("a bar fills as cases are done", "[progress]") {
    CHECK(progress_line(0, 4, 0s, 28) == "[----------------]  0/4  0 s");
    CHECK(progress_line(1, 4, 3s, 28) == "[####------------]  1/4  3 s");
    CHECK(progress_line(4, 4, 9s, 28) == "[################]  4/4  9 s");
}

TEST_CASE("a line is never longer than its width", "[progress]") {
    for (std::size_t width = 0; width < 80; ++width) CHECK(progress_line(34, 96, 12s, width).size() <= width);
}

TEST_CASE("a bar grows with the width, to 40 characters", "[progress]") {
    const auto bar = [](std::size_t width) { return progress_line(0, 96, 0s, width).find(']'); };
    CHECK(bar(30) < bar(40));
    CHECK(bar(60) == 41);
    CHECK(bar(200) == 41);
}

TEST_CASE("where there is no room for a bar there are the numbers alone", "[progress]") {
    CHECK(progress_line(34, 96, 12s, 15) == "34/96  12 s");
}

TEST_CASE("nothing to do is all done", "[progress]") {
    CHECK(progress_line(0, 0, 0s, 16) == "[####]  0/0  0 s");
}

TEST_CASE("more done than there was to do does not break the bar", "[progress]") {
    CHECK(progress_line(5, 4, 0s, 16) == "[####]  5/4  0 s");
}
