#include "cli/times.hpp"

#include <catch2/catch.hpp>

namespace guise::cli::times_test {

using guise::cli::parse_time;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::sys_seconds machine{1'800'000'000s};  // 2027-01-15T08:00:00Z

std::optional<long> seconds(const std::string& text) {
    const auto time = parse_time(text, machine);
    return time ? std::optional<long>(time->time_since_epoch().count()) : std::nullopt;
}

}  // namespace

TEST_CASE("a time is RFC 3339 in UTC", "[times]") {
    CHECK(seconds("2027-01-15T08:00:00Z") == 1'800'000'000);
    CHECK(seconds("1970-01-01T00:00:00Z") == 0);
    CHECK(seconds("1969-12-31T23:59:59Z") == -1);
    CHECK(seconds("2096-10-02T07:06:40Z") == 4'000'000'000);
}

TEST_CASE("a day is its first second", "[times]") { CHECK(seconds("2027-01-15") == 1'799'971'200); }

TEST_CASE("a leap day is a day in leap years alone", "[times]") {
    CHECK(seconds("2028-02-29"));
    CHECK_FALSE(seconds("2027-02-29"));
}

TEST_CASE("a time with a sign is relative to the machine's", "[times]") {
    CHECK(seconds("+30d") == 1'800'000'000 + 30 * 86'400);
    CHECK(seconds("-1d") == 1'800'000'000 - 86'400);
    CHECK(seconds("+12h") == 1'800'000'000 + 12 * 3'600);
    CHECK(seconds("-5m") == 1'800'000'000 - 300);
    CHECK(seconds("+0s") == 1'800'000'000);
}

TEST_CASE("any other text is no time", "[times]") {
    for (const char* text : {"",
                             "now",
                             "30d",
                             "+",
                             "-",
                             "+d",
                             "+30",
                             "+30x",
                             "+-1d",
                             "+1.5d",
                             "1800000000",
                             "2027",
                             "2027-01",
                             "2027-13-01",
                             "2027-00-10",
                             "2027-01-32",
                             "2027-01-15T08:00:00",
                             "2027-01-15T24:00:00Z",
                             "2027-01-15T08:60:00Z",
                             "2027-01-15T08:00:60Z",
                             "2027-01-15T08:00Z",
                             "2027-01-15 08:00:00Z",
                             "2027-01-15T08:00:00+01:00",
                             "2027-01-15T08:00:00Z ",
                             "2027-01-15T08:00:00ZZ",
                             "2027-01-15Z"}) {
        INFO(text);
        CHECK_FALSE(seconds(text));
    }
}

TEST_CASE("a time has all its digits, and nothing around them", "[times]") {
    for (const char* text : {"2027-1-15", "2027-01-5", "27-01-15", " 2027-01-15", "2027- 1-15",
                             "2027-01-15T8:00:00Z", "2027-01-15T08: 0:00Z", "2027-01-15T+8:00:00Z"}) {
        INFO(text);
        CHECK_FALSE(seconds(text));
    }
}

}  // namespace guise::cli::times_test
