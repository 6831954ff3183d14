#include "base/counted.hpp"

#include <catch2/catch.hpp>

namespace guise::counted_test {

using guise::counted;

TEST_CASE("one thing is one, and any other number of them is several", "[base][counted]") {
    CHECK(counted(1, "case") == "1 case");
    CHECK(counted(0, "case") == "0 cases");
    CHECK(counted(12U, "event") == "12 events");
}

}  // namespace guise::counted_test
