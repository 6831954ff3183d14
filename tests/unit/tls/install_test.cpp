#include "tls/install.hpp"

#include "kit.hpp"
#include "tls/server_context.hpp"

#include <catch2/catch.hpp>

namespace guise::tls::install_test {
namespace {

std::string problem_with(const Presentation& presentation) {
    LeafSwap leaf;
    const bssl::UniquePtr<SSL> ssl(SSL_new(&server_context()));
    return install(*ssl, presentation, leaf);
}

}  // namespace

TEST_CASE("a presentation of any key type is installed", "[tls][install]") {
    for (const auto& key : {kit::ec_key(), kit::rsa_key(), kit::make_ed25519_key(),
                            kit::make_ec_key(NID_secp384r1), kit::make_ec_key(NID_secp521r1)})
        CHECK(problem_with(kit::present(key)).empty());
}

TEST_CASE("a leaf that BoringSSL refuses is installed by its decoy", "[tls][install]") {
    Presentation shown = kit::present();
    shown.certificates.front().push_back(0);
    CHECK(problem_with(shown).empty());
    shown.certificates.front() = Bytes(200, 0xff);
    CHECK(problem_with(shown).empty());
    shown.certificates.front() = kit::make_certificate(kit::other_ec_key());  // does not match the key
    CHECK(problem_with(shown).empty());
}

TEST_CASE("what cannot be presented is said in words", "[tls][install]") {
    Presentation shown = kit::present();
    shown.certificates.front().resize(40);
    CHECK_THAT(problem_with(shown), Catch::Contains("40 bytes are no size of a decoy"));
    shown.certificates.clear();
    CHECK_THAT(problem_with(shown), Catch::Contains("chain is empty"));
    shown = kit::present();
    shown.key = nullptr;
    CHECK_THAT(problem_with(shown), Catch::Contains("no key"));
}

}  // namespace guise::tls::install_test
