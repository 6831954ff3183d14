#include "pki/base64.hpp"

#include <catch2/catch.hpp>

namespace guise::pki::base64_test {

TEST_CASE("the examples of RFC 4648 are written and read", "[base64]") {
    const auto [plain, digits] = GENERATE(table<std::string, std::string>({{"", ""},
                                                                           {"f", "Zg=="},
                                                                           {"fo", "Zm8="},
                                                                           {"foo", "Zm9v"},
                                                                           {"foob", "Zm9vYg=="},
                                                                           {"fooba", "Zm9vYmE="},
                                                                           {"foobar", "Zm9vYmFy"}}));
    CHECK(to_base64(as_bytes(plain)) == digits);
    const auto back = from_base64(digits);
    REQUIRE(back);
    CHECK(as_text(*back) == plain);
}

TEST_CASE("line ends in base64 are passed over", "[base64]") {
    CHECK(as_text(from_base64("Zm9v\r\nYmFy\n").value()) == "foobar");
}

TEST_CASE("what is no base64 is not read", "[base64]") {
    for (const char* text : {"Zg", "Zg=", "Z===", "!!!!", "Zm9v=", "Zm9v-_=="})
        CHECK_FALSE(from_base64(text));
}

}  // namespace guise::pki::base64_test
