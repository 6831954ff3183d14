#include "pki/inspect.hpp"

#include "pki/support.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <random>

namespace guise::pki::inspect_test {

using test::new_year;

namespace {

Chain chain_of(const Present& present) {
    static KeyPool keys;
    static Mint mint(test::repository(), keys, "7");
    return mint.mint(present, "scope", test::setting(), {"root"}).value();
}

}  // namespace

TEST_CASE("a leaf's facts are those of its recipe", "[pki][inspect]") {
    const Bytes der = chain_of({.leaf = "leaf"}).path.front().der;
    const CertificateFacts facts = inspect(der).value();
    CHECK(facts.subject == "O=guise");
    CHECK(facts.issuer == "CN=UNTRUSTED guise intermediate 7");
    CHECK(facts.names == std::vector<std::string>{"dns:srv.guise.test", "ip:127.0.0.1"});
    CHECK(facts.not_before == new_year - std::chrono::days(1));
    CHECK(facts.not_after == new_year + std::chrono::days(30));
    CHECK(facts.key == "p256");
    CHECK(facts.signature == "ecdsa-sha256");
    CHECK_FALSE(facts.is_ca);
    CHECK_FALSE(facts.self_signed);
}

TEST_CASE("fingerprints are digests of the octets", "[pki][inspect]") {
    const Chain chain = chain_of({.leaf = "leaf"});
    const Bytes& der = chain.path.front().der;
    const CertificateFacts facts = inspect(der).value();
    const auto digest = [](const EVP_MD* hash, ByteView octets) {
        Bytes out(EVP_MD_size(hash));
        EVP_Digest(octets.data(), octets.size(), out.data(), nullptr, hash, nullptr);
        return to_hex(out);
    };
    CHECK(facts.sha1 == digest(EVP_sha1(), der));
    CHECK(facts.sha256 == digest(EVP_sha256(), der));
    CHECK(facts.key_sha256 == digest(EVP_sha256(), public_key_info(chain.presentation->key.get())));
}

TEST_CASE("a root is a CA that signs itself", "[pki][inspect]") {
    const Chain chain = chain_of({.leaf = "leaf"});
    const CertificateFacts root = inspect(chain.path.back().der).value();
    CHECK(root.is_ca);
    CHECK(root.self_signed);
    const CertificateFacts intermediate = inspect(chain.path[1].der).value();
    CHECK(intermediate.is_ca);
    CHECK_FALSE(intermediate.self_signed);
}

TEST_CASE("equal names without a good signature are not self-signed", "[pki][inspect]") {
    const Bytes good = chain_of({.leaf = "self-signed"}).path.front().der;
    const Bytes bad =
        chain_of({.leaf = "self-signed", .defects = {{.name = "bad-signature"}}}).path.front().der;
    CHECK(inspect(good).value().self_signed);
    CHECK_FALSE(inspect(bad).value().self_signed);
    CHECK(inspect(bad).value().subject == inspect(bad).value().issuer);
}

TEST_CASE("a chain is read certificate by certificate", "[pki][inspect]") {
    const Chain chain = chain_of({.leaf = "leaf"});
    CHECK(inspect_chain(chain.presentation->certificates).value().size() == 2);
    const Bytes whole = chain.path.front().der;
    CHECK(test::problems(inspect_chain({whole, {0x30, 0x00}}, "x.pem")) ==
          "x.pem certificate 2: expected the signed part, found other octets (of 2)\n");
}

TEST_CASE("octets after the certificate are reported", "[pki][inspect]") {
    const Bytes der = chain_of({.leaf = "leaf", .defects = {{.name = "trailing-byte"}}}).path.front().der;
    CHECK(test::problems(inspect(der, "x")).starts_with("x: expected the end of the certificate, found"));
}

TEST_CASE("no cut of a certificate can be read, and none does harm", "[pki][inspect]") {
    const Bytes der = chain_of({.leaf = "leaf"}).path.front().der;
    for (std::size_t size = 0; size < der.size(); ++size)
        CHECK(inspect(ByteView(der).first(size)).has_error());
}

TEST_CASE("changed and random octets do no harm", "[pki][inspect]") {
    std::mt19937 random(20260101);
    const Bytes der = chain_of({.leaf = "leaf"}).path.front().der;
    std::size_t readable = 0;
    for (int round = 0; round < 4000; ++round) {
        Bytes octets = der;
        for (auto changes = random() % 3 + 1; changes != 0; --changes)
            octets[random() % octets.size()] = static_cast<std::uint8_t>(random());
        if (inspect(octets)) ++readable;
    }
    CHECK(readable > 100);  // most changes hit a value, not the frame
    for (int round = 0; round < 2000; ++round) {
        Bytes octets(random() % 200);
        for (std::uint8_t& octet : octets) octet = static_cast<std::uint8_t>(random());
        CHECK(inspect(octets).has_error());
    }
}

}  // namespace guise::pki::inspect_test
