#include "base/ascii.hpp"

#include <catch2/catch.hpp>

namespace guise::ascii_test {

TEST_CASE("only the letters of ASCII become small", "[base][ascii]") {
    CHECK(lower("X-Frame_42 [Z]") == "x-frame_42 [z]");
    CHECK(lower("\xc3\x84@`") == "\xc3\x84@`");
    CHECK(lower("").empty());
}

TEST_CASE("texts are compared without the size of their letters", "[base][ascii]") {
    CHECK(same_but_case("Example.COM", "eXAMPLE.com"));
    CHECK_FALSE(same_but_case("example.com", "example.com."));
    CHECK_FALSE(same_but_case("@", "`"));  // 32 apart, as letters are
}

TEST_CASE("of a name in any spelling its letters and digits are left", "[base][ascii]") {
    CHECK(letters_and_digits("Server Certificate-Error_2") == "servercertificateerror2");
    CHECK(letters_and_digits(" -\xc3\x84").empty());
}

TEST_CASE("an IPv6 address stands in brackets before a port", "[base][ascii]") {
    CHECK(in_url("::1") == "[::1]");
    CHECK(in_url("127.0.0.1") == "127.0.0.1");
    CHECK(in_url("a.guise.test") == "a.guise.test");
}

}  // namespace guise::ascii_test
