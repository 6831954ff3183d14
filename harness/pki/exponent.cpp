// The library pads and hashes as for any key, and leaves the exponentiation to a method that does it as often
// as is wanted with the ordinary key.
#include "pki/exponent.hpp"

#include "pki/der.hpp"

#include <openssl/bn.h>
#include <openssl/engine.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <stdexcept>

namespace guise::pki {

namespace {

void must_work(bool done) {
    if (!done) throw std::runtime_error("BoringSSL could not make an RSA key of another exponent");
}

struct Powered {
    std::shared_ptr<EVP_PKEY> ordinary;
    int power;
};

void free_powered(void*, void* powered, CRYPTO_EX_DATA*, int, long, void*) noexcept {
    delete static_cast<Powered*>(powered);
}

int powered_index() {
    static const int index = RSA_get_ex_new_index(0, nullptr, nullptr, nullptr, free_powered);
    return index;
}

int transform(RSA* rsa, std::uint8_t* out, const std::uint8_t* in, std::size_t size) noexcept {
    const auto& powered = *static_cast<const Powered*>(RSA_get_ex_data(rsa, powered_index()));
    RSA* ordinary = EVP_PKEY_get0_RSA(powered.ordinary.get());
    std::copy(in, in + size, out);
    for (int i = 0; i < powered.power; ++i) {
        std::size_t written = 0;
        if (!RSA_sign_raw(ordinary, &written, out, size, out, size, RSA_NO_PADDING)) return 0;
    }
    return 1;
}

const ENGINE* engine() {
    static const ENGINE* made = [] {
        static RSA_METHOD method{};
        method.common.is_static = 1;
        method.private_transform = transform;
        ENGINE* out = ENGINE_new();
        must_work(out && ENGINE_set_RSA_method(out, &method, sizeof method));
        return out;
    }();
    return made;
}

}  // namespace

std::shared_ptr<EVP_PKEY> with_exponent_power(std::shared_ptr<EVP_PKEY> ordinary, int power) {
    const RSA* known = EVP_PKEY_get0_RSA(ordinary.get());
    const bssl::UniquePtr<RSA> rsa(RSA_new_method(engine()));
    must_work(known && rsa);
    bssl::UniquePtr<BIGNUM> n(BN_dup(RSA_get0_n(known))), e(BN_dup(RSA_get0_e(known)));
    must_work(n && e && RSA_set0_key(rsa.get(), n.get(), e.get(), nullptr));
    n.release();  // they are the key's now
    e.release();
    must_work(RSA_set_ex_data(rsa.get(), powered_index(), new Powered{std::move(ordinary), power}));
    const bssl::UniquePtr<EVP_PKEY> key(EVP_PKEY_new());
    must_work(key && EVP_PKEY_set1_RSA(key.get(), rsa.get()));
    EVP_PKEY_up_ref(key.get());
    return {key.get(), EVP_PKEY_free};
}

Bytes key_info_with_exponent(EVP_PKEY* key, int power) {
    std::uint64_t exponent = 1;
    for (int i = 0; i < power; ++i) exponent *= RSA_F4;
    const BIGNUM* n = RSA_get0_n(EVP_PKEY_get0_RSA(key));
    Bytes modulus(BN_num_bytes(n) + 1);  // its first bit is set: a zero byte makes it positive
    must_work(BN_bn2bin_padded(modulus.data(), modulus.size(), n));
    const Bytes parts = der::sequence({der::element(CBS_ASN1_INTEGER, modulus), der::integer(exponent)});
    const Bytes rsa_encryption =
        der::sequence({der::oid("1.2.840.113549.1.1.1").value(), der::element(CBS_ASN1_NULL, {})});
    return der::sequence({rsa_encryption, der::bit_string(parts)});
}

}  // namespace guise::pki
