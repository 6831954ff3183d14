#include "tls/transcript.hpp"

#include <catch2/catch.hpp>

using namespace guise::tls;

TEST_CASE("an alert has the name that its RFC gives it", "[tls][alerts]") {
    CHECK(alert_name(0) == "close_notify");
    CHECK(alert_name(45) == "certificate_expired");
    CHECK(alert_name(48) == "unknown_ca");
    CHECK(alert_name(112) == "unrecognized_name");
    CHECK(alert_name(121) == "ech_required");
}

TEST_CASE("an alert without a name is its number", "[tls][alerts]") {
    CHECK(alert_name(1) == "alert_1");
    CHECK(alert_name(200) == "alert_200");
    CHECK(alert_name(255) == "alert_255");
}
