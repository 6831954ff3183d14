#include "base/bytes.hpp"

#include <catch2/catch.hpp>

namespace guise::bytes_test {
namespace {

TEST_CASE("octets become two lower-case digits each", "[base][bytes]") {
    CHECK(to_hex(Bytes{}).empty());
    CHECK(to_hex(Bytes{0x00, 0x0f, 0xa0, 0xff}) == "000fa0ff");
}

TEST_CASE("a separator stands between octets and not around them", "[base][bytes]") {
    CHECK(to_hex(Bytes{0xde, 0xad, 0xbe}, ":") == "de:ad:be");
    CHECK(to_hex(Bytes{0xde}, ":") == "de");
    CHECK(to_hex(Bytes{}, ":").empty());
}

TEST_CASE("hexadecimal digits of either case become octets", "[base][bytes]") {
    CHECK(from_hex("00FfaB") == Bytes{0x00, 0xff, 0xab});
    CHECK(from_hex("") == Bytes{});
}

TEST_CASE("a text that is not pairs of hexadecimal digits becomes nothing", "[base][bytes]") {
    const auto* text = GENERATE("0", "012", "0g", "g0", "00 11", "0x00", "00:11", "é0", "-1", "+f");
    CAPTURE(text);
    CHECK_FALSE(from_hex(text).has_value());
}

TEST_CASE("every octet survives the way there and back", "[base][bytes]") {
    Bytes all;
    for (int octet = 0; octet < 256; ++octet) all.push_back(static_cast<std::uint8_t>(octet));
    CHECK(from_hex(to_hex(all)) == all);
}

TEST_CASE("a text and its octets are the same, NUL and high bits included", "[base][bytes]") {
    const std::string text("a\0\xff", 3);
    CHECK(to_hex(as_bytes(text)) == "6100ff");
    CHECK(as_text(as_bytes(text)) == text);
    CHECK(as_text(ByteView{}).empty());
}

}  // namespace
}  // namespace guise::bytes_test
