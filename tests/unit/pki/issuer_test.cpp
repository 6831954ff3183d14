#include "pki/issuer.hpp"

#include "pki/support.hpp"

namespace guise::pki::issuer_test {

using namespace guise::pki::test;

namespace {

Bytes octets(const std::string& hex) { return from_hex(hex).value(); }

std::vector<Bytes> chain_of(const std::string& leaf) { return whole(minted(leaf)); }

bool issued(const Bytes& subject, const Bytes& issuer) {
    return issued_by(read_elements(subject).value(), read_elements(issuer).value());
}

}  // namespace

TEST_CASE("names are the same whatever their strings are made of", "[pki][issuer]") {
    const Bytes utf8 = octets("300d310b300906035504030c026162");
    CHECK(same_name(utf8, utf8));
    CHECK(same_name(utf8, octets("300d310b3009060355040313026162")));  // PrintableString
    CHECK(same_name(utf8, octets("300d310b300906035504030c024142")));  // in capitals
    CHECK_FALSE(same_name(utf8, octets("300d310b300906035504030c026163")));
}

TEST_CASE("names that cannot be read are the same where their octets are", "[pki][issuer]") {
    CHECK(same_name(octets("3100"), octets("3100")));
    CHECK_FALSE(same_name(octets("3100"), octets("3000")));
    CHECK_FALSE(same_name({}, octets("3000")));
}

TEST_CASE("an issuer has the name and made the signature", "[pki][issuer]") {
    const std::vector<Bytes> chain = chain_of("leaf"), impostors = chain_of("impostor-leaf");
    CHECK(issued(chain[0], chain[1]));
    CHECK(issued(chain[1], chain[2]));
    CHECK(issued(chain[2], chain[2]));
    CHECK_FALSE(issued(chain[0], chain[2]));
    CHECK_FALSE(issued(impostors[0], chain[1]));  // the name alone
}

TEST_CASE("a key that the library does not know issued nothing", "[pki][issuer]") {
    const std::vector<Bytes> chain = chain_of("leaf");
    Elements issuer = read_elements(chain[1]).value();
    issuer.key = issuer.subject;
    CHECK(read_public_key(issuer.key) == nullptr);
    CHECK_FALSE(issued_by(read_elements(chain[0]).value(), issuer));
}

}  // namespace guise::pki::issuer_test
