#include "tls/install_mutation.hpp"

#include "tls/server_context.hpp"

#include <openssl/pool.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <utility>

namespace guise::tls {

namespace {

constexpr std::uint16_t tls13_version = 0x0304, grease_version = 0x0A0A;
constexpr std::uint16_t supported_versions_extension = 43;
constexpr std::size_t large = 200'000;
// Without a signature there is nothing to be wrong with it: RSA key exchange is never offered.
constexpr const char* signed_ciphers = "ALL:!kRSA";
// The anonymous suites that a client may know have these keys (RFC 8422 section 6); the last is for clients
// that offer neither, and could not go on with what the ServerHello says.
constexpr const char* anonymous_ciphers =
    "ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA:ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr const char* aead_ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

const char* ciphers_for(MutationKind kind) {
    if (kind == MutationKind::no_certificate) return anonymous_ciphers;
    return kind == MutationKind::corrupted_finished ? aead_ciphers : signed_ciphers;
}

// BoringSSL marks a ServerHello of TLS 1.2 only where it could have said TLS 1.3. So what the client offers
// is hidden while it chooses, in the memory that it chooses from, and shown again before it hashes that
// memory.
void hide_versions(const SSL_CLIENT_HELLO& hello, Session& session) {
    const std::uint8_t* found = nullptr;
    std::size_t size = 0;
    if (!SSL_early_callback_ctx_extension_get(&hello, supported_versions_extension, &found, &size)) return;
    auto* data = const_cast<std::uint8_t*>(found);
    for (std::size_t at = 1; at + 1 < size; at += 2)
        if (data[at] == tls13_version >> 8 && data[at + 1] == (tls13_version & 0xFF)) {
            data[at] = grease_version >> 8;
            data[at + 1] = grease_version & 0xFF;
            session.hidden_versions.emplace_back(data + at, 2);
        }
}

int show_versions(SSL* ssl, void*) noexcept {
    for (const std::span<std::uint8_t> at : std::exchange(Session::of(ssl).hidden_versions, {})) {
        at[0] = tls13_version >> 8;
        at[1] = tls13_version & 0xFF;
    }
    return 1;
}

bool will_speak_tls13(const Session& session) {
    const auto& offered = session.transcript.hello->versions;
    return session.shown->versions != Versions::tls12 &&
           session.shown->mutation.kind != MutationKind::downgrade &&
           std::ranges::find(offered, tls13_version) != offered.end();
}

std::vector<Bytes> repeated(std::vector<Bytes> chain) {
    std::size_t size = 0;
    for (const Bytes& each : chain) size += each.size();
    const Bytes last = chain.empty() ? Bytes() : chain.back();
    for (; !last.empty() && size < large; size += last.size()) chain.push_back(last);
    return chain;
}

// BoringSSL verifies the proof itself, and calls this before: without one the handshake fails.
ssl_verify_result_t accept_any(SSL* ssl, std::uint8_t*) noexcept {
    const STACK_OF(CRYPTO_BUFFER)* sent = SSL_get0_peer_certificates(ssl);
    if (!sent || sk_CRYPTO_BUFFER_num(sent) == 0) return ssl_verify_ok;
    const CRYPTO_BUFFER* leaf = sk_CRYPTO_BUFFER_value(sent, 0);
    std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
    SHA256(CRYPTO_BUFFER_data(leaf), CRYPTO_BUFFER_len(leaf), digest.data());
    Session::of(ssl).transcript.client_certificate = to_hex(digest);
    return ssl_verify_ok;
}

}  // namespace

std::shared_ptr<const Presentation> with_room(const Presentation& shown, bool tls13) {
    const Mutation& mutation = shown.mutation;
    const std::size_t lengths = tls13 ? 5 : 3;  // of an entry of the Certificate message
    std::vector<Bytes> chain = shown.certificates;
    if (mutation.hides_certificate()) {
        const auto stand_in = shown.key ? decoy_leaf(*shown.key, hidden_leaf_size) : std::nullopt;
        if (!stand_in) return nullptr;
        chain = {*stand_in};
    } else if (mutation.kind == MutationKind::extension && mutation.octets.size() >= lengths) {
        chain.emplace_back(mutation.octets.size() - lengths, std::uint8_t{0});
    } else if (mutation.kind == MutationKind::large_certificate) {
        chain = repeated(std::move(chain));
    } else {
        return nullptr;
    }
    auto out = std::make_shared<Presentation>(shown);
    out->certificates = std::move(chain);
    if (mutation.hides_certificate()) out->ocsp_response.clear();
    return out;
}

std::string install_mutation(const SSL_CLIENT_HELLO& hello, Session& session) {
    const std::shared_ptr<const Presentation> given = session.shown;
    const Presentation& shown = *given;
    const Mutation& mutation = shown.mutation;
    if (mutation.kind == MutationKind::none && !needs_mutator(shown)) return {};
    if (mutation.kind == MutationKind::client_certificate)
        SSL_set_custom_verify(hello.ssl, SSL_VERIFY_PEER, accept_any);
    if (auto changed = with_room(shown, will_speak_tls13(session)); changed) {
        session.shown = std::move(changed);
    } else if (mutation.hides_certificate() || mutation.kind == MutationKind::extension) {
        return "the mutation of this handshake cannot be made with its key, or its octets are too few";
    }
    if (!needs_mutator(shown)) return {};
    session.mutator = std::make_unique<HandshakeMutator>(shown);
    if (!SSL_set_SSL_CTX(hello.ssl, mutation.compresses() ? &compressing_context() : &watched_context()))
        return "BoringSSL refuses another context";
    if (!SSL_set_strict_cipher_list(hello.ssl, ciphers_for(mutation.kind)))
        return "BoringSSL refuses the cipher list";
    SSL_set_options(hello.ssl, SSL_OP_CIPHER_SERVER_PREFERENCE);
    if (mutation.kind == MutationKind::downgrade) {
        hide_versions(hello, session);
        if (session.hidden_versions.empty()) session.mutator->lacks("the client does not offer TLS 1.3");
        SSL_set_cert_cb(hello.ssl, show_versions, nullptr);
    }
    return {};
}

}  // namespace guise::tls
