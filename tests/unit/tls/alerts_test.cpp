#include "tls/alerts.hpp"

#include "tls/transcript.hpp"

#include <catch2/catch.hpp>

namespace guise::tls::alerts_test {

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

TEST_CASE("every alert is an error but for the two that close and the warning of TLS 1.2", "[tls][alerts]") {
    CHECK_FALSE(is_error_alert(0));
    CHECK_FALSE(is_error_alert(90));
    CHECK_FALSE(is_error_alert(100));
    for (const std::uint8_t each : {10, 42, 48, 80, 101, 112, 255}) CHECK(is_error_alert(each));
}

}  // namespace guise::tls::alerts_test
