#include "base/time.hpp"

#include <catch2/catch.hpp>

namespace guise::time_test {

using namespace std::chrono;

namespace {

constexpr sys_seconds noon = sys_days(year(2027) / 1 / 31) + hours(12);

}  // namespace

TEST_CASE("a time is written as RFC 3339 and read back", "[time]") {
    CHECK(time_text(noon) == "2027-01-31T12:00:00Z");
    CHECK(time_of("2027-01-31T12:00:00Z") == noon);
    CHECK(time_text(sys_days(year(9999) / 12 / 31)) == "9999-12-31T00:00:00Z");
    CHECK(time_of(time_text(sys_days(year(1949) / 12 / 31))) == sys_days(year(1949) / 12 / 31));
}

TEST_CASE("a day alone is its midnight", "[time]") { CHECK(time_of("2027-01-31") == noon - hours(12)); }

TEST_CASE("what is no time, or does not exist, is not read", "[time]") {
    for (const char* text :
         {"", "2027", "2027-02-30", "2027-13-01", "2027-01-31T24:00:00Z", "2027-01-31T12:60:00Z",
          "2027-01-31T12:00:00", "2027-01-31T12:00:00+01:00", "2027-1-31", "tomorrow"})
        CHECK_FALSE(time_of(text));
}

}  // namespace guise::time_test
