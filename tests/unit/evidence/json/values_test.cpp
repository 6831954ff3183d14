#include "evidence/json/values.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace guise::evidence::values_test {
namespace {

std::string json_of(const std::string& bytes) { return bytes_json(bytes).dump(); }

}  // namespace

TEST_CASE("bytes that are UTF-8 are a JSON text as they are", "[evidence]") {
    CHECK(json_of("GET / \xc3\xa9") == "\"GET / \xc3\xa9\"");
}

TEST_CASE("no bytes are an empty text", "[evidence]") { CHECK(json_of("") == R"("")"); }

TEST_CASE("a NUL and other control characters are UTF-8 too", "[evidence]") {
    CHECK(json_of(std::string("a\0b\x1b", 4)) == R"("a\u0000b\u001b")");
}

TEST_CASE("bytes that are no UTF-8 are an object with their base64", "[evidence]") {
    CHECK(json_of("\xff") == R"({"base64":"/w=="})");
    CHECK(json_of("\xff\xfe") == R"({"base64":"//4="})");
    CHECK(json_of("\xff\xfe\xfd") == R"({"base64":"//79"})");
    CHECK(json_of(std::string("\x16\x03\x01\0\xff", 5)) == R"({"base64":"FgMBAP8="})");
}

TEST_CASE("half a UTF-8 sequence is no UTF-8", "[evidence]") {
    CHECK(json_of("\xc3") == R"({"base64":"ww=="})");
    CHECK(json_of("\xed\xa0\x80") == R"({"base64":"7aCA"})");
}

TEST_CASE("a list of bytes is one of texts and of objects", "[evidence]") {
    CHECK(bytes_list_json({}).dump() == "[]");
    CHECK(bytes_list_json({"h2", "\xff"}).dump() == R"(["h2",{"base64":"/w=="}])");
}

TEST_CASE("bytes come back from their base64", "[evidence]") {
    const auto* bytes = GENERATE("", "a text", "\xff", "\xff\xfe", "\xff\xfe\xfd", "\x80 four");
    CHECK(parse_bytes(bytes_json(bytes)) == bytes);
    const std::string zero("\0\xff\0", 3);
    CHECK(parse_bytes(bytes_json(zero)) == zero);
    const std::vector<std::string> list{"a text", "\xff"};
    CHECK(parse_bytes_list(bytes_list_json(list)) == list);
}

}  // namespace guise::evidence::values_test
