// The pump between bytes and BoringSSL, with the record tap before it.
//
// Every piece of the client's stream passes the tap first. What is no TLS never gets to BoringSSL. A clear
// alert that arrives after encryption has begun does not get there either: BoringSSL could only answer with
// bad_record_mac, onto a socket that the client has closed, and the reset would then hide how the client
// ended. Everything else goes in as it came, and BoringSSL's own callbacks write down what it says.
#include "tls/engine.hpp"

#include "tls/groups.hpp"
#include "tls/record_tap.hpp"
#include "tls/server_context.hpp"
#include "tls/session.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <new>
#include <utility>

namespace guise::tls {

namespace {

void keep(std::string& kept, ByteView bytes) {
    kept += as_text(bytes).substr(0, Transcript::most_kept - std::min(Transcript::most_kept, kept.size()));
}

std::string engine_error() {
    const std::uint32_t code = ERR_peek_last_error();
    const char* reason = ERR_reason_error_string(code);
    return reason ? reason : "failed without a reason";
}

}  // namespace

struct Engine::State {
    // Above `ssl`, which reads from it until it is gone.
    Session session;
    RecordTap tap;
    bool began = false;  // the first record, or the first noise, has been seen
    bool clear = false;  // what came is no TLS
    bool dead = false;
    bool failed = false;
    bool client_encrypts = false;  // a ChangeCipherSpec of the client in TLS 1.2 or older
    std::string plaintext;
    Bytes output;
    bssl::UniquePtr<SSL> ssl;
    BIO* in = nullptr;   // owned by ssl
    BIO* out = nullptr;  // owned by ssl

    State(Choose choose, Elapsed elapsed);
    Transcript& transcript() noexcept { return session.transcript; }
    void begin(const Piece& piece);
    void take(const Piece& piece);
    void take_alert(const Piece& piece);
    void take_heartbeat(const Piece& piece);
    [[nodiscard]] bool encryption_began() const;
    void drive();
    void shake_hands();
    void read();
    void stopped(int result);
    void drain();
    void send_forged(ByteView written);
};

Engine::State::State(Choose choose, Elapsed elapsed) {
    session.choose = std::move(choose);
    session.elapsed = std::move(elapsed);
    ssl.reset(SSL_new(&server_context()));
    in = BIO_new(BIO_s_mem());
    out = BIO_new(BIO_s_mem());
    if (!ssl || !in || !out) throw std::bad_alloc();
    SSL_set_bio(ssl.get(), in, out);
    SSL_set_accept_state(ssl.get());
    session.attach(*ssl);
}

void Engine::State::begin(const Piece& piece) {
    began = true;
    transcript().speaks_tls =
        piece.kind == Piece::Kind::header && piece.record.type == handshake_record && piece.record.length > 0;
    clear = dead = piece.kind == Piece::Kind::noise;
}

void Engine::State::take(const Piece& piece) {
    if (!began) begin(piece);
    if (clear) return keep(transcript().clear, piece.bytes);
    if (piece.kind == Piece::Kind::alert) return take_alert(piece);
    if (dead) return;
    if (piece.kind == Piece::Kind::header && piece.record.type == change_cipher_spec_record) {
        drive();  // what came before it decides the version
        client_encrypts = session.server_hello_written && SSL_version(ssl.get()) < TLS1_3_VERSION;
    }
    if (piece.record.type == heartbeat_record) return take_heartbeat(piece);
    BIO_write(in, piece.bytes.data(), static_cast<int>(piece.bytes.size()));
}

// BoringSSL knows none, and would end the connection; a client that sends one has said what it has said.
void Engine::State::take_heartbeat(const Piece& piece) {
    if (piece.kind == Piece::Kind::header)
        session.step(Direction::received, "Heartbeat", piece.record.length);
}

void Engine::State::take_alert(const Piece& piece) {
    drive();  // what came before it may have begun the encryption
    if (!dead && !encryption_began()) {
        BIO_write(in, piece.bytes.data(), static_cast<int>(piece.bytes.size()));
        return;
    }
    session.alert(Direction::received, piece.bytes[5], piece.bytes[6], encryption_began());
    dead = true;
}

// BoringSSL changes the keys of both directions of TLS 1.3 before it waits for an answer to its ServerHello.
bool Engine::State::encryption_began() const {
    return client_encrypts || (session.server_hello_written && SSL_version(ssl.get()) >= TLS1_3_VERSION);
}

void Engine::State::drive() {
    if (dead) return;
    if (!session.transcript.finished) shake_hands();
    if (session.mutator) drain();  // what is forged ends with the handshake
    if (session.transcript.finished) read();
    drain();
}

void Engine::State::shake_hands() {
    ERR_clear_error();
    const int result = SSL_do_handshake(ssl.get());
    if (result != 1) return stopped(result);
    transcript().finished = true;
    transcript().group = group_name(*ssl);
    transcript().resumed = SSL_session_reused(ssl.get()) == 1;
}

void Engine::State::read() {
    // NOLINTNEXTLINE(*-member-init): zeroing it would be work for nothing
    std::array<std::uint8_t, 16384> buffer;  // one record
    for (;;) {
        ERR_clear_error();
        const int count = SSL_read(ssl.get(), buffer.data(), static_cast<int>(buffer.size()));
        if (count <= 0) return stopped(count);
        const ByteView bytes(buffer.data(), static_cast<std::size_t>(count));
        session.step(Direction::received, "ApplicationData", bytes.size());
        keep(transcript().application, bytes);
        transcript().application_bytes += bytes.size();
        plaintext += as_text(bytes);
    }
}

// A close_notify after the handshake ends only the client's direction.
void Engine::State::stopped(int result) {
    switch (SSL_get_error(ssl.get(), result)) {
        case SSL_ERROR_WANT_READ:
        case SSL_ERROR_WANT_WRITE:
            break;
        case SSL_ERROR_ZERO_RETURN:
            dead = !transcript().finished;
            break;
        default:
            dead = true;
            failed = !session.client_refused;
            session.fail(engine_error());
    }
    ERR_clear_error();
}

void Engine::State::drain() {
    const std::uint8_t* data = nullptr;
    std::size_t size = 0;
    if (!BIO_mem_contents(out, &data, &size) || size == 0) return;
    if (session.mutator) {
        send_forged({data, size});
    } else {
        output.insert(output.end(), data, data + size);
        transcript().bytes_out += size;
        transcript().certificate_sent = session.certificate_written;
    }
    BIO_reset(out);
}

void Engine::State::send_forged(ByteView written) {
    const auto forged = session.mutator->output(*ssl, written);
    if (forged) {
        output.insert(output.end(), forged->begin(), forged->end());
        transcript().bytes_out += forged->size();
        transcript().certificate_sent = session.mutator->shown();
    } else if (!dead) {
        dead = failed = true;
        session.fail(session.mutator->trouble());
    }
}

Engine::Engine(Choose choose, Elapsed elapsed)
    : state_(std::make_unique<State>(std::move(choose), std::move(elapsed))) {}

Engine::~Engine() = default;

void Engine::receive(ByteView bytes) {
    transcript().bytes_in += bytes.size();
    while (const auto piece = state_->tap.next(bytes)) state_->take(*piece);
    state_->drive();
}

Bytes Engine::take_output() { return std::exchange(state_->output, {}); }

void Engine::send(ByteView plaintext) {
    if (!finished() || dead() || plaintext.empty()) return;
    ERR_clear_error();
    if (SSL_write(state_->ssl.get(), plaintext.data(), static_cast<int>(plaintext.size())) > 0)
        state_->session.step(Direction::sent, "ApplicationData", plaintext.size());
    ERR_clear_error();
    state_->drain();
}

void Engine::close_notify() {
    if (!finished() || dead()) return;
    // A second call would read for the client's close_notify; reading is `receive`'s.
    if (SSL_get_shutdown(state_->ssl.get()) & SSL_SENT_SHUTDOWN) return;
    SSL_shutdown(state_->ssl.get());
    ERR_clear_error();
    state_->drain();
}

void Engine::ended(Ending how) {
    if (transcript().ending != Ending::open) return;
    const bool unfit = how == Ending::failed && state_->session.mutator && state_->session.mutator->unfit();
    transcript().ending = unfit ? Ending::unfit : how;
    transcript().lasted = state_->session.elapsed();
    // The beginning of a record that never came is all there is to tell of this client.
    if (!state_->began) keep(transcript().clear, state_->tap.held());
}

std::string Engine::take_plaintext() { return std::exchange(state_->plaintext, {}); }

bool Engine::finished() const noexcept { return transcript().finished; }

bool Engine::dead() const noexcept { return state_->dead; }

bool Engine::failed() const noexcept { return state_->failed; }

MutationKind Engine::stopped() const noexcept {
    const Session& session = state_->session;
    return session.mutator && session.mutator->stopped() ? session.shown->mutation.kind : MutationKind::none;
}

bool Engine::slow() const noexcept {
    const Session& session = state_->session;
    return session.shown &&
           session.shown->mutation.kind ==
               (session.transcript.finished ? MutationKind::slow_answers : MutationKind::slow);
}

const Transcript& Engine::transcript() const noexcept { return state_->session.transcript; }

Transcript& Engine::transcript() noexcept { return state_->session.transcript; }

}  // namespace guise::tls
