#include "pki/exponent.hpp"

#include "pki/digest.hpp"
#include "pki/keys.hpp"
#include "pki/signature.hpp"

#include <catch2/catch.hpp>
#include <openssl/bn.h>
#include <openssl/bytestring.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

namespace guise::pki::exponent_test {
namespace {

struct Numbers {
    bssl::UniquePtr<BIGNUM> n{BN_new()}, e{BN_new()};
};

// Read by hand: the library takes no such key.
Numbers numbers_of(const Bytes& info) {
    CBS whole, sequence, bits, key, n, e;
    CBS_init(&whole, info.data(), info.size());
    std::uint8_t unused = 1;
    REQUIRE(CBS_get_asn1(&whole, &sequence, CBS_ASN1_SEQUENCE));
    REQUIRE(CBS_len(&whole) == 0);
    REQUIRE(CBS_get_asn1(&sequence, nullptr, CBS_ASN1_SEQUENCE));
    REQUIRE(CBS_get_asn1(&sequence, &bits, CBS_ASN1_BITSTRING));
    REQUIRE(CBS_get_u8(&bits, &unused));
    REQUIRE(unused == 0);
    REQUIRE(CBS_get_asn1(&bits, &key, CBS_ASN1_SEQUENCE));
    REQUIRE(CBS_get_asn1(&key, &n, CBS_ASN1_INTEGER));
    REQUIRE(CBS_get_asn1(&key, &e, CBS_ASN1_INTEGER));
    Numbers out;
    REQUIRE(BN_bin2bn(CBS_data(&n), CBS_len(&n), out.n.get()));
    REQUIRE(BN_bin2bn(CBS_data(&e), CBS_len(&e), out.e.get()));
    return out;
}

// What a verifier sees that computes with any exponent.
std::string block_of(const Bytes& signature, const Numbers& shown) {
    const bssl::UniquePtr<BN_CTX> context(BN_CTX_new());
    const bssl::UniquePtr<BIGNUM> value(BN_bin2bn(signature.data(), signature.size(), nullptr)),
        out(BN_new());
    REQUIRE(BN_mod_exp(out.get(), value.get(), shown.e.get(), shown.n.get(), context.get()));
    Bytes block(signature.size());
    REQUIRE(BN_bn2bin_padded(block.data(), block.size(), out.get()));
    return to_hex(block);
}

// EMSA-PKCS1-v1_5 with SHA-256 (RFC 8017 9.2) for 2048 bits.
std::string padded(ByteView message) {
    std::string out = "0001";
    for (int i = 0; i < 202; ++i) out += "ff";
    return out + "003031300d060960864801650304020105000420" + to_hex(sha256(message));
}

}  // namespace

TEST_CASE("a signature verifies with the exponent that is shown", "[pki][exponent]") {
    const ByteView message = as_bytes("message");
    const Key ordinary = make_key(Algorithm::rsa2048);
    for (const auto& [power, exponent] : {std::pair(0, 1L), {1, 0x10001L}, {3, 0x1000300030001L}}) {
        INFO(power);
        const Key key = with_exponent_power(ordinary, power);
        const Numbers shown = numbers_of(key_info_with_exponent(key.get(), power));
        CHECK(BN_cmp(shown.n.get(), RSA_get0_n(EVP_PKEY_get0_RSA(ordinary.get()))) == 0);
        CHECK(BN_is_word(shown.e.get(), exponent));
        CHECK(block_of(sign(key.get(), SignatureAlgorithm::rsa_sha256, message), shown) == padded(message));
    }
}

TEST_CASE("the key info of the ordinary exponent is the library's", "[pki][exponent]") {
    const Key key = make_key(Algorithm::rsa2048);
    CHECK(key_info_with_exponent(key.get(), 1) == public_key_info(key.get()));
    CHECK(public_key_info(with_exponent_power(key, 3).get()) == public_key_info(key.get()));
}

TEST_CASE("the exponent 1 makes a signature of the message alone, without any secret", "[pki][exponent]") {
    const ByteView message = as_bytes("message");
    const Key key = with_exponent_power(make_key(Algorithm::rsa2048), 0);
    CHECK(to_hex(sign(key.get(), SignatureAlgorithm::rsa_sha256, message)) == padded(message));
}

TEST_CASE("a key keeps the ordinary one that it is made of alive", "[pki][exponent]") {
    Key ordinary = make_key(Algorithm::rsa2048);
    const Key key = with_exponent_power(std::move(ordinary), 1);
    const ByteView message = as_bytes("message");
    CHECK(verifies(key.get(), SignatureAlgorithm::rsa_pss_sha256, message,
                   sign(key.get(), SignatureAlgorithm::rsa_pss_sha256, message)));
}

}  // namespace guise::pki::exponent_test
