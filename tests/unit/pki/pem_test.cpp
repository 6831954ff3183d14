#include "pki/pem.hpp"

#include "pki/support.hpp"

namespace guise::pki::pem_test {

TEST_CASE("any octets survive the way through PEM", "[pki][pem]") {
    for (std::size_t size : {0, 1, 2, 3, 47, 48, 49, 1000}) {
        Bytes octets(size);
        for (std::size_t i = 0; i < size; ++i) octets[i] = static_cast<std::uint8_t>(i * 7);
        CHECK(from_pem(to_pem(octets), "x").value() == std::vector<Bytes>{octets});
    }
}

TEST_CASE("lines are 64 characters long and end in newlines", "[pki][pem]") {
    CHECK(to_pem(Bytes(49)) == "-----BEGIN CERTIFICATE-----\n" + std::string(64, 'A') + "\nAA==\n" +
                                   "-----END CERTIFICATE-----\n");
}

TEST_CASE("all certificates of a text are found among other things", "[pki][pem]") {
    const std::string other = "-----BEGIN X509 CRL-----\nAA==\n-----END X509 CRL-----\n";
    const std::string text = "subject: x\r\n" + to_pem(Bytes{1}) + other + to_pem(Bytes{2, 3});
    CHECK(from_pem(text, "x").value() == std::vector<Bytes>{{1}, {2, 3}});
    CHECK(from_pem("", "x").value().empty());
    CHECK(to_pem(std::vector<Bytes>{{1}, {2}}) == to_pem(Bytes{1}) + to_pem(Bytes{2}));
}

TEST_CASE("a block that is no certificate is reported with its line", "[pki][pem]") {
    CHECK(test::problems(
              from_pem("a\n-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n", "f.pem")) ==
          "f.pem:2:1: expected a certificate in base64, found something else\n");
    CHECK(test::problems(from_pem("-----BEGIN CERTIFICATE-----\nAA==\n", "f.pem")) ==
          "f.pem:1:1: expected -----END CERTIFICATE-----, found the end of the text\n");
}

TEST_CASE("a text with as many certificates as the limit is read, and one with more is refused",
          "[pki][pem]") {
    std::string text;
    for (std::size_t i = 0; i < most_blocks; ++i) text += to_pem(Bytes{1});
    CHECK(from_pem(text, "f.pem").value().size() == most_blocks);
    CHECK(test::problems(from_pem(text + to_pem(Bytes{1}), "f.pem")) ==
          "f.pem:3001:1: expected at most 1000 certificates, found more\n");
}

}  // namespace guise::pki::pem_test
