// A modulus that begins as another one: of its two primes the first is any, and the second is the next prime
// above the quotient, which is far more exact than the beginning has to be.
//
// A hash that begins as another one: the exponent is the last thing that is hashed, so a thousand of them are
// tried in the time that one key takes. Hashes of one modulus are kept until one of the other meets one of
// them.
#include "pki/twins.hpp"

#include "pki/der.hpp"

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <stdexcept>
#include <unordered_map>

namespace guise::pki {

namespace {

static_assert(same_hash == sizeof(std::uint32_t));

using Number = bssl::UniquePtr<BIGNUM>;

constexpr int bits = 2048;

void require_done(bool done) {
    if (!done) throw std::runtime_error("BoringSSL could not make an RSA key like another one");
}

Number number() {
    Number out(BN_new());
    require_done(out != nullptr);
    return out;
}

Number copy(const BIGNUM* of) {
    Number out(BN_dup(of));
    require_done(out != nullptr);
    return out;
}

Number less_one(const BIGNUM* of) {
    Number out = copy(of);
    require_done(BN_sub_word(out.get(), 1));
    return out;
}

// The key of two primes; null where the exponent does not go with them.
Key key_of(Number p, Number q, BN_ULONG exponent) {
    if (BN_cmp(p.get(), q.get()) < 0) std::swap(p, q);  // the library wants it so
    const bssl::UniquePtr<BN_CTX> context(BN_CTX_new());
    Number n = number(), e = number(), d = number(), dp = number(), dq = number(), inverse = number();
    const Number p1 = less_one(p.get()), q1 = less_one(q.get()), totient = number();
    require_done(context && BN_set_word(e.get(), exponent) &&
                 BN_mul(n.get(), p.get(), q.get(), context.get()) &&
                 BN_mul(totient.get(), p1.get(), q1.get(), context.get()));
    if (!BN_mod_inverse(d.get(), e.get(), totient.get(), context.get())) {
        ERR_clear_error();
        return nullptr;
    }
    const bssl::UniquePtr<RSA> rsa(RSA_new());
    const bssl::UniquePtr<EVP_PKEY> key(EVP_PKEY_new());
    require_done(BN_mod(dp.get(), d.get(), p1.get(), context.get()) &&
                 BN_mod(dq.get(), d.get(), q1.get(), context.get()) &&
                 BN_mod_inverse(inverse.get(), q.get(), p.get(), context.get()) && rsa && key &&
                 RSA_set0_key(rsa.get(), n.get(), e.get(), d.get()) &&
                 RSA_set0_factors(rsa.get(), p.get(), q.get()) &&
                 RSA_set0_crt_params(rsa.get(), dp.get(), dq.get(), inverse.get()));
    for (Number* taken : {&n, &e, &d, &p, &q, &dp, &dq, &inverse}) taken->release();  // the key's now
    require_done(EVP_PKEY_set1_RSA(key.get(), rsa.get()));
    EVP_PKEY_up_ref(key.get());
    return {key.get(), EVP_PKEY_free};
}

// A prime whose product with the other one begins as the modulus does; null where that would be too long.
Number second_prime(const BIGNUM* modulus, const BIGNUM* first, BN_CTX* context) {
    constexpr int open = bits - same_start * 8;  // bits that may differ
    Number beginning = number(), out = number(), rest = number();
    require_done(BN_rshift(beginning.get(), modulus, open) &&
                 BN_lshift(beginning.get(), beginning.get(), open) &&
                 BN_div(out.get(), rest.get(), beginning.get(), first, context) &&
                 BN_add_word(out.get(), BN_is_odd(out.get()) ? 2 : 1));
    if (BN_num_bits(out.get()) != bits / 2) return nullptr;
    while (BN_is_prime_fasttest_ex(out.get(), BN_prime_checks, context, 1, nullptr) != 1)
        require_done(BN_add_word(out.get(), 2));
    return out;
}

// Exponents for a modulus, with the hash of the key that has them.
class Exponents final {
 public:
    static constexpr BN_ULONG least = 0x40000001;  // four bytes, and none that a client calls too large

    explicit Exponents(const Key& key)
        : rsa_(EVP_PKEY_get0_RSA(key.get())), p1_(less_one(prime(0))), q1_(less_one(prime(1))) {
        Bytes modulus(bits / 8 + 1);  // its first bit is set: a zero byte makes it positive
        require_done(BN_bn2bin_padded(modulus.data(), modulus.size(), RSA_get0_n(rsa_)));
        const Bytes parts = der::sequence({der::element(CBS_ASN1_INTEGER, modulus), der::integer(least)});
        const Bytes algorithm =
            der::sequence({der::oid("1.2.840.113549.1.1.1").value(), der::element(CBS_ASN1_NULL, {})});
        const Bytes info = der::sequence({algorithm, der::bit_string(parts)});
        SHA256_Init(&hashed_);
        SHA256_Update(&hashed_, info.data(), info.size() - 4);  // all but the exponent
    }

    // Whether a key can have it.
    [[nodiscard]] bool fits(BN_ULONG exponent) const {
        return std::gcd(BN_mod_word(p1_.get(), exponent), exponent) == 1 &&
               std::gcd(BN_mod_word(q1_.get(), exponent), exponent) == 1;
    }
    // The first bytes of the key's hash.
    [[nodiscard]] std::uint32_t hash_start(BN_ULONG exponent) const {
        SHA256_CTX context = hashed_;
        std::array<std::uint8_t, 4> octets{};
        for (std::size_t i = 0; i < octets.size(); ++i)
            octets[i] = static_cast<std::uint8_t>(exponent >> (24 - 8 * i));
        std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
        SHA256_Update(&context, octets.data(), octets.size());
        SHA256_Final(digest.data(), &context);
        return std::uint32_t{digest[0]} << 24 | std::uint32_t{digest[1]} << 16 |
               std::uint32_t{digest[2]} << 8 | std::uint32_t{digest[3]};
    }
    [[nodiscard]] Key key(BN_ULONG exponent) const {
        return key_of(copy(prime(0)), copy(prime(1)), exponent);
    }

 private:
    [[nodiscard]] const BIGNUM* prime(int which) const {
        const BIGNUM *p = nullptr, *q = nullptr;
        RSA_get0_factors(rsa_, &p, &q);
        return which == 0 ? p : q;
    }

    const RSA* rsa_;
    Number p1_, q1_;
    SHA256_CTX hashed_{};
};

}  // namespace

std::pair<Key, Key> with_same_start(Key first) {
    const BIGNUM* modulus = RSA_get0_n(EVP_PKEY_get0_RSA(first.get()));
    const bssl::UniquePtr<BN_CTX> context(BN_CTX_new());
    require_done(context != nullptr);
    Key second;
    while (!second) {
        Number p = number();
        require_done(BN_generate_prime_ex(p.get(), bits / 2, 0, nullptr, nullptr, nullptr));
        Number q = second_prime(modulus, p.get(), context.get());
        if (q) second = key_of(std::move(p), std::move(q), RSA_F4);
    }
    return {std::move(first), std::move(second)};
}

std::pair<Key, Key> with_same_hash(const Key& first, const Key& second) {
    constexpr std::size_t kept = 1 << 17;  // enough for the other one to meet one of them after some 32,000
    const Exponents ours(first), theirs(second);
    std::unordered_map<std::uint32_t, BN_ULONG> known;
    known.reserve(kept);
    for (BN_ULONG exponent = Exponents::least; known.size() < kept; exponent += 2)
        if (ours.fits(exponent)) known.emplace(ours.hash_start(exponent), exponent);
    for (BN_ULONG exponent = Exponents::least;; exponent += 2) {
        const auto met = known.find(theirs.hash_start(exponent));
        if (met != known.end() && theirs.fits(exponent)) return {ours.key(met->second), theirs.key(exponent)};
    }
}

}  // namespace guise::pki
