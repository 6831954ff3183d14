#include "pki/bundle.hpp"

#include "pki/support.hpp"

#include <openssl/bio.h>
#include <openssl/pem.h>

namespace guise::pki::bundle_test {

using namespace guise::pki::test;

namespace {

// A good chain with its root, as `guise mint` writes it.
Bundle good(const std::string& recipe = "leaf") {
    const Chain chain = minted(recipe);
    return {chain.presentation->key, whole(chain)};
}

std::string key_text(const Bundle& bundle) {
    const std::string text = to_pem(bundle).value();
    return text.substr(0, text.find("-----BEGIN CERTIFICATE"));
}

std::string chain_text(const Bundle& bundle) {
    return to_pem(bundle).value().substr(key_text(bundle).size());
}

std::string encrypted_key(const Bundle& bundle) {
    const bssl::UniquePtr<BIO> bio(BIO_new(BIO_s_mem()));
    char password[] = "secret";
    PEM_write_bio_PKCS8PrivateKey(bio.get(), bundle.key.get(), EVP_aes_256_cbc(), password, 6, nullptr,
                                  nullptr);
    const std::uint8_t* data = nullptr;
    std::size_t size = 0;
    BIO_mem_contents(bio.get(), &data, &size);
    return {reinterpret_cast<const char*>(data), size};
}

std::string problem_of(const std::string& text) { return problems(read_bundle(text, "cert.pem")); }

}  // namespace

TEST_CASE("what is written is read again", "[pki][bundle]") {
    const auto* recipe = GENERATE("leaf", "root-leaf", "self-signed");
    const Bundle bundle = good(recipe);
    const auto read = read_bundle(to_pem(bundle).value(), "cert.pem");
    REQUIRE(problems(read).empty());
    CHECK(read->chain == bundle.chain);
    CHECK(EVP_PKEY_cmp(read->key.get(), bundle.key.get()) == 1);
}

TEST_CASE("the key may stand after the chain", "[pki][bundle]") {
    const Bundle bundle = good();
    CHECK(problem_of(chain_text(bundle) + key_text(bundle)).empty());
}

TEST_CASE("a chain may leave its root out", "[pki][bundle]") {
    Bundle bundle = good();
    bundle.chain.pop_back();
    CHECK(problem_of(to_pem(bundle).value()).empty());
}

TEST_CASE("a file without a key says so", "[pki][bundle]") {
    CHECK(problem_of(chain_text(good())) ==
          "cert.pem: expected a PRIVATE KEY block beside the chain, found none\n");
}

TEST_CASE("a file without a certificate says so", "[pki][bundle]") {
    CHECK(problem_of(key_text(good())) ==
          "cert.pem: expected a CERTIFICATE block beside the key, found none\n");
}

TEST_CASE("a second key is named with its line", "[pki][bundle]") {
    const Bundle bundle = good();
    const std::string found = problem_of(key_text(bundle) + key_text(good()) + chain_text(bundle));
    CHECK(found == "cert.pem:6:1: expected one private key, found a second one\n");
}

TEST_CASE("an encrypted key is refused, not asked for", "[pki][bundle]") {
    const Bundle bundle = good();
    CHECK_THAT(problem_of(encrypted_key(bundle) + chain_text(bundle)),
               Catch::StartsWith("cert.pem:1:1: expected a private key that is not encrypted"));
}

TEST_CASE("a key block that is no key is named with its line", "[pki][bundle]") {
    const std::string broken =
        "-----BEGIN PRIVATE"
        " KEY-----\nAAAA\n-----END PRIVATE"
        " KEY-----\n";
    CHECK_THAT(problem_of("\n\n" + broken + chain_text(good())),
               Catch::StartsWith("cert.pem:3:1: expected a private key in PEM"));
}

TEST_CASE("a million beginnings of blocks are refused after a thousand", "[pki][bundle]") {
    std::string text;
    for (int i = 0; i < 1'000'000; ++i) text += "-----BEGIN \n";
    CHECK(test::problems(read_bundle(text, "f.pem")) ==
          "f.pem:1001:1: expected at most 1000 blocks of PEM, found more\n");
}

TEST_CASE("the key of another certificate is told by its subject", "[pki][bundle]") {
    CHECK_THAT(problem_of(key_text(good()) + chain_text(good())),
               Catch::StartsWith("cert.pem:6:1: expected the certificate of the private key first, found "
                                 "O=guise, which has another key"));
}

TEST_CASE("a chain out of order names the issuer that is missing", "[pki][bundle]") {
    Bundle bundle = good();
    std::swap(bundle.chain[1], bundle.chain[2]);
    CHECK_THAT(problem_of(to_pem(bundle).value()),
               Catch::Contains(
                   "expected the issuer of the certificate before it, CN=UNTRUSTED guise intermediate") &&
                   Catch::Contains("found CN=UNTRUSTED guise run root"));
}

TEST_CASE("a leaf alone is no chain", "[pki][bundle]") {
    Bundle bundle = good();
    bundle.chain.resize(1);
    CHECK_THAT(problem_of(to_pem(bundle).value()),
               Catch::Contains("expected the entire chain: the issuer, CN=UNTRUSTED") &&
                   Catch::Contains("found the leaf alone"));
}

TEST_CASE("a private key is found in a text, and a passphrase is never asked for", "[pki][bundle]") {
    const Bundle bundle = good();
    const Key key = key_from_pem("a text before\n" + key_text(bundle));
    REQUIRE(key);
    CHECK(EVP_PKEY_cmp(key.get(), bundle.key.get()) == 1);
    CHECK_FALSE(key_from_pem(chain_text(bundle)));
    CHECK_FALSE(key_from_pem(encrypted_key(bundle)));
    CHECK_FALSE(key_from_pem(""));
}

TEST_CASE("a key that no file can hold is an error, and no file without a key", "[pki][bundle]") {
    Bundle bundle = good();
    for (const Algorithm algorithm : {Algorithm::rsa2048_e1, Algorithm::rsa2048_long_e}) {
        bundle.key = make_key(algorithm);
        CHECK_THAT(
            problems(to_pem(bundle, "leaf")),
            Catch::StartsWith("leaf: expected a key with its two primes") && Catch::Contains("2048 bits"));
    }
    for (const Algorithm algorithm : {Algorithm::rsa8192, Algorithm::rsa2048_e3}) {
        bundle.key = make_key(algorithm);
        CHECK(to_pem(bundle).has_value());
    }
}

}  // namespace guise::pki::bundle_test
