#include "pki/forged_curve.hpp"

#include "pki/keys.hpp"
#include "pki/signature.hpp"
#include "pki/support.hpp"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ec_key.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>

namespace guise::pki::forged_curve_test {
namespace {

// P-256 with another generator, as a verifier has it that computes with whatever parameters it is given.
bool verifies_on_forged_curve(EVP_PKEY* owner, ByteView message, const Bytes& signature) {
    const EC_KEY* real = EVP_PKEY_get0_EC_KEY(owner);
    const EC_GROUP* p256 = EC_KEY_get0_group(real);
    const bssl::UniquePtr<BIGNUM> p(BN_new()), a(BN_new()), b(BN_new()), x(BN_new()), y(BN_new());
    EC_GROUP_get_curve_GFp(p256, p.get(), a.get(), b.get(), nullptr);
    EC_POINT_get_affine_coordinates_GFp(p256, EC_KEY_get0_public_key(real), x.get(), y.get(), nullptr);
    const bssl::UniquePtr<EC_GROUP> group(EC_GROUP_new_curve_GFp(p.get(), a.get(), b.get(), nullptr));
    const bssl::UniquePtr<EC_POINT> generator(EC_POINT_new(group.get()));
    REQUIRE(EC_POINT_set_affine_coordinates_GFp(group.get(), generator.get(), x.get(), y.get(), nullptr));
    REQUIRE(EC_GROUP_set_generator(group.get(), generator.get(), EC_GROUP_get0_order(p256), BN_value_one()));
    const bssl::UniquePtr<EC_POINT> point(EC_POINT_new(group.get()));
    REQUIRE(EC_POINT_set_affine_coordinates_GFp(group.get(), point.get(), x.get(), y.get(), nullptr));
    const bssl::UniquePtr<EC_KEY> key(EC_KEY_new());
    REQUIRE(EC_KEY_set_group(key.get(), group.get()));
    REQUIRE(EC_KEY_set_public_key(key.get(), point.get()));
    std::array<std::uint8_t, SHA256_DIGEST_LENGTH> hash;
    SHA256(message.data(), message.size(), hash.data());
    const bool good =
        ECDSA_verify(0, hash.data(), hash.size(), signature.data(), signature.size(), key.get()) == 1;
    ERR_clear_error();
    return good;
}

}  // namespace

TEST_CASE("a forged signature verifies with the forged generator, and not with the real one",
          "[pki][forged]") {
    const Key key = make_key(Algorithm::p256);
    const ByteView message = as_bytes("what somebody else is to have signed");
    const Bytes forged = forged_signature(key.get(), message);
    CHECK(verifies_on_forged_curve(key.get(), message, forged));
    CHECK_FALSE(verifies_on_forged_curve(key.get(), as_bytes("another text"), forged));
    CHECK_FALSE(verifies(key.get(), SignatureAlgorithm::ecdsa_sha256, message, forged));
}

TEST_CASE("nothing but the public key is needed", "[pki][forged]") {
    const Key key = make_key(Algorithm::p256);
    const Bytes info = public_key_info(key.get());
    CBS cbs;
    CBS_init(&cbs, info.data(), info.size());
    const bssl::UniquePtr<EVP_PKEY> half(EVP_parse_public_key(&cbs));
    const ByteView message = as_bytes("text");
    CHECK(verifies_on_forged_curve(key.get(), message, forged_signature(half.get(), message)));
    CHECK(forged_key_info(half.get()) == forged_key_info(key.get()));
}

TEST_CASE("the forged key has the point of the real one, as key and as generator", "[pki][forged]") {
    const Key key = make_key(Algorithm::p256);
    const std::string real = to_hex(public_key_info(key.get())), forged = to_hex(forged_key_info(key.get()));
    const std::string point = real.substr(real.size() - 130);
    const std::size_t first = forged.find(point);
    REQUIRE(first != std::string::npos);
    CHECK(forged.find(point, first + 1) == forged.size() - 130);
}

}  // namespace guise::pki::forged_curve_test
