// BoringSSL's callbacks: thin, and `noexcept`, because nothing may be thrown through BoringSSL's frames.
#include "tls/server_context.hpp"

#include "tls/cert_compression.hpp"
#include "tls/groups.hpp"
#include "tls/install.hpp"
#include "tls/install_mutation.hpp"
#include "tls/session.hpp"

#include <openssl/bytestring.h>

#include <exception>
#include <stdexcept>

namespace guise::tls {

namespace {

std::shared_ptr<const Presentation> choose(Session& session) noexcept {
    try {
        return session.choose ? session.choose(*session.transcript.hello) : nullptr;
    } catch (const std::exception& e) {
        session.fail(std::string("choosing a presentation: ") + e.what());
    } catch (...) {
        session.fail("choosing a presentation: unknown exception");
    }
    return nullptr;
}

// The alert is sent here: BoringSSL's own, handshake_failure, is then not sent any more.
ssl_select_cert_result_t refuse(const SSL_CLIENT_HELLO* hello, std::uint8_t alert, std::string why) {
    Session::of(hello->ssl).fail(std::move(why));
    SSL_send_fatal_alert(hello->ssl, alert);
    return ssl_select_cert_error;
}

ssl_select_cert_result_t on_select_certificate(const SSL_CLIENT_HELLO* hello) noexcept {
    Session& session = Session::of(hello->ssl);
    if (!session.transcript.hello)
        return refuse(hello, SSL_AD_DECODE_ERROR, "the ClientHello is not well-formed");
    session.shown = choose(session);
    if (!session.shown)
        return refuse(hello, SSL_AD_UNRECOGNIZED_NAME,
                      "nothing to present for '" + session.transcript.hello->server_name + "'");
    session.transcript.presented = session.shown->label;
    if (std::string problem = install_mutation(*hello, session); !problem.empty())
        return refuse(hello, SSL_AD_INTERNAL_ERROR, std::move(problem));
    if (std::string problem = install(*hello->ssl, *session.shown, session.leaf); !problem.empty())
        return refuse(hello, SSL_AD_INTERNAL_ERROR, std::move(problem));
    if (session.shown->resumption) SSL_clear_options(hello->ssl, SSL_OP_NO_TICKET);
    return ssl_select_cert_success;
}

// BoringSSL has a message of its own in memory of its own, which it hashes after this call.
std::span<std::uint8_t> own_message(const void* data, std::size_t size) {
    return {static_cast<std::uint8_t*>(const_cast<void*>(data)), size};
}

void on_message(int is_write, int, int type, const void* data, std::size_t size, SSL* ssl, void*) noexcept {
    const ByteView bytes(static_cast<const std::uint8_t*>(data), size);
    const Direction direction = is_write ? Direction::sent : Direction::received;
    Session& session = Session::of(ssl);
    if (type == SSL3_RT_HANDSHAKE && is_write) session.sent(*ssl, own_message(data, size));
    if (type == SSL3_RT_HANDSHAKE && !is_write) session.received(bytes);
    if (is_write && session.mutator && (type == SSL3_RT_CHANGE_CIPHER_SPEC || type == SSL3_RT_ALERT))
        session.mutator->record(static_cast<std::uint8_t>(type), bytes);
    if (type == SSL3_RT_CHANGE_CIPHER_SPEC) session.step(direction, "ChangeCipherSpec", size);
    if (type == SSL3_RT_ALERT && size == 2) session.alert(direction, bytes[0], bytes[1], false);
}

void on_key(const SSL* ssl, const char* line) noexcept {
    if (Session& session = Session::of(ssl); session.mutator) session.mutator->log_key(line);
}

// http/1.1 is what we speak; a client that does not offer it gets no protocol, and decides.
int on_alpn(SSL* ssl, const std::uint8_t** out, std::uint8_t* out_size, const std::uint8_t* offered,
            unsigned offered_size, void*) noexcept {
    static constexpr std::string_view http = "http/1.1";
    // The extension of a mutation may be this one.
    if (Session::of(ssl).shown->mutation.kind == MutationKind::extension) return SSL_TLSEXT_ERR_NOACK;
    ByteView rest(offered, offered_size);
    while (!rest.empty() && rest.front() < rest.size()) {
        const ByteView name = rest.subspan(1, rest.front());
        if (as_text(name) == http) {
            *out = name.data();
            *out_size = static_cast<std::uint8_t>(name.size());
            return SSL_TLSEXT_ERR_OK;
        }
        rest = rest.subspan(1 + name.size());
    }
    return SSL_TLSEXT_ERR_NOACK;
}

Bytes compressed(MutationKind kind, ByteView message) {
    constexpr std::size_t bomb = 8 << 20;
    if (kind == MutationKind::compressed_bomb) return zlib_of_zeros(bomb);
    if (kind == MutationKind::compressed_garbage) return Bytes(message.size(), 0xFF);
    return zlib_of(message);
}

int compress(SSL* ssl, CBB* out, const std::uint8_t* data, std::size_t size) noexcept {
    const Bytes made = compressed(Session::of(ssl).shown->mutation.kind, {data, size});
    return CBB_add_bytes(out, made.data(), made.size());
}

bssl::UniquePtr<SSL_CTX> make_context() {
    bssl::UniquePtr<SSL_CTX> context(SSL_CTX_new(TLS_with_buffers_method()));
    if (!context || !SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION) ||
        !SSL_CTX_set_max_proto_version(context.get(), TLS1_3_VERSION) || !set_groups(*context))
        throw std::runtime_error("BoringSSL: no server context");
    // A client that resumes does not look at the certificate: only where a presentation wants it.
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_TICKET);
    SSL_CTX_set_select_certificate_cb(context.get(), on_select_certificate);
    SSL_CTX_set_msg_callback(context.get(), on_message);
    SSL_CTX_set_alpn_select_cb(context.get(), on_alpn, nullptr);
    return context;
}

bssl::UniquePtr<SSL_CTX> make_watched_context() {
    bssl::UniquePtr<SSL_CTX> context = make_context();
    SSL_CTX_set_keylog_callback(context.get(), on_key);
    return context;
}

bssl::UniquePtr<SSL_CTX> make_compressing_context() {
    constexpr std::uint16_t zlib = 1;  // RFC 8879 section 7.3
    bssl::UniquePtr<SSL_CTX> context = make_watched_context();
    if (!SSL_CTX_add_cert_compression_alg(context.get(), zlib, compress, nullptr))
        throw std::runtime_error("BoringSSL: no certificate compression");
    return context;
}

}  // namespace

SSL_CTX& server_context() {
    static const bssl::UniquePtr<SSL_CTX> context = make_context();
    return *context;
}

SSL_CTX& watched_context() {
    static const bssl::UniquePtr<SSL_CTX> context = make_watched_context();
    return *context;
}

SSL_CTX& compressing_context() {
    static const bssl::UniquePtr<SSL_CTX> context = make_compressing_context();
    return *context;
}

}  // namespace guise::tls
