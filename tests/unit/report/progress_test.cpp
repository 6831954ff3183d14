#include "report/progress.hpp"

#include <catch2/catch.hpp>

namespace guise::report::progress_test {

using guise::report::progress_line;
using namespace std::chrono_literals;

TEST_CASE("a bar fills as cases are done", "[progress]") {
    CHECK(progress_line(0, 4, 0s, 28) == "[----------------]  0/4  0 s");
    CHECK(progress_line(1, 4, 3s, 28) == "[####------------]  1/4  3 s");
    CHECK(progress_line(4, 4, 9s, 28) == "[################]  4/4  9 s");
}

TEST_CASE("what so many cases usually take falls with the number of those at once", "[progress]") {
    using guise::report::usual_duration;
    CHECK(usual_duration(13'600, 2) == 612s);
    CHECK(usual_duration(13'600, 4) == 306s);
    CHECK(usual_duration(1, 8) == 1s);
    CHECK(usual_duration(0, 0) == 0s);
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

namespace {

using guise::report::Progress;
using guise::report::ProgressLog;

constexpr ProgressLog::Clock::time_point start{};

ProgressLog log_of(const Progress& progress) {
    ProgressLog out("cases", start, 10s);
    out.update({0, progress.all});
    out.update(progress);
    return out;
}

}  // namespace

TEST_CASE("a line is due every ten seconds, whether or not there was progress", "[progress]") {
    ProgressLog log = log_of({1, 4});
    CHECK_FALSE(log.line_at(start + 9999ms));
    CHECK(log.line_at(start + 10s));
    CHECK_FALSE(log.line_at(start + 10s));
    CHECK(log.next() == start + 20s);
    CHECK(log.line_at(start + 25s));
    CHECK(log.next() == start + 35s);
}

TEST_CASE("a line says what is done, of how many, how long it takes and the verdicts so far", "[progress]") {
    ProgressLog log = log_of({340, 1473, {{"known", 20}, {"pass", 300}}});
    CHECK(log.line_at(start + 70s) ==
          "340 of 1473 cases (23%) after 1 min 10 s, about 3 min 53 s left; so far 20 known, 300 pass");
}

TEST_CASE("what cannot be known yet is left out of a line", "[progress]") {
    CHECK(ProgressLog("cases", start, 10s).line_at(start + 10s) == "preparing cases, 10 s");
    CHECK(log_of({0, 4}).line_at(start + 10s) == "0 of 4 cases (0%) after 10 s");
    CHECK(log_of({4, 4}).line_at(start + 10s) == "4 of 4 cases (100%) after 10 s");
}

TEST_CASE("the time that is left is reckoned without what an earlier run has done", "[progress]") {
    ProgressLog log("cases", start, 10s);
    log.update({90, 100});
    CHECK(log.line_at(start + 10s) == "90 of 100 cases (90%) after 10 s");
    log.update({95, 100});
    CHECK(log.line_at(start + 20s) == "95 of 100 cases (95%) after 20 s, about 20 s left");
}

TEST_CASE("a duration has the two units that matter", "[progress]") {
    CHECK(guise::report::duration_text(59s) == "59 s");
    CHECK(guise::report::duration_text(60s) == "1 min 0 s");
    CHECK(guise::report::duration_text(3725s) == "1 h 2 min");
}

}  // namespace guise::report::progress_test
