// What the tests of handshakes share: keys, certificates, and a BoringSSL client without a socket.
#pragma once

#include "tls/engine.hpp"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/bytestring.h>
#include <openssl/ec_key.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/nid.h>
#include <openssl/pool.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <ctime>
#include <map>
#include <stdexcept>

namespace guise::tls::kit {

using Key = std::shared_ptr<EVP_PKEY>;

inline Key owned(EVP_PKEY* key) { return {key, EVP_PKEY_free}; }

inline Key make_ec_key(int curve = NID_X9_62_prime256v1) {
    bssl::UniquePtr<EC_KEY> ec(EC_KEY_new_by_curve_name(curve));
    Key key = owned(EVP_PKEY_new());
    if (!EC_KEY_generate_key(ec.get()) || !EVP_PKEY_set1_EC_KEY(key.get(), ec.get()))
        throw std::runtime_error("no EC key");
    return key;
}

inline Key make_rsa_key() {
    bssl::UniquePtr<RSA> rsa(RSA_new());
    bssl::UniquePtr<BIGNUM> e(BN_new());
    Key key = owned(EVP_PKEY_new());
    if (!BN_set_word(e.get(), RSA_F4) || !RSA_generate_key_ex(rsa.get(), 2048, e.get(), nullptr) ||
        !EVP_PKEY_set1_RSA(key.get(), rsa.get()))
        throw std::runtime_error("no RSA key");
    return key;
}

inline Key make_ed25519_key() {
    EVP_PKEY* key = nullptr;
    bssl::UniquePtr<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nullptr));
    if (!EVP_PKEY_keygen_init(context.get()) || !EVP_PKEY_keygen(context.get(), &key))
        throw std::runtime_error("no Ed25519 key");
    return owned(key);
}

// Made once: the tests look at handshakes, not at keys.
inline Key ec_key() {
    static const Key key = make_ec_key();
    return key;
}
inline Key other_ec_key() {
    static const Key key = make_ec_key();
    return key;
}
inline Key rsa_key() {
    static const Key key = make_rsa_key();
    return key;
}
inline Key other_rsa_key() {
    static const Key key = make_rsa_key();
    return key;
}

// Self-signed, valid for an hour on each side of `now`.
inline Bytes make_certificate(const Key& key, std::time_t now = 1'800'000'000) {
    bssl::UniquePtr<X509> x509(X509_new());
    X509_set_version(x509.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 1);
    ASN1_TIME_set(X509_getm_notBefore(x509.get()), now - 3600);
    ASN1_TIME_set(X509_getm_notAfter(x509.get()), now + 3600);
    const bssl::UniquePtr<X509_NAME> name(X509_NAME_new());
    X509_NAME_add_entry_by_txt(name.get(), "CN", MBSTRING_ASC,
                               reinterpret_cast<const std::uint8_t*>("guise test"), -1, -1, 0);
    X509_set_subject_name(x509.get(), name.get());
    X509_set_issuer_name(x509.get(), name.get());
    X509_set_pubkey(x509.get(), key.get());
    const EVP_MD* digest = EVP_PKEY_id(key.get()) == EVP_PKEY_ED25519 ? nullptr : EVP_sha256();
    if (!X509_sign(x509.get(), key.get(), digest)) throw std::runtime_error("no certificate");
    std::uint8_t* der = nullptr;
    const int size = i2d_X509(x509.get(), &der);
    Bytes out(der, der + size);
    OPENSSL_free(der);
    return out;
}

inline Presentation present(const Key& key = ec_key(), Versions versions = Versions::any) {
    Presentation out;
    out.certificates = {make_certificate(key)};
    out.key = key;
    out.versions = versions;
    out.label = "kit";
    return out;
}

/// Shows it whatever is asked for: a `tls::Choose`, and a `net::Choose` as well.
inline auto always(Presentation presentation) {
    return [shared = std::make_shared<const Presentation>(std::move(presentation))](const auto&) {
        return shared;
    };
}

// Each look at the clock is a microsecond later.
inline Elapsed ticking() {
    return [now = std::chrono::microseconds(0)]() mutable { return ++now; };
}

/// A client on memory BIOs. It accepts any certificate unless `refusal` is an alert.
class Client final {
 public:
    std::uint8_t refusal = 0;
    std::string error;                   // BoringSSL's words for its failure
    std::map<std::uint8_t, Bytes> seen;  // handshake messages of the server, by type
    Bytes alerts_seen;                   // descriptions of the server's alerts
    bool finished = false;
    std::string plaintext;

    Client() : context_(SSL_CTX_new(TLS_with_buffers_method())) {
        SSL_CTX_set_custom_verify(context_.get(), SSL_VERIFY_PEER, verify);
        SSL_CTX_set_msg_callback(context_.get(), on_message);
        SSL_CTX_set_msg_callback_arg(context_.get(), this);
        SSL_CTX_set_max_proto_version(context_.get(), TLS1_3_VERSION);
        SSL_CTX_set1_curves_list(context_.get(), "X25519:P-256:P-384:P-521");
        constexpr std::uint16_t schemes[] = {SSL_SIGN_ED25519, SSL_SIGN_ECDSA_SECP256R1_SHA256,
                                             SSL_SIGN_ECDSA_SECP384R1_SHA384, SSL_SIGN_ECDSA_SECP521R1_SHA512,
                                             SSL_SIGN_RSA_PSS_RSAE_SHA256};
        SSL_CTX_set_verify_algorithm_prefs(context_.get(), schemes, std::size(schemes));
        ssl_.reset(SSL_new(context_.get()));
        SSL_set_bio(ssl_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
        SSL_set_connect_state(ssl_.get());
        SSL_set_app_data(ssl_.get(), this);
        SSL_set_tlsext_host_name(ssl_.get(), "kit.guise.test");
        SSL_enable_ocsp_stapling(ssl_.get());
    }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    SSL* ssl() { return ssl_.get(); }

    /// Goes on with the handshake, or reads.
    void step() {
        if (!error.empty()) return;
        ERR_clear_error();
        const int result = finished ? read() : SSL_do_handshake(ssl_.get());
        if (!finished && result == 1) finished = true;
        const int why = SSL_get_error(ssl_.get(), result);
        if (result > 0 || why == SSL_ERROR_WANT_READ || why == SSL_ERROR_ZERO_RETURN) return;
        const char* reason = ERR_reason_error_string(ERR_peek_last_error());
        error = reason ? reason : "failed";
    }
    void receive(ByteView bytes) {
        BIO_write(SSL_get_rbio(ssl_.get()), bytes.data(), static_cast<int>(bytes.size()));
        const bool before = finished;
        step();
        if (!before && finished) step();  // what came with the end of the handshake
    }
    void send(std::string_view text) { SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size())); }
    void close_notify() { SSL_shutdown(ssl_.get()); }
    Bytes take_output() {
        const std::uint8_t* data = nullptr;
        std::size_t size = 0;
        BIO* out = SSL_get_wbio(ssl_.get());
        BIO_mem_contents(out, &data, &size);
        Bytes bytes(data, data + size);
        BIO_reset(out);
        return bytes;
    }

 private:
    int read() {
        char buffer[4096];
        int count = 0;
        while ((count = SSL_read(ssl_.get(), buffer, sizeof buffer)) > 0)
            plaintext.append(buffer, static_cast<std::size_t>(count));
        return count;
    }
    static ssl_verify_result_t verify(SSL* ssl, std::uint8_t* alert) {
        const auto* self = static_cast<const Client*>(SSL_get_app_data(ssl));
        *alert = self->refusal;
        return self->refusal == 0 ? ssl_verify_ok : ssl_verify_invalid;
    }
    static void on_message(int is_write, int, int type, const void* data, std::size_t size, SSL*, void* arg) {
        if (is_write || size == 0) return;
        const auto* bytes = static_cast<const std::uint8_t*>(data);
        auto* self = static_cast<Client*>(arg);
        if (type == SSL3_RT_HANDSHAKE) self->seen[bytes[0]] = Bytes(bytes, bytes + size);
        if (type == SSL3_RT_ALERT) self->alerts_seen.push_back(bytes[1]);
    }

    bssl::UniquePtr<SSL_CTX> context_;
    bssl::UniquePtr<SSL> ssl_;
};

/// Carries bytes both ways until neither side has more to say; the client's in cuts of `cut`.
inline void converse(Engine& engine, Client& client, std::size_t cut = SIZE_MAX) {
    client.step();
    for (;;) {
        const Bytes up = client.take_output();
        for (ByteView rest = up; !rest.empty();) {
            const ByteView part = rest.first(std::min(cut, rest.size()));
            engine.receive(part);
            rest = rest.subspan(part.size());
        }
        const Bytes down = engine.take_output();
        if (up.empty() && down.empty()) return;
        if (!down.empty()) client.receive(down);
    }
}

inline bool contains(ByteView all, ByteView part) {
    return std::search(all.begin(), all.end(), part.begin(), part.end()) != all.end();
}

inline bool has_step(const Transcript& transcript, Direction direction, std::string_view what) {
    return std::ranges::any_of(
        transcript.steps, [&](const Step& step) { return step.direction == direction && step.what == what; });
}

}  // namespace guise::tls::kit
