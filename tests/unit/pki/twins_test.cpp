#include "pki/twins.hpp"

#include "pki/digest.hpp"
#include "pki/support.hpp"

#include <openssl/evp.h>
#include <openssl/rsa.h>

namespace guise::pki::twins_test {
namespace {

Bytes modulus(const Key& key) {
    const BIGNUM* n = RSA_get0_n(EVP_PKEY_get0_RSA(key.get()));
    Bytes out(BN_num_bytes(n));
    BN_bn2bin(n, out.data());
    return out;
}

Bytes start(Bytes octets, int size) {
    octets.resize(static_cast<std::size_t>(size));
    return octets;
}

Bytes hash(const Key& key) { return sha256(public_key_info(key.get())); }

bool works(const Key& key) { return RSA_check_key(EVP_PKEY_get0_RSA(key.get())) == 1; }

}  // namespace

TEST_CASE("a second key begins as the first one does", "[pki][twins]") {
    const Key given = make_key(Algorithm::rsa2048);
    const auto [first, second] = with_same_start(given);
    CHECK(first == given);
    CHECK(start(modulus(first), same_start) == start(modulus(second), same_start));
    CHECK(modulus(first) != modulus(second));
    CHECK(works(second));
    CHECK(EVP_PKEY_bits(second.get()) == 2048);
}

TEST_CASE("the hashes of two keys with other moduli begin alike", "[pki][twins]") {
    const Key one = make_key(Algorithm::rsa2048), other = make_key(Algorithm::rsa2048);
    const auto [first, second] = with_same_hash(one, other);
    CHECK(start(hash(first), same_hash) == start(hash(second), same_hash));
    CHECK(hash(first) != hash(second));
    CHECK(modulus(first) == modulus(one));
    CHECK(modulus(second) == modulus(other));
    CHECK(works(first));
    CHECK(works(second));
}

TEST_CASE("a pool has two keys of each kind of twins, whatever the names", "[pki][twins]") {
    KeyPool pool;
    const Key first = pool.get("a", Algorithm::rsa2048_hash_1);
    const Key second = pool.get("b", Algorithm::rsa2048_hash_2);
    CHECK(first == pool.get("c", Algorithm::rsa2048_hash_1));
    CHECK(start(hash(first), same_hash) == start(hash(second), same_hash));
    CHECK(start(modulus(pool.get("a", Algorithm::rsa2048_start_1)), same_start) ==
          start(modulus(pool.get("a", Algorithm::rsa2048_start_2)), same_start));
}

}  // namespace guise::pki::twins_test
