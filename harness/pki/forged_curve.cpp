// With G = Q and d = 1, the equations of ECDSA are r = x(k * Q) and s = (e + r * 1) / k, modulo the order. No
// group of its own is needed for them: k * Q is a multiplication on P-256.
#include "pki/forged_curve.hpp"

#include "pki/der.hpp"
#include "pki/digest.hpp"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ec_key.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/mem.h>

#include <array>
#include <stdexcept>

namespace guise::pki {

namespace {

// P-256 (SEC 2, 2.4.2).
constexpr std::string_view p256_prime = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
constexpr std::string_view a = "ffffffff00000001000000000000000000000000fffffffffffffffffffffffc";
constexpr std::string_view b = "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b";
constexpr std::string_view order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

Bytes octets(std::string_view hex) { return from_hex(hex).value(); }

Bytes positive(std::string_view hex) {
    return der::element(CBS_ASN1_INTEGER, octets("00" + std::string(hex)));  // each has its first bit set
}

Bytes oid(std::string_view dotted) { return der::oid(dotted).value(); }

const EC_KEY& ec_of(EVP_PKEY* key) {
    const EC_KEY* ec = EVP_PKEY_get0_EC_KEY(key);
    if (!ec || EC_GROUP_get_curve_name(EC_KEY_get0_group(ec)) != NID_X9_62_prime256v1)
        throw std::logic_error("only a P-256 key can be forged");
    return *ec;
}

Bytes point_of(const EC_KEY& key) {
    Bytes out(65);
    EC_POINT_point2oct(EC_KEY_get0_group(&key), EC_KEY_get0_public_key(&key), POINT_CONVERSION_UNCOMPRESSED,
                       out.data(), out.size(), nullptr);
    return out;
}

// r and s for a random k; false where one of them is zero, which is as likely as guessing a key.
bool make_signature(const EC_KEY& key, const BIGNUM* digest, BIGNUM* r, BIGNUM* s) {
    const EC_GROUP* group = EC_KEY_get0_group(&key);
    const BIGNUM* n = EC_GROUP_get0_order(group);
    const bssl::UniquePtr<BN_CTX> context(BN_CTX_new());
    const bssl::UniquePtr<EC_POINT> multiple(EC_POINT_new(group));
    const bssl::UniquePtr<BIGNUM> k(BN_new()), x(BN_new()), inverse(BN_new()), sum(BN_new());
    return BN_rand_range_ex(k.get(), 1, n) &&
           EC_POINT_mul(group, multiple.get(), nullptr, EC_KEY_get0_public_key(&key), k.get(),
                        context.get()) &&
           EC_POINT_get_affine_coordinates_GFp(group, multiple.get(), x.get(), nullptr, context.get()) &&
           BN_nnmod(r, x.get(), n, context.get()) &&
           BN_mod_inverse(inverse.get(), k.get(), n, context.get()) &&
           BN_mod_add(sum.get(), digest, r, n, context.get()) &&
           BN_mod_mul(s, sum.get(), inverse.get(), n, context.get()) && !BN_is_zero(r) && !BN_is_zero(s);
}

}  // namespace

Bytes forged_key_info(EVP_PKEY* key) {
    const Bytes point = point_of(ec_of(key));
    const Bytes field = der::sequence({oid("1.2.840.10045.1.1"), positive(p256_prime)});
    const Bytes curve = der::sequence(
        {der::element(CBS_ASN1_OCTETSTRING, octets(a)), der::element(CBS_ASN1_OCTETSTRING, octets(b))});
    const Bytes parameters =
        der::sequence({der::integer(1), field, curve, der::element(CBS_ASN1_OCTETSTRING, point),
                       positive(order), der::integer(1)});
    return der::sequence({der::sequence({oid("1.2.840.10045.2.1"), parameters}), der::bit_string(point)});
}

Bytes forged_signature(EVP_PKEY* key, ByteView message) {
    const Bytes hash = sha256(message);
    const bssl::UniquePtr<BIGNUM> digest(BN_bin2bn(hash.data(), hash.size(), nullptr));
    const bssl::UniquePtr<ECDSA_SIG> signature(ECDSA_SIG_new());
    bssl::UniquePtr<BIGNUM> r(BN_new()), s(BN_new());
    if (!make_signature(ec_of(key), digest.get(), r.get(), s.get()) ||
        !ECDSA_SIG_set0(signature.get(), r.get(), s.get()))
        throw std::runtime_error("BoringSSL could not forge a signature");
    r.release();  // they are the signature's now
    s.release();
    std::uint8_t* data = nullptr;
    std::size_t size = 0;
    if (!ECDSA_SIG_to_bytes(&data, &size, signature.get())) throw std::bad_alloc();
    const bssl::UniquePtr<std::uint8_t> owner(data);
    return {data, data + size};
}

}  // namespace guise::pki
