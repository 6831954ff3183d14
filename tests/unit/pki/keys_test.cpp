#include "pki/keys.hpp"

#include "pki/signature.hpp"
#include "pki/support.hpp"

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <sys/stat.h>

namespace guise::pki::keys_test {

using test::Folder;

namespace {
mode_t permissions(const std::filesystem::path& path) {
    struct stat info {};
    REQUIRE(::lstat(path.c_str(), &info) == 0);
    return info.st_mode & 07777;
}
bool same(const Key& one, const Key& other) {
    return public_key_info(one.get()) == public_key_info(other.get());
}
}  // namespace

TEST_CASE("every algorithm makes a key of its size", "[pki][keys]") {
    CHECK(EVP_PKEY_bits(make_key(Algorithm::p256).get()) == 256);
    CHECK(EVP_PKEY_bits(make_key(Algorithm::p384).get()) == 384);
    CHECK(EVP_PKEY_bits(make_key(Algorithm::p521).get()) == 521);
    CHECK(EVP_PKEY_id(make_key(Algorithm::ed25519).get()) == EVP_PKEY_ED25519);
    CHECK(EVP_PKEY_bits(make_key(Algorithm::rsa1024).get()) == 1024);
    CHECK(EVP_PKEY_bits(make_key(Algorithm::rsa2048).get()) == 2048);
}

TEST_CASE("the same name and algorithm is the same key", "[pki][keys]") {
    KeyPool pool;
    CHECK(pool.get("a", Algorithm::p256) == pool.get("a", Algorithm::p256));
    CHECK_FALSE(same(pool.get("a", Algorithm::p256), pool.get("b", Algorithm::p256)));
    CHECK_FALSE(same(pool.get("a", Algorithm::p256), pool.get("a", Algorithm::p384)));
}

TEST_CASE("RSA keys come back in the next run, each under one name", "[pki][keys]") {
    const Folder folder;
    KeyPool first(folder.path / "keys"), second(folder.path / "keys");
    const Key a = first.get("a", Algorithm::rsa1024);
    const Key b = first.get("b", Algorithm::rsa1024);
    CHECK_FALSE(same(a, b));
    CHECK(same(a, second.get("x", Algorithm::rsa1024)));
    CHECK(same(b, second.get("y", Algorithm::rsa1024)));
    CHECK_FALSE(same(b, second.get("z", Algorithm::rsa1024)));
}

TEST_CASE("the cache is for its owner alone, and holds complete files only", "[pki][keys]") {
    const Folder folder;
    KeyPool(folder.path / "deep" / "keys").get("a", Algorithm::rsa1024);
    CHECK(permissions(folder.path / "deep" / "keys") == 0700);
    std::size_t files = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder.path / "deep" / "keys")) {
        CHECK(file.path().filename() == "rsa1024-0.key");
        CHECK(permissions(file.path()) == 0600);
        ++files;
    }
    CHECK(files == 1);
}

TEST_CASE("a key that must stay in memory leaves no file, nor does an EC key", "[pki][keys]") {
    const Folder folder;
    KeyPool pool(folder.path / "keys");
    pool.get("issuer", Algorithm::rsa1024, Keep::memory);
    pool.get("leaf", Algorithm::p256);
    CHECK_FALSE(std::filesystem::exists(folder.path / "keys" / "rsa1024-0.key"));
}

TEST_CASE("a corrupt cache file is ignored and replaced", "[pki][keys]") {
    const Folder folder;
    const auto cache = folder.path / "keys";
    KeyPool(cache).get("a", Algorithm::rsa1024);
    folder.write("keys/rsa1024-0.key", "no key");
    const Key made = KeyPool(cache).get("a", Algorithm::rsa1024);
    CHECK(EVP_PKEY_bits(made.get()) == 1024);
    CHECK(ERR_peek_error() == 0);
    CHECK(same(made, KeyPool(cache).get("a", Algorithm::rsa1024)));
}

TEST_CASE("a key of another size under the file's name is not used", "[pki][keys]") {
    const Folder folder;
    const auto cache = folder.path / "keys";
    KeyPool(cache).get("a", Algorithm::rsa1024);
    std::filesystem::rename(cache / "rsa1024-0.key", cache / "rsa2048-0.key");
    CHECK(EVP_PKEY_bits(KeyPool(cache).get("a", Algorithm::rsa2048).get()) == 2048);
}

TEST_CASE("a key of another exponent under the file's name is not used", "[pki][keys]") {
    const Folder folder;
    const auto cache = folder.path / "keys";
    const Key other = KeyPool(cache).get("a", Algorithm::rsa2048);
    std::filesystem::rename(cache / "rsa2048-0.key", cache / "rsa2048-e3-0.key");
    const Key key = KeyPool(cache).get("a", Algorithm::rsa2048_e3);
    CHECK(BN_is_word(RSA_get0_e(EVP_PKEY_get0_RSA(key.get())), 3));
    CHECK_FALSE(same(key, other));
}

TEST_CASE("the cache keeps the ordinary half of a key whose exponent is not", "[pki][keys]") {
    const Folder folder;
    const auto cache = folder.path / "keys";
    const Key key = KeyPool(cache).get("a", Algorithm::rsa2048_e1);
    CHECK(same(key, KeyPool(cache).get("a", Algorithm::rsa2048)));
    CHECK(same(key, KeyPool(cache).get("a", Algorithm::rsa2048_long_e)));
}

TEST_CASE("a cache that others can look into is closed to them and used", "[pki][keys]") {
    const Folder folder;
    std::filesystem::create_directory(folder.path / "seen");
    std::filesystem::permissions(folder.path / "seen", std::filesystem::perms(0755));
    CHECK(KeyPool(folder.path / "seen").get("a", Algorithm::rsa1024));
    CHECK(permissions(folder.path / "seen") == 0700);
    CHECK_FALSE(std::filesystem::is_empty(folder.path / "seen"));
}

TEST_CASE("a cache that others can write is not used, and one that cannot be made is no error",
          "[pki][keys]") {
    const Folder folder;
    folder.write("file", "in the way");
    std::filesystem::create_directory(folder.path / "open");
    std::filesystem::permissions(folder.path / "open", std::filesystem::perms(0775));
    CHECK(KeyPool(folder.path / "open").get("a", Algorithm::rsa1024));
    CHECK(std::filesystem::is_empty(folder.path / "open"));
    CHECK(KeyPool(folder.path / "file" / "keys").get("a", Algorithm::rsa1024));
}

TEST_CASE("keys whose names begin so are let go, and no others", "[pki][keys]") {
    KeyPool pool;
    const Key gone = pool.get("case/1 leaf", Algorithm::p256);
    const Key kept = pool.get("case/10 leaf", Algorithm::p256);
    pool.forget("case/1 ");
    CHECK_FALSE(same(pool.get("case/1 leaf", Algorithm::p256), gone));
    CHECK(pool.get("case/10 leaf", Algorithm::p256) == kept);
    CHECK(EVP_PKEY_bits(gone.get()) == 256);  // who has one keeps it
}

TEST_CASE("a key of 8192 bits signs as any other, and is in no file", "[pki][keys]") {
    const test::Folder folder;
    const Key key = KeyPool(folder.path / "keys").get("a", Algorithm::rsa8192);
    CHECK(EVP_PKEY_bits(key.get()) == 8192);
    CHECK_FALSE(std::filesystem::exists(folder.path / "keys"));
    const ByteView message = as_bytes("text");
    for (const SignatureAlgorithm signature :
         {SignatureAlgorithm::rsa_sha256, SignatureAlgorithm::rsa_pss_sha256})
        CHECK(verifies(key.get(), signature, message, sign(key.get(), signature, message)));
}

TEST_CASE("every key of 8192 bits signs, whichever of its factors was made first", "[pki][keys]") {
    const ByteView message = as_bytes("text");
    for (int i = 0; i < 4; ++i) {
        const Key key = make_key(Algorithm::rsa8192);
        CHECK(verifies(key.get(), SignatureAlgorithm::rsa_sha256, message,
                       sign(key.get(), SignatureAlgorithm::rsa_sha256, message)));
    }
}

TEST_CASE("a key of 512 bits signs, where the signature fits into it", "[pki][keys]") {
    const Key key = make_key(Algorithm::rsa512);
    CHECK(EVP_PKEY_bits(key.get()) == 512);
    const ByteView message = as_bytes("text");
    CHECK(verifies(key.get(), SignatureAlgorithm::rsa_sha256, message,
                   sign(key.get(), SignatureAlgorithm::rsa_sha256, message)));
}

}  // namespace guise::pki::keys_test
