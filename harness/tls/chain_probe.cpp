#include "tls/chain_probe.hpp"

#include <openssl/bytestring.h>
#include <openssl/err.h>
#include <openssl/pool.h>
#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <array>
#include <stdexcept>

namespace guise::tls {

struct ChainProbe::State {
    bssl::UniquePtr<SSL_CTX> context;
    bssl::UniquePtr<SSL> ssl;
    bool done = false;
    std::string failure;
    ShownChain shown;
};

namespace {

bool is_address(const std::string& name) {
    std::array<unsigned char, sizeof(in6_addr)> buffer{};
    return inet_pton(AF_INET, name.c_str(), buffer.data()) == 1 ||
           inet_pton(AF_INET6, name.c_str(), buffer.data()) == 1;
}

std::vector<Bytes> peer_chain(const SSL* ssl) {
    std::vector<Bytes> out;
    const STACK_OF(CRYPTO_BUFFER)* chain = SSL_get0_peer_certificates(ssl);
    for (std::size_t i = 0; chain && i < sk_CRYPTO_BUFFER_num(chain); ++i) {
        const CRYPTO_BUFFER* each = sk_CRYPTO_BUFFER_value(chain, i);
        out.emplace_back(CRYPTO_BUFFER_data(each), CRYPTO_BUFFER_data(each) + CRYPTO_BUFFER_len(each));
    }
    return out;
}

// Every signature that a server may make: whose certificate it is matters more than how it is proven.
bool accept_all_signatures(SSL_CTX* context) {
    constexpr std::array<std::uint16_t, 12> schemes{SSL_SIGN_ED25519,
                                                    SSL_SIGN_ECDSA_SECP256R1_SHA256,
                                                    SSL_SIGN_ECDSA_SECP384R1_SHA384,
                                                    SSL_SIGN_ECDSA_SECP521R1_SHA512,
                                                    SSL_SIGN_RSA_PSS_RSAE_SHA256,
                                                    SSL_SIGN_RSA_PSS_RSAE_SHA384,
                                                    SSL_SIGN_RSA_PSS_RSAE_SHA512,
                                                    SSL_SIGN_RSA_PKCS1_SHA256,
                                                    SSL_SIGN_RSA_PKCS1_SHA384,
                                                    SSL_SIGN_RSA_PKCS1_SHA512,
                                                    SSL_SIGN_ECDSA_SHA1,
                                                    SSL_SIGN_RSA_PKCS1_SHA1};
    return SSL_CTX_set_verify_algorithm_prefs(context, schemes.data(), schemes.size()) == 1;
}

std::string why_probe_failed() {
    const std::uint32_t error = ERR_peek_error();
    const char* reason = error == 0 ? nullptr : ERR_reason_error_string(error);
    return reason ? reason : "the handshake failed";
}

}  // namespace

ChainProbe::ChainProbe(const std::string& server_name) : state_(std::make_unique<State>()) {
    state_->context.reset(SSL_CTX_new(TLS_with_buffers_method()));
    SSL_CTX_set_custom_verify(state_->context.get(), SSL_VERIFY_PEER, [](SSL* ssl, std::uint8_t*) {
        static_cast<State*>(SSL_get_app_data(ssl))->shown.certificates = peer_chain(ssl);
        return ssl_verify_ok;
    });
    if (!accept_all_signatures(state_->context.get()))
        throw std::logic_error("a scheme that BoringSSL has not");
    state_->ssl.reset(SSL_new(state_->context.get()));
    SSL* ssl = state_->ssl.get();
    SSL_set_app_data(ssl, state_.get());
    SSL_set_bio(ssl, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_connect_state(ssl);
    if (!server_name.empty() && !is_address(server_name)) SSL_set_tlsext_host_name(ssl, server_name.c_str());
    receive({});
}

ChainProbe::~ChainProbe() = default;

void ChainProbe::receive(ByteView bytes) {
    if (state_->done) return;
    SSL* ssl = state_->ssl.get();
    if (!bytes.empty()) BIO_write(SSL_get_rbio(ssl), bytes.data(), static_cast<int>(bytes.size()));
    ERR_clear_error();
    const int result = SSL_do_handshake(ssl);
    if (result == 1) {
        state_->done = true;
        state_->shown.version = SSL_get_version(ssl);
        state_->shown.cipher = SSL_CIPHER_standard_name(SSL_get_current_cipher(ssl));
        return;
    }
    if (SSL_get_error(ssl, result) == SSL_ERROR_WANT_READ) return;
    state_->done = true;
    state_->failure = why_probe_failed();
    // Some certificates end the handshake before anybody is asked about them.
    if (state_->shown.certificates.empty()) state_->shown.certificates = peer_chain(ssl);
}

Bytes ChainProbe::take_output() {
    const std::uint8_t* data = nullptr;
    std::size_t size = 0;
    BIO* out = SSL_get_wbio(state_->ssl.get());
    if (!BIO_mem_contents(out, &data, &size)) return {};
    Bytes bytes(data, data + size);
    BIO_reset(out);
    return bytes;
}

bool ChainProbe::done() const noexcept { return state_->done; }
const std::string& ChainProbe::failure() const noexcept { return state_->failure; }
const ShownChain& ChainProbe::shown() const noexcept { return state_->shown; }

}  // namespace guise::tls
