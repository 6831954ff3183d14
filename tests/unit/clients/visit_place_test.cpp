#include "clients/visit_place.hpp"

#include <catch2/catch.hpp>

namespace guise::clients::visit_place_test {

using guise::clients::VisitPlace;

TEST_CASE("a client's PATH is that of the harness, then where the harness's own clients are",
          "[visit-place]") {
    const std::string path = VisitPlace::search_path();
    const char* own = std::getenv("PATH");
    REQUIRE(own);
    CHECK(path.starts_with(std::string(own) + ":/"));
    CHECK(path.ends_with("/libexec/guise"));
}

}  // namespace guise::clients::visit_place_test
