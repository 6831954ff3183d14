#include "pki/printable.hpp"

#include "pki/der.hpp"
#include "pki/names.hpp"

#include <catch2/catch.hpp>

namespace guise::pki::printable_test {
namespace {
std::string text_of(const std::string& common_name) { return name_text(encode_subject({common_name, {}})); }
std::string hex_text(const char* hex) { return name_text(from_hex(hex).value()); }
}  // namespace

TEST_CASE("a name is written most special attribute first", "[pki][printable]") {
    CHECK(name_text(encode_subject({"x", "y"})) == "CN=x,O=y");
    CHECK(name_text(encode_subject({})) == "");
}

TEST_CASE("characters with a meaning are escaped as RFC 4514 says", "[pki][printable]") {
    CHECK(text_of("a,b+c\"d;e<f>g=h") == "CN=a\\,b\\+c\\\"d\\;e\\<f\\>g=h");
    CHECK(text_of(" x ") == "CN=\\ x\\ ");
    CHECK(text_of("#x") == "CN=\\#x");
    CHECK(text_of("a\\b") == "CN=a\\5cb");
    CHECK(text_of(" ") == "CN=\\ ");
}

TEST_CASE("what could drive a terminal is written in hexadecimal", "[pki][printable]") {
    CHECK(text_of(std::string("a\0b", 3)) == "CN=a\\00b");
    CHECK(text_of("\x1b[31m\n\x7f") == "CN=\\1b[31m\\0a\\7f");
    CHECK(printable(as_bytes("\xc2\x9b")) == "\\c2\\9b");  // a control character in two bytes
    CHECK(printable(as_bytes("gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80")) ==
          "gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80");
    CHECK(printable(as_bytes("\xc3")) == "\\c3");
    CHECK(printable(as_bytes("\xc0\x80 \xed\xa0\x80 \xff")) == "\\c0\\80 \\ed\\a0\\80 \\ff");
}

TEST_CASE("what has no short form is written whole", "[pki][printable]") {
    CHECK(hex_text("300c310a300806022a0302020101") == "1.2.3=#02020101");
    CHECK(hex_text("300d310b300906032a0304020101") == "#300d310b300906032a0304020101");
    CHECK(hex_text("3100") == "#3100");
    CHECK(hex_text("") == "#");
}

TEST_CASE("general names say their kind", "[pki][printable]") {
    const auto text = [](unsigned tag, ByteView content) {
        return general_name_text(der::element(tag, content));
    };
    CHECK(text(der::context(2), as_bytes("a.b")) == "dns:a.b");
    CHECK(text(der::context(2), as_bytes(std::string_view("a\0b", 3))) == "dns:a\\00b");
    CHECK(text(der::context(7), Bytes{127, 0, 0, 1}) == "ip:127.0.0.1");
    CHECK(text(der::context(7), Bytes{1, 2}) == "ip:#0102");
    CHECK(text(der::context(1), as_bytes("a@b")) == "email:a@b");
    CHECK(text(der::context_constructed(4), encode_subject({"x", {}})) == "directory:CN=x");
    CHECK(text(der::context(8), Bytes{1}) == "other:#880101");
    CHECK(general_name_text({}) == "other:#");
}

TEST_CASE("a common name is read with the escapes of RFC 4514", "[pki][printable]") {
    CHECK(common_name("CN=Superfish\\, Inc.,O=guise") == "Superfish, Inc.");
    CHECK(common_name("O=guise,CN=a\\+b\\;c") == "a+b;c");
    CHECK(common_name("CN=\\#1\\ ,O=x") == "#1 ");
    CHECK(common_name("CN=back\\5cslash") == "back\\slash");
    CHECK(common_name("CN=\xc3\xa4") == "\xc3\xa4");
    CHECK(common_name("CN=a\\00b") == "a\\00b");  // no terminal gets it raw
    CHECK(common_name("CN=ends\\") == "ends\\");
}

TEST_CASE("what looks like a common name inside of another attribute is none", "[pki][printable]") {
    CHECK(common_name("O=xCN=y,CN=z") == "z");
    CHECK(common_name("O=a\\,CN=y,CN=z") == "z");
    CHECK(common_name("OU=u+CN=z,O=o") == "z");
    CHECK(common_name("CN=first,CN=second") == "first");
    CHECK(common_name("O=guise") == "O=guise");
    CHECK(common_name("").empty());
}

}  // namespace guise::pki::printable_test
