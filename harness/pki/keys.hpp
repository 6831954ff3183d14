// Private keys: made when first asked for, kept for the run, and for RSA kept per user across runs.
#pragma once

#include "base/bytes.hpp"
#include "base/problem.hpp"
#include "base/words.hpp"

#include <openssl/base.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace guise::pki {

/// The key algorithms of the recipes.
enum class Algorithm {
    p256,
    p384,
    p521,
    ed25519,
    rsa512,
    rsa1024,
    rsa2048,
    rsa3072,
    rsa4096,
    rsa8192,
    rsa2048_e1,       // public exponent 1: no key at all (RFC 8017 3.1); see pki/exponent.hpp
    rsa2048_e3,       // public exponent 3, the smallest that there is
    rsa2048_long_e,   // public exponent of 49 bits, more than some verifiers compute with
    rsa2048_start_1,  // two keys of a run whose moduli begin alike; see pki/twins.hpp
    rsa2048_start_2,
    rsa2048_hash_1,  // two keys of a run whose hashes begin alike
    rsa2048_hash_2
};
constexpr auto words(Algorithm) {
    return std::to_array<std::string_view>({"p256", "p384", "p521", "ed25519", "rsa512", "rsa1024", "rsa2048",
                                            "rsa3072", "rsa4096", "rsa8192", "rsa2048-e1", "rsa2048-e3",
                                            "rsa2048-long-e", "rsa2048-start-1", "rsa2048-start-2",
                                            "rsa2048-hash-1", "rsa2048-hash-2"});
}

using Key = std::shared_ptr<EVP_PKEY>;

/// Whether a key of this algorithm is one of two that a run makes together.
[[nodiscard]] constexpr bool is_twin(Algorithm algorithm) { return algorithm >= Algorithm::rsa2048_start_1; }

/// Makes a key. Never fails for an algorithm of the list. A twin comes without the other one.
[[nodiscard]] Key make_key(Algorithm algorithm);

/// SubjectPublicKeyInfo in DER (RFC 5280 4.1.2.7), as the library knows the key: for two of the algorithms
/// not what certificates say.
[[nodiscard]] Bytes public_key_info(EVP_PKEY* key);

/// The public half of a key as certificates repeat it. Encoding it costs a quarter of a signature: once is
/// enough.
struct PublicKey {
    /// `algorithm`: the one that the key was made for.
    PublicKey(EVP_PKEY* key, Algorithm algorithm);
    explicit PublicKey(Bytes key_info);

    Bytes info;        // SubjectPublicKeyInfo in DER
    Bytes identifier;  // SHA-1 of the subjectPublicKey bits: RFC 5280 4.2.1.2 (1)
};

/// Where a key may be kept.
enum class Keep {
    per_user,  // RSA keys in the cache folder: a leaf's key proves nothing by itself
    memory     // never on the disk: who has an issuer's key can make certificates
};

/// Hands out keys by name: the same name and algorithm, the same key. Of twins there are two in a pool,
/// whatever the name.
///
/// RSA keys up to 4096 bits take long to make, so they are read from and added to a per-user cache folder
/// (0700, files 0600), each used under one name only within a run. A cache that cannot be read or written,
/// or that others can write, is no error: keys are made.
///
/// Threads: one object, one thread. Several processes may share a cache folder.
class KeyPool final {
 public:
    /// `cache` empty: no files are read or written.
    explicit KeyPool(std::filesystem::path cache = {});

    /// `keep` matters only when the name is asked for first.
    Key get(const std::string& name, Algorithm algorithm, Keep keep = Keep::per_user);
    /// Lets go of the keys whose names begin so. Who has one keeps it.
    void forget(const std::string& beginning);

 private:
    Key make_or_load(Algorithm algorithm);
    Key make_or_load_ordinary(Algorithm algorithm);
    Key twin(Algorithm algorithm);

    std::filesystem::path cache_;
    std::map<std::pair<std::string, Algorithm>, Key> keys_;
    std::map<Algorithm, Key> twins_;
    std::map<Algorithm, int> taken_;  // how many of the cached RSA keys of this kind are in use
};

}  // namespace guise::pki
