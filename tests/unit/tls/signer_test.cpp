#include "tls/signer.hpp"

#include "kit.hpp"

#include <catch2/catch.hpp>

namespace guise::tls::signer_test {
namespace {

struct Outcome {
    std::string client_error;
    Transcript transcript;
};

Outcome handshake(const kit::Key& key, const kit::Key& other, SignatureFault fault, Versions versions) {
    Presentation shown = kit::present(key, versions);
    shown.other_key = other;
    shown.signature = fault;
    Engine engine(kit::always(shown), kit::ticking());
    kit::Client client;
    kit::converse(engine, client);
    return {client.error, engine.transcript()};
}

}  // namespace

TEST_CASE("a client finds that the handshake is not signed with the leaf's key", "[tls][signer]") {
    const auto versions = GENERATE(Versions::tls12, Versions::tls13);
    const auto fault = GENERATE(SignatureFault::wrong_key, SignatureFault::corrupted);
    CAPTURE(word(versions), word(fault));
    for (const Outcome& outcome :
         {handshake(kit::ec_key(), kit::other_ec_key(), fault, versions),
          handshake(kit::rsa_key(), kit::other_rsa_key(), fault, versions),
          handshake(kit::make_ed25519_key(), kit::make_ed25519_key(), fault, versions)}) {
        CHECK(outcome.client_error == "BAD_SIGNATURE");
        CHECK(outcome.transcript.certificate_sent);
        CHECK_FALSE(outcome.transcript.finished);
        REQUIRE_FALSE(outcome.transcript.alerts.empty());
        CHECK(outcome.transcript.alerts.back().description == 51);
    }
}

TEST_CASE("a fault without its key ends the handshake on our side", "[tls][signer]") {
    const Outcome outcome = handshake(kit::ec_key(), nullptr, SignatureFault::wrong_key, Versions::tls13);
    CHECK_FALSE(outcome.transcript.finished);
    CHECK_FALSE(outcome.transcript.error.empty());
}

TEST_CASE("a key signs only under schemes of its type", "[tls][signer]") {
    const Bytes input(32, 7);
    CHECK(sign(*kit::ec_key(), SSL_SIGN_ECDSA_SECP256R1_SHA256, input));
    CHECK(sign(*kit::rsa_key(), SSL_SIGN_RSA_PSS_RSAE_SHA256, input)->size() == 256);
    CHECK(sign(*kit::make_ed25519_key(), SSL_SIGN_ED25519, input)->size() == 64);
    CHECK_FALSE(sign(*kit::ec_key(), SSL_SIGN_RSA_PSS_RSAE_SHA256, input));
    ERR_clear_error();
}

}  // namespace guise::tls::signer_test
