#include "tls/ja4.hpp"

#include <catch2/catch.hpp>

namespace guise::tls::ja4_test {
namespace {

// The worked example of the JA4 technical details.
ClientHello example() {
    ClientHello hello;
    hello.server_name = "example.com";
    hello.alpn = {"h2", "http/1.1"};
    hello.versions = {0x7a7a, 0x0304, 0x0303};
    hello.cipher_suites = {0x1a1a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030,
                           0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c, 0x009d, 0x002f, 0x0035};
    hello.extensions = {0x3a3a, 0x001b, 0x0000, 0x0033, 0x0010, 0x4469, 0x0017, 0x002d, 0x000d,
                        0x0005, 0x0023, 0x0012, 0x002b, 0xff01, 0x000b, 0x000a, 0x0015};
    hello.signature_schemes = {0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601};
    return hello;
}

}  // namespace

TEST_CASE("the published example has the published fingerprint", "[tls][ja4]") {
    CHECK(ja4(example()) == "t13d1516h2_8daaf6152771_e5627efa2ab1");
}

TEST_CASE("the order of suites and extensions does not matter, that of the signature schemes does",
          "[tls][ja4]") {
    ClientHello hello = example();
    std::swap(hello.cipher_suites[1], hello.cipher_suites[5]);
    std::swap(hello.extensions[1], hello.extensions[5]);
    CHECK(ja4(hello) == ja4(example()));
    std::swap(hello.signature_schemes[0], hello.signature_schemes[1]);
    CHECK(ja4(hello) != ja4(example()));
}

TEST_CASE("a hello without name, protocols and schemes has a fingerprint too", "[tls][ja4]") {
    ClientHello hello;
    hello.versions = {0x0303};
    CHECK(ja4(hello) == "t12i000000_000000000000_000000000000");
}

TEST_CASE("a protocol name that is no text is shown by its hexadecimal digits", "[tls][ja4]") {
    ClientHello hello = example();
    hello.alpn = {"\xab\x01\xcd"};
    CHECK(ja4(hello).starts_with("t13d1516ad_"));
}

}  // namespace guise::tls::ja4_test
