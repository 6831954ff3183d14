#include "pki/signature.hpp"

#include "pki/digest.hpp"

#include <catch2/catch.hpp>
#include <openssl/evp.h>
#include <openssl/rsa.h>

namespace guise::pki::signature_test {
namespace {
// RSA of 2048 bits here, because a short key is no reason for a signature to fail.
const Algorithm kinds[] = {Algorithm::p256, Algorithm::p384, Algorithm::p521, Algorithm::ed25519,
                           Algorithm::rsa2048};
bool is_right(SignatureAlgorithm algorithm) {
    return algorithm != SignatureAlgorithm::rsa_sha256_short_padding;
}
}  // namespace

TEST_CASE("every algorithm verifies with its key and with no other octets", "[pki][signature]") {
    const ByteView message = as_bytes("message");
    for (const Algorithm kind : kinds) {
        const Key key = make_key(kind);
        for (std::size_t i = 0; i < words(SignatureAlgorithm{}).size(); ++i) {
            const auto algorithm = static_cast<SignatureAlgorithm>(i);
            if (!fits(algorithm, kind) || !is_right(algorithm)) continue;
            INFO(word(kind) << " " << word(algorithm));
            Bytes value = sign(key.get(), algorithm, message);
            CHECK(verifies(key.get(), algorithm, message, value));
            CHECK_FALSE(verifies(key.get(), algorithm, as_bytes("other"), value));
            value.back() ^= 1;
            CHECK_FALSE(verifies(key.get(), algorithm, message, value));
            CHECK_FALSE(verifies(key.get(), algorithm, message, {}));
        }
    }
}

TEST_CASE("the usual signature of a key fits the key", "[pki][signature]") {
    for (const Algorithm kind : kinds) CHECK(fits(default_signature(kind), kind));
    CHECK_FALSE(fits(SignatureAlgorithm::rsa_sha1, Algorithm::p256));
}

TEST_CASE("a key that does not fit verifies nothing and signs nothing", "[pki][signature]") {
    const Key key = make_key(Algorithm::ed25519);
    CHECK_FALSE(verifies(key.get(), SignatureAlgorithm::rsa_sha256, as_bytes("message"), Bytes(256)));
    CHECK_THROWS_AS(sign(key.get(), SignatureAlgorithm::ecdsa_sha256, as_bytes("message")), std::logic_error);
}

TEST_CASE("an identifier is known again by all of its octets", "[pki][signature]") {
    for (std::size_t i = 0; i < words(SignatureAlgorithm{}).size(); ++i) {
        const auto algorithm = static_cast<SignatureAlgorithm>(i);
        Bytes identifier = signature_identifier(algorithm);
        CHECK(signature_of_identifier(identifier) ==
              (is_right(algorithm) ? algorithm : SignatureAlgorithm::rsa_sha256));
        identifier.push_back(0);
        CHECK_FALSE(signature_of_identifier(identifier));
    }
    CHECK(to_hex(signature_identifier(SignatureAlgorithm::ecdsa_sha256)) == "300a06082a8648ce3d040302");
    CHECK(to_hex(signature_identifier(SignatureAlgorithm::rsa_sha256)) == "300d06092a864886f70d01010b0500");
}

TEST_CASE("a signature with MD4 is over a DigestInfo of MD4", "[pki][signature]") {
    const Key key = make_key(Algorithm::rsa2048);
    const Bytes value = sign(key.get(), SignatureAlgorithm::rsa_md4, as_bytes("abc"));
    Bytes block(value.size());
    std::size_t size = 0;
    REQUIRE(RSA_verify_raw(EVP_PKEY_get0_RSA(key.get()), &size, block.data(), block.size(), value.data(),
                           value.size(), RSA_PKCS1_PADDING));
    block.resize(size);
    // RFC 1320 A.5: MD4("abc"); RFC 8017 B.1 and RFC 2313: the identifier 1.2.840.113549.2.4
    CHECK(to_hex(block) == "3020300c06082a864886f70d020405000410a448017aaf21d8525fc10ae87aa6729d");
    CHECK_FALSE(
        verifies(make_key(Algorithm::p256).get(), SignatureAlgorithm::rsa_md4, as_bytes("abc"), value));
}

TEST_CASE("a block with its padding behind the hash does not verify, and begins as one that does",
          "[pki][signature]") {
    const ByteView message = as_bytes("message");
    const Key key = make_key(Algorithm::rsa2048_e3);
    const Bytes value = sign(key.get(), SignatureAlgorithm::rsa_sha256_short_padding, message);
    CHECK_FALSE(verifies(key.get(), SignatureAlgorithm::rsa_sha256, message, value));
    Bytes block(value.size());
    std::size_t size = 0;
    REQUIRE(RSA_verify_raw(EVP_PKEY_get0_RSA(key.get()), &size, block.data(), block.size(), value.data(),
                           value.size(), RSA_NO_PADDING));
    CHECK(to_hex(block).starts_with("0001ffffffffffffffff003031300d060960864801650304020105000420" +
                                    to_hex(sha256(message)) + "0000"));
}

}  // namespace guise::pki::signature_test
