#include "pki/der.hpp"

#include <catch2/catch.hpp>

namespace guise::pki::der_test {
namespace {
std::string time_text(std::chrono::sys_seconds when) {
    const Bytes time = der::time(when).value();
    return std::to_string(time[0]) + " " + std::string(as_text(ByteView(time).subspan(2)));
}
}  // namespace

TEST_CASE("times are UTCTime up to 2049 and GeneralizedTime from 2050", "[pki][der]") {
    using namespace std::chrono;
    CHECK(time_text(sys_days(year(2026) / 2 / 28) + hours(23) + minutes(5) + seconds(9)) ==
          "23 260228230509Z");
    CHECK(time_text(sys_days(year(2050) / 1 / 1) - seconds(1)) == "23 491231235959Z");
    CHECK(time_text(sys_days(year(2050) / 1 / 1)) == "24 20500101000000Z");
    CHECK(time_text(sys_days(year(1950) / 1 / 1)) == "23 500101000000Z");
    CHECK(time_text(sys_days(year(1949) / 12 / 31)) == "24 19491231000000Z");
    CHECK(time_text(sys_days(year(9999) / 12 / 31)) == "24 99991231000000Z");
}

TEST_CASE("times without an encoding are refused", "[pki][der]") {
    using namespace std::chrono;
    CHECK_FALSE(der::time(sys_days(year(10000) / 1 / 1)));
    CHECK_FALSE(der::time(sys_days(year(0) / 1 / 1) - seconds(1)));
    CHECK_FALSE(der::time(sys_seconds(seconds(400'000'000'000'000))));
}

TEST_CASE("a named bit list loses its trailing zeros", "[pki][der]") {
    CHECK(to_hex(der::named_bits(0)) == "030100");
    CHECK(to_hex(der::named_bits(1)) == "03020780");
    CHECK(to_hex(der::named_bits(1U << 5 | 1U << 6)) == "03020106");
    CHECK(to_hex(der::named_bits(1U << 8)) == "0303070080");
}

TEST_CASE("lengths are minimal", "[pki][der]") {
    CHECK(to_hex(der::element(CBS_ASN1_OCTETSTRING, Bytes(127))).substr(0, 4) == "047f");
    CHECK(to_hex(der::element(CBS_ASN1_OCTETSTRING, Bytes(128))).substr(0, 6) == "048180");
    CHECK(to_hex(der::element(CBS_ASN1_OCTETSTRING, Bytes(256))).substr(0, 8) == "04820100");
}

TEST_CASE("context tags keep their number and say whether they are constructed", "[pki][der]") {
    CHECK(to_hex(der::element(der::context(2), Bytes{1})) == "820101");
    CHECK(to_hex(der::element(der::context_constructed(3), Bytes{})) == "a300");
}

TEST_CASE("what is no object identifier has no encoding", "[pki][der]") {
    CHECK(to_hex(der::oid("2.5.29.17").value()) == "0603551d11");
    for (const char* text : {"", "1", "a.b", "1.2.", "3.1.1", "server-auth"}) CHECK_FALSE(der::oid(text));
}

TEST_CASE("a GeneralizedTime has four digits of the year whatever it is", "[pki][der]") {
    using namespace std::chrono;
    const auto of = [](int y) { return der::generalized_time(sys_days(year(y) / 1 / 2)); };
    CHECK(of(2026) == der::element(CBS_ASN1_GENERALIZEDTIME, as_bytes("20260102000000Z")));
    CHECK(of(9999) == der::element(CBS_ASN1_GENERALIZEDTIME, as_bytes("99990102000000Z")));
    CHECK_FALSE(of(10000));
}

}  // namespace guise::pki::der_test
