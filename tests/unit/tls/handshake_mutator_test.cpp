#include "tls/handshake_mutator.hpp"

#include "kit.hpp"

#include <catch2/catch.hpp>

namespace guise::tls::handshake_mutator_test {
namespace {

struct Outcome {
    std::string client_error;
    Transcript transcript;
    MutationKind stopped = MutationKind::none;
    std::map<std::uint8_t, Bytes> seen;
};

using Prepare = void (*)(kit::Client&);

// A handshake, and a question of the client where it got so far.
Outcome handshake(Presentation shown, Prepare prepare = nullptr) {
    Engine engine(kit::always(std::move(shown)), kit::ticking());
    kit::Client client;
    if (prepare) prepare(client);
    kit::converse(engine, client);
    if (client.finished) client.send("question");
    kit::converse(engine, client);
    return {client.error, engine.transcript(), engine.stopped(), client.seen};
}

Presentation mutated(const Mutation& mutation, Versions versions) {
    Presentation out = kit::present(kit::ec_key(), versions);
    out.mutation = mutation;
    return out;
}

Outcome handshake(const Mutation& mutation, Versions versions, Prepare prepare = nullptr) {
    return handshake(mutated(mutation, versions), prepare);
}

constexpr auto both = {Versions::tls12, Versions::tls13};
const Bytes unasked{0xFA, 0xDE, 0, 4, 1, 2, 3, 4};
const Bytes h2{0, 16, 0, 5, 0, 3, 2, 'h', '2'};

void offer_h2(kit::Client& client) {
    const std::uint8_t offered[] = {2, 'h', '2'};
    SSL_set_alpn_protos(client.ssl(), offered, sizeof offered);
}

// A reader of zlib's stored form.
int decompress(SSL*, CRYPTO_BUFFER** out, std::size_t size, const std::uint8_t* in, std::size_t in_size) {
    if (in_size != 2 + 5 + size + 4) return 0;
    *out = CRYPTO_BUFFER_new(in + 7, size, nullptr);
    return 1;
}

void read_compressed(kit::Client& client) {
    SSL_CTX_add_cert_compression_alg(SSL_get_SSL_CTX(client.ssl()), 1, nullptr, decompress);
}

}  // namespace

TEST_CASE("each fault of the handshake is found for what it is", "[tls][mutator]") {
    struct Expected {
        Mutation mutation;
        const char* tls12;
        const char* tls13;
    };
    const auto cases = std::to_array<Expected>({
        {{MutationKind::corrupted_finished}, "DIGEST_CHECK_FAILED", "DIGEST_CHECK_FAILED"},
        {{MutationKind::empty_certificate}, "DECODE_ERROR", "PEER_DID_NOT_RETURN_A_CERTIFICATE"},
        {{MutationKind::extension, unasked}, "PARSE_TLSEXT", "PARSE_TLSEXT"},
        {{MutationKind::extension, h2}, "PARSE_TLSEXT", "PARSE_TLSEXT"},
        {{MutationKind::large_certificate}, "EXCESSIVE_MESSAGE_SIZE", "EXCESSIVE_MESSAGE_SIZE"},
        {{MutationKind::no_certificate}, "WRONG_CIPHER_RETURNED", nullptr},
        {{MutationKind::early_cipher_change}, "UNEXPECTED_RECORD", nullptr},
        {{MutationKind::heartbeat}, "UNEXPECTED_RECORD", nullptr},
    });
    for (const Expected& expected : cases)
        for (const Versions versions : both) {
            const char* error = versions == Versions::tls12 ? expected.tls12 : expected.tls13;
            if (!error) continue;
            CAPTURE(word(expected.mutation.kind), word(versions));
            const Outcome outcome = handshake(expected.mutation, versions);
            CHECK(outcome.client_error == error);
            CHECK(outcome.transcript.certificate_sent);
            CHECK(outcome.transcript.application.empty());
        }
}

TEST_CASE("a client that has asked for an extension goes on with it, on the same keys", "[tls][mutator]") {
    for (const Versions versions : both) {
        CAPTURE(word(versions));
        const Outcome outcome = handshake({MutationKind::extension, h2}, versions, offer_h2);
        CHECK(outcome.client_error.empty());
        CHECK(outcome.transcript.application == "question");
    }
}

TEST_CASE("a handshake in records of one octet is a handshake", "[tls][mutator]") {
    for (const Versions versions : both) {
        const Outcome outcome = handshake({MutationKind::one_octet_records}, versions);
        CHECK(outcome.client_error.empty());
        CHECK(outcome.transcript.application == "question");
        CHECK(outcome.transcript.bytes_out > 6 * outcome.seen.at(SSL3_MT_CERTIFICATE).size());
    }
}

TEST_CASE("a client that offers TLS 1.3 finds the mark of a downgrade", "[tls][mutator]") {
    const Outcome outcome = handshake({MutationKind::downgrade}, Versions::any);
    CHECK(outcome.client_error == "TLS13_DOWNGRADE");
    CHECK(outcome.transcript.version == "TLSv1.2");
    CHECK(outcome.transcript.certificate_sent);
    CHECK(outcome.transcript.hello->versions.front() == TLS1_3_VERSION);
}

TEST_CASE("a client that does not offer TLS 1.3 cannot be downgraded from it", "[tls][mutator]") {
    const Outcome outcome = handshake({MutationKind::downgrade}, Versions::any, [](kit::Client& client) {
        SSL_set_max_proto_version(client.ssl(), TLS1_2_VERSION);
    });
    CHECK(outcome.transcript.error == "the client does not offer TLS 1.3");
    CHECK_FALSE(outcome.transcript.certificate_sent);
    CHECK_FALSE(outcome.transcript.finished);
}

TEST_CASE("a scheme is said that the client has not offered, or that is not for the key", "[tls][mutator]") {
    for (const auto fault : {SignatureFault::md5, SignatureFault::sha1, SignatureFault::other_type})
        for (const Versions versions : both)
            for (const kit::Key& key : {kit::ec_key(), kit::rsa_key()}) {
                CAPTURE(word(fault), word(versions), EVP_PKEY_id(key.get()));
                Presentation shown = kit::present(key, versions);
                shown.signature = fault;
                const Outcome outcome = handshake(shown);
                // A scheme that was offered and does not fit the key: newer versions of BoringSSL look at the
                // key's type, older ones find the signature wrong.
                const bool offered = fault == SignatureFault::other_type;
                CHECK((outcome.client_error == "WRONG_SIGNATURE_TYPE" ||
                       (offered && outcome.client_error == "BAD_SIGNATURE")));
                CHECK(outcome.transcript.certificate_sent);
            }
}

TEST_CASE("a client that offers the other scheme goes on with it", "[tls][mutator]") {
    Presentation shown = kit::present(kit::ec_key(), Versions::tls12);
    shown.signature = SignatureFault::sha1;
    const Outcome outcome = handshake(shown, [](kit::Client& client) {
        constexpr std::uint16_t schemes[] = {SSL_SIGN_ECDSA_SECP256R1_SHA256, SSL_SIGN_ECDSA_SHA1};
        SSL_set_verify_algorithm_prefs(client.ssl(), schemes, std::size(schemes));
    });
    CHECK(outcome.client_error.empty());
    CHECK(outcome.transcript.application == "question");
}

TEST_CASE("a server stops, and says how", "[tls][mutator]") {
    for (const auto kind : {MutationKind::stall, MutationKind::reset, MutationKind::close})
        for (const Versions versions : both) {
            const Outcome outcome = handshake({kind, {}, Milestone::certificate}, versions);
            CHECK(outcome.stopped == kind);
            CHECK(outcome.transcript.certificate_sent);
            CHECK(kit::has_step(outcome.transcript, Direction::sent, "Certificate"));
            CHECK_FALSE(kit::has_step(outcome.transcript, Direction::sent, "Finished"));
            CHECK(outcome.seen.contains(SSL3_MT_CERTIFICATE));
            CHECK_FALSE(outcome.seen.contains(SSL3_MT_CERTIFICATE_VERIFY));
            CHECK(outcome.transcript.error.empty());
        }
}

TEST_CASE("the drawn conversation tells what went on the wire", "[tls][mutator]") {
    const Outcome none = handshake({MutationKind::no_certificate}, Versions::tls12);
    CHECK_FALSE(kit::has_step(none.transcript, Direction::sent, "Certificate"));
    CHECK(none.transcript.cipher.starts_with("TLS_ECDH_anon_WITH_AES_"));
    CHECK(kit::has_step(handshake({MutationKind::heartbeat}, Versions::tls12).transcript, Direction::sent,
                        "Heartbeat"));
}

TEST_CASE("a compressed certificate is read by who offers to, and a broken one is not", "[tls][mutator]") {
    const auto shown_to_reader = [](MutationKind kind) {
        return handshake({kind}, Versions::tls13, read_compressed);
    };
    const Outcome good = shown_to_reader(MutationKind::compressed);
    CHECK(good.transcript.application == "question");
    CHECK(good.seen.contains(25));
    CHECK(handshake({MutationKind::compressed}, Versions::tls13).transcript.application == "question");
    for (const auto kind : {MutationKind::compressed_too_long, MutationKind::compressed_bomb,
                            MutationKind::compressed_garbage}) {
        CAPTURE(word(kind));
        CHECK(shown_to_reader(kind).client_error == "CERT_DECOMPRESSION_FAILED");
        const Outcome plain = handshake({kind}, Versions::tls13);
        CHECK(plain.transcript.error == "the client takes no compressed certificate (zlib)");
        CHECK_FALSE(plain.transcript.certificate_sent);
    }
}

TEST_CASE("a client without a certificate goes on when it is asked for one", "[tls][mutator]") {
    for (const Versions versions : both) {
        const Outcome outcome = handshake({MutationKind::client_certificate}, versions);
        CHECK(outcome.client_error.empty());
        CHECK(outcome.transcript.application == "question");
        CHECK(kit::has_step(outcome.transcript, Direction::sent, "CertificateRequest"));
    }
}

TEST_CASE("the certificate that a client sends is written down", "[tls][mutator]") {
    for (const Versions versions : both) {
        CAPTURE(word(versions));
        CHECK(handshake({MutationKind::client_certificate}, versions).transcript.client_certificate.empty());
        const Outcome outcome =
            handshake({MutationKind::client_certificate}, versions, [](kit::Client& client) {
                const Bytes der = kit::make_certificate(kit::ec_key());
                const bssl::UniquePtr<CRYPTO_BUFFER> leaf(CRYPTO_BUFFER_new(der.data(), der.size(), nullptr));
                CRYPTO_BUFFER* chain[] = {leaf.get()};
                REQUIRE(SSL_set_chain_and_key(client.ssl(), chain, 1, kit::ec_key().get(), nullptr) == 1);
            });
        CHECK(outcome.client_error.empty());
        CHECK(outcome.transcript.client_certificate.size() == 64);
        CHECK(outcome.transcript.application == "question");
    }
}

TEST_CASE("an honest presentation needs no mutator", "[tls][mutator]") {
    CHECK_FALSE(needs_mutator(kit::present()));
    Presentation signed_wrongly = kit::present();
    signed_wrongly.signature = SignatureFault::wrong_key;
    CHECK_FALSE(needs_mutator(signed_wrongly));
    CHECK(needs_mutator(mutated({MutationKind::heartbeat}, Versions::tls12)));
}

TEST_CASE("a client that flips the bit of Finished back has a working channel in TLS 1.2", "[tls][mutator]") {
    const Outcome outcome =
        handshake({MutationKind::corrupted_finished}, Versions::tls12, [](kit::Client& client) {
            SSL_set_msg_callback(client.ssl(), [](int is_write, int, int type, const void* data,
                                                  std::size_t size, SSL*, void*) {
                auto* bytes = static_cast<std::uint8_t*>(const_cast<void*>(data));
                if (!is_write && type == SSL3_RT_HANDSHAKE && bytes[0] == SSL3_MT_FINISHED)
                    bytes[size - 1] ^= 1;
            });
        });
    CHECK(outcome.client_error.empty());
    CHECK(outcome.transcript.application == "question");
}

}  // namespace guise::tls::handshake_mutator_test
