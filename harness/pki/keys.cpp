// The RSA cache is a convenience and never a source of trouble. Its files are `rsa2048-0.key`,
// `rsa2048-1.key` and so on, PKCS #8 in DER; a run takes them in order, one for each name that asks. A file
// is complete when it is there, because it is written beside its place and renamed; one that does not hold a
// key of the right size is ignored and replaced. Two processes that make the same file at once both have a
// good key, and the last one stays.
#include "pki/keys.hpp"

#include "base/read_file.hpp"
#include "pki/digest.hpp"
#include "pki/exponent.hpp"
#include "pki/twins.hpp"

#include <fmt/format.h>
#include <openssl/bn.h>
#include <openssl/bytestring.h>
#include <openssl/ec_key.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/mem.h>
#include <openssl/nid.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#include <array>
#include <fcntl.h>
#include <optional>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

namespace guise::pki {

namespace {

// Key making fails only when the machine does: no memory, no random bytes.
void require(bool done, const char* what) {
    if (!done) throw std::runtime_error(fmt::format("BoringSSL could not {}", what));
}

Key shared(bssl::UniquePtr<EVP_PKEY> key) { return Key(key.release(), EVP_PKEY_free); }

int rsa_bits(Algorithm algorithm) {
    switch (algorithm) {
        case Algorithm::rsa512:
            return 512;
        case Algorithm::rsa1024:
            return 1024;
        case Algorithm::rsa2048:
        case Algorithm::rsa2048_e1:
        case Algorithm::rsa2048_e3:
        case Algorithm::rsa2048_long_e:
            return 2048;
        case Algorithm::rsa3072:
            return 3072;
        case Algorithm::rsa4096:
            return 4096;
        case Algorithm::rsa8192:
            return 8192;
        default:
            return 0;
    }
}

// What the exponent is of 65537, where the library makes no key for it.
std::optional<int> exponent_power(Algorithm algorithm) {
    if (algorithm == Algorithm::rsa2048_e1) return 0;
    if (algorithm == Algorithm::rsa2048_long_e) return 3;
    return std::nullopt;
}

// The key that is made and kept for one of this algorithm.
Algorithm ordinary(Algorithm algorithm) {
    return exponent_power(algorithm) || is_twin(algorithm) ? Algorithm::rsa2048 : algorithm;
}

Key make_ec(int curve) {
    bssl::UniquePtr<EC_KEY> ec(EC_KEY_new_by_curve_name(curve));
    bssl::UniquePtr<EVP_PKEY> key(EVP_PKEY_new());
    require(ec && key && EC_KEY_generate_key(ec.get()) && EVP_PKEY_set1_EC_KEY(key.get(), ec.get()),
            "make an EC key");
    return shared(std::move(key));
}

Key make_ed25519() {
    std::array<std::uint8_t, 32> seed;
    require(RAND_bytes(seed.data(), seed.size()), "read random octets");
    bssl::UniquePtr<EVP_PKEY> key(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
    OPENSSL_cleanse(seed.data(), seed.size());
    require(key != nullptr, "make an Ed25519 key");
    return shared(std::move(key));
}

// From here on two primes take minutes on a bad day, and a key is made of many small ones: a modulus does not
// show how many divide it (RFC 8017 section 3.1), and whoever finds them has a key that lives for one run.
constexpr int least_multi_prime = 8192;

// One of two factors of a modulus, each a product of primes: with two, the library signs four times as fast
// as without. It computes modulo each, and does not ask whether it is a prime.
struct Factor {
    bssl::UniquePtr<BIGNUM> product{BN_new()};
    bssl::UniquePtr<BIGNUM> totient{BN_new()};   // the product of the primes, each less one
    bssl::UniquePtr<BIGNUM> exponent{BN_new()};  // the private one, modulo the totient
};

// The last prime fills up what is missing; the product may still be a bit too short.
bool make_primes(int bits, Factor& out, BN_CTX* context) {
    constexpr int primes = 16;
    const bssl::UniquePtr<BIGNUM> prime(BN_new());
    bool good = prime && out.product && out.totient && out.exponent && BN_one(out.product.get()) &&
                BN_one(out.totient.get());
    for (int i = 1; good && i <= primes; ++i) {
        const int size = i < primes ? bits / primes : bits - static_cast<int>(BN_num_bits(out.product.get()));
        good = BN_generate_prime_ex(prime.get(), size, 0, nullptr, nullptr, nullptr) &&
               BN_mul(out.product.get(), out.product.get(), prime.get(), context) &&
               BN_sub_word(prime.get(), 1) &&
               BN_mul(out.totient.get(), out.totient.get(), prime.get(), context);
    }
    return good;
}

// A factor of that size whose primes go with the exponent.
Factor make_factor(int bits, const BIGNUM* exponent, BN_CTX* context) {
    Factor out;
    do {
        require(make_primes(bits, out, context), "make an RSA key");
        ERR_clear_error();
    } while (BN_num_bits(out.product.get()) != static_cast<unsigned>(bits) ||
             !BN_mod_inverse(out.exponent.get(), exponent, out.totient.get(), context));
    return out;
}

Key make_multi_prime_rsa(int bits) {
    const bssl::UniquePtr<BN_CTX> context(BN_CTX_new());
    bssl::UniquePtr<BIGNUM> n(BN_new()), totient(BN_new()), e(BN_new()), d(BN_new()), inverse(BN_new());
    require(context && n && totient && e && d && inverse && BN_set_word(e.get(), RSA_F4), "make an RSA key");
    Factor p, q;
    do {  // a bit too short, or a prime that divides both
        p = make_factor(bits / 2, e.get(), context.get());
        q = make_factor(bits / 2, e.get(), context.get());
        if (BN_cmp(p.product.get(), q.product.get()) < 0) std::swap(p, q);  // the library wants it so
        require(BN_mul(n.get(), p.product.get(), q.product.get(), context.get()) &&
                    BN_mul(totient.get(), p.totient.get(), q.totient.get(), context.get()),
                "make an RSA key");
        ERR_clear_error();
    } while (BN_num_bits(n.get()) != static_cast<unsigned>(bits) ||
             !BN_mod_inverse(inverse.get(), q.product.get(), p.product.get(), context.get()));
    const bssl::UniquePtr<RSA> rsa(RSA_new());
    bssl::UniquePtr<EVP_PKEY> key(EVP_PKEY_new());
    require(BN_mod_inverse(d.get(), e.get(), totient.get(), context.get()) && rsa && key &&
                RSA_set0_key(rsa.get(), n.get(), e.get(), d.get()) &&
                RSA_set0_factors(rsa.get(), p.product.get(), q.product.get()) &&
                RSA_set0_crt_params(rsa.get(), p.exponent.get(), q.exponent.get(), inverse.get()),
            "make an RSA key");
    for (bssl::UniquePtr<BIGNUM>* taken :
         {&n, &e, &d, &p.product, &q.product, &p.exponent, &q.exponent, &inverse})
        taken->release();  // they are the key's now
    require(EVP_PKEY_set1_RSA(key.get(), rsa.get()), "make an RSA key");
    return shared(std::move(key));
}

// Of the keys that the library makes.
BN_ULONG public_exponent(Algorithm algorithm) { return algorithm == Algorithm::rsa2048_e3 ? RSA_3 : RSA_F4; }

Key make_rsa(Algorithm algorithm) {
    const int bits = rsa_bits(algorithm);
    if (bits >= least_multi_prime) return make_multi_prime_rsa(bits);
    bssl::UniquePtr<RSA> rsa(RSA_new());
    bssl::UniquePtr<BIGNUM> exponent(BN_new());
    bssl::UniquePtr<EVP_PKEY> key(EVP_PKEY_new());
    require(rsa && exponent && key && BN_set_word(exponent.get(), public_exponent(algorithm)) &&
                RSA_generate_key_ex(rsa.get(), bits, exponent.get(), nullptr) &&
                EVP_PKEY_set1_RSA(key.get(), rsa.get()),
            "make an RSA key");
    return shared(std::move(key));
}

// One of many primes is made as fast as it is read, and PKCS #8 has no place for it.
bool is_cached(Algorithm algorithm) {
    const int bits = rsa_bits(algorithm);
    return bits != 0 && bits < least_multi_prime;
}

// The folder exists, is ours, and only we can use it. One that others could only look into is closed to them:
// it holds nothing that somebody else has put there.
bool is_private_folder(const std::filesystem::path& folder) {
    std::error_code ignored;
    if (folder.has_parent_path()) std::filesystem::create_directories(folder.parent_path(), ignored);
    ::mkdir(folder.c_str(), 0700);
    struct stat info {};
    if (::lstat(folder.c_str(), &info) != 0 || !S_ISDIR(info.st_mode) || info.st_uid != ::geteuid())
        return false;
    const mode_t others = info.st_mode & 0077;
    return others == 0 || ((others & 0022) == 0 && ::chmod(folder.c_str(), 0700) == 0);
}

Key read_rsa(const std::filesystem::path& file, Algorithm algorithm) {
    constexpr std::size_t most = 64 * 1024;
    const std::string der = read_part(file, 0, most);
    CBS cbs;
    CBS_init(&cbs, as_bytes(der).data(), der.size());
    bssl::UniquePtr<EVP_PKEY> key(EVP_parse_private_key(&cbs));
    if (!key || CBS_len(&cbs) != 0 || EVP_PKEY_id(key.get()) != EVP_PKEY_RSA) return nullptr;
    const RSA* rsa = EVP_PKEY_get0_RSA(key.get());
    if (EVP_PKEY_bits(key.get()) != rsa_bits(algorithm) ||
        !BN_is_word(RSA_get0_e(rsa), public_exponent(algorithm)) || !RSA_check_key(rsa))
        return nullptr;
    return shared(std::move(key));
}

bool write_all(int descriptor, ByteView bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

void write_key(const std::filesystem::path& file, EVP_PKEY* key) {
    bssl::ScopedCBB cbb;
    std::uint8_t* data = nullptr;
    std::size_t size = 0;
    if (!CBB_init(cbb.get(), 2048) || !EVP_marshal_private_key(cbb.get(), key) ||
        !CBB_finish(cbb.get(), &data, &size))
        return;
    const bssl::UniquePtr<std::uint8_t> owner(data);
    const std::string beside = fmt::format("{}.{}.new", file.string(), ::getpid());
    const int descriptor = ::open(beside.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return;
    const bool written = write_all(descriptor, {data, size});
    const bool closed = ::close(descriptor) == 0;
    if (!written || !closed || ::rename(beside.c_str(), file.c_str()) != 0) ::unlink(beside.c_str());
}

}  // namespace

Key make_key(Algorithm algorithm) {
    if (const auto power = exponent_power(algorithm))
        return with_exponent_power(make_key(ordinary(algorithm)), *power);
    if (is_twin(algorithm)) return make_key(ordinary(algorithm));
    switch (algorithm) {
        case Algorithm::p256:
            return make_ec(NID_X9_62_prime256v1);
        case Algorithm::p384:
            return make_ec(NID_secp384r1);
        case Algorithm::p521:
            return make_ec(NID_secp521r1);
        case Algorithm::ed25519:
            return make_ed25519();
        default:
            return make_rsa(algorithm);
    }
}

Bytes public_key_info(EVP_PKEY* key) {
    bssl::ScopedCBB cbb;
    std::uint8_t* data = nullptr;
    std::size_t size = 0;
    require(CBB_init(cbb.get(), 128) && EVP_marshal_public_key(cbb.get(), key) &&
                CBB_finish(cbb.get(), &data, &size),
            "encode a public key");
    const bssl::UniquePtr<std::uint8_t> owner(data);
    return Bytes(data, data + size);
}

PublicKey::PublicKey(EVP_PKEY* key, Algorithm algorithm)
    : PublicKey(exponent_power(algorithm) ? key_info_with_exponent(key, *exponent_power(algorithm))
                                          : public_key_info(key)) {}

PublicKey::PublicKey(Bytes key_info) : info(std::move(key_info)) {
    CBS cbs, sequence, bits;
    CBS_init(&cbs, info.data(), info.size());
    std::uint8_t unused = 0;
    require(CBS_get_asn1(&cbs, &sequence, CBS_ASN1_SEQUENCE) &&
                CBS_get_asn1(&sequence, nullptr, CBS_ASN1_SEQUENCE) &&
                CBS_get_asn1(&sequence, &bits, CBS_ASN1_BITSTRING) && CBS_get_u8(&bits, &unused),
            "read a public key back");
    identifier = sha1({CBS_data(&bits), CBS_len(&bits)});
}

KeyPool::KeyPool(std::filesystem::path cache) : cache_(std::move(cache)) {}

Key KeyPool::get(const std::string& name, Algorithm algorithm, Keep keep) {
    if (is_twin(algorithm)) return twin(algorithm);
    Key& key = keys_[{name, algorithm}];
    if (!key) {
        const bool may_load = keep == Keep::per_user && is_cached(algorithm) && !cache_.empty();
        key = may_load ? make_or_load(algorithm) : make_key(algorithm);
    }
    return key;
}

void KeyPool::forget(const std::string& beginning) {
    std::erase_if(keys_, [&](const auto& kept) { return kept.first.first.starts_with(beginning); });
}

// Both of them are made when the first is asked for.
Key KeyPool::twin(Algorithm algorithm) {
    if (const auto known = twins_.find(algorithm); known != twins_.end()) return known->second;
    const bool by_start = algorithm <= Algorithm::rsa2048_start_2;
    Key first = get("twin", Algorithm::rsa2048);
    const auto [one, other] =
        by_start ? with_same_start(first) : with_same_hash(first, get("other twin", Algorithm::rsa2048));
    twins_[by_start ? Algorithm::rsa2048_start_1 : Algorithm::rsa2048_hash_1] = one;
    twins_[by_start ? Algorithm::rsa2048_start_2 : Algorithm::rsa2048_hash_2] = other;
    return twins_.at(algorithm);
}

Key KeyPool::make_or_load(Algorithm algorithm) {
    const Algorithm kept = ordinary(algorithm);
    Key key = make_or_load_ordinary(kept);
    const auto power = exponent_power(algorithm);
    return power ? with_exponent_power(std::move(key), *power) : key;
}

Key KeyPool::make_or_load_ordinary(Algorithm algorithm) {
    if (!is_private_folder(cache_)) return make_key(algorithm);
    const auto file = cache_ / fmt::format("{}-{}.key", word(algorithm), taken_[algorithm]++);
    if (Key key = read_rsa(file, algorithm)) return key;
    ERR_clear_error();  // a bad file is no error, and must not look like one of the next TLS call
    Key key = make_key(algorithm);
    write_key(file, key.get());
    return key;
}

}  // namespace guise::pki
