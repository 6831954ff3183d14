// How a connection is played, and how its end is named.
//
// Bytes go through the transport, and the data that it carries to the handler. The transport is TLS, or
// plain text where the service starts so. It changes when the handler asks for TLS: plain text is
// replaced, and TLS has another TLS inside it from then on. It also changes where a client does not speak TLS
// and is to be answered all the same: then plain text takes over for good. There is one transcript
// throughout.
//
// The client's end is evidence, so the server never closes first where it can avoid it: after a refusal, a
// failure or the last words it closes only its own direction, and reads on until the client's FIN or RST, or
// until `linger` has passed. Alerts that come late are then still seen.
//
// The names: our own TLS failure is `failed`, however the client takes it, because a client that closes after
// our alert has refused nothing. `server_stopped` is the end of a server that stops in the middle of the
// handshake, unless the client's came before. A FIN after our answer is `server_closed`: we ended it. Any
// other FIN is `client_closed`, an RST is `client_reset`. Where the client does not end, the passing of the
// deadline is `server_closed` after an answer, and after bytes that are no TLS, else `deadline`. A connection
// that is kept alive after an answer, and not used again, is closed by us as after our last words.
#include "net/connection.hpp"

#include "net/elapsed.hpp"
#include "net/quick_ack.hpp"
#include "tls/engine.hpp"
#include "tls/nested_transport.hpp"
#include "tls/plain_transport.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>
#include <utility>

namespace guise::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

// Of a slow server: a flight of it takes longer than a second, and no client's patience.
constexpr std::size_t slow_piece = 256;
constexpr std::chrono::milliseconds slow_pause{100};

// Before a reset: what was sent is to be read, and not lost with the connection.
constexpr std::chrono::milliseconds before_reset{100};

std::string name_of(const tcp::endpoint& peer) {
    const std::string address = peer.address().to_string();
    return (peer.address().is_v6() ? '[' + address + ']' : address) + ':' + std::to_string(peer.port());
}

// The last bytes of what came in plain text were the beginning of TLS, which counts them itself.
void take_back(tls::Transcript& transcript, std::size_t size) {
    const bool kept = transcript.clear.size() < tls::Transcript::most_kept;
    if (kept) transcript.clear.resize(transcript.clear.size() - std::min(size, transcript.clear.size()));
    transcript.bytes_in -= size;
}

// Data, or the client's end, is in the kernel and was not received yet.
bool has_unread(tcp::socket& socket) {
    char byte = 0;
    return ::recv(socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 || errno != EAGAIN;
}

// Sends what the kernel takes at once, and returns the rest, which is for `async_write`. `last`: our
// direction is closed next, and the FIN need not go in a packet of its own.
ByteView send_at_once(tcp::socket& socket, ByteView output, bool last, error_code& error) {
    const ssize_t sent =
        ::send(socket.native_handle(), output.data(), output.size(), MSG_NOSIGNAL | (last ? MSG_MORE : 0));
    if (sent >= 0) return output.subspan(static_cast<std::size_t>(sent));
    if (errno == EAGAIN || errno == EINTR) return output;
    error = {errno, boost::system::system_category()};
    return {};
}

}  // namespace

// NOLINTNEXTLINE(*-member-init): to zero the buffer would be work for nothing
Connection::Connection(tcp::socket socket, const tcp::endpoint& peer, Choose choose,
                       Conversation conversation, Ended ended, const Deadlines& deadlines)
    : socket_(std::move(socket)),
      timer_(socket_.get_executor()),
      deadlines_(deadlines),
      choose_(std::move(choose)),
      ended_(std::move(ended)),
      transport_(std::make_unique<tls::PlainTransport>(since(accepted_))) {
    take(std::move(conversation));
    transport_->transcript().visit = conversation_.visit;
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
    transport_->transcript().peer = name_of(peer);
    transport_->transcript().began =
        std::chrono::duration_cast<std::chrono::microseconds>(accepted_.time_since_epoch());
}

void Connection::start() {
    expect_more();
    watch();
    // An exception is a broken invariant, or comes from `Ended`: it leaves the io_context's run().
    asio::co_spawn(
        socket_.get_executor(), [self = shared_from_this()] { return self->play(); },
        asio::bind_cancellation_slot(cancel_.slot(), [](const std::exception_ptr& failure) {
            if (failure) std::rethrow_exception(failure);
        }));
}

void Connection::cut() { end(tls::Ending::deadline); }

void Connection::take(Conversation conversation) {
    conversation_ = std::move(conversation);
    if (!conversation_.handler) conversation_.handler = handler_of(std::move(conversation_.dialogue));
}

bool Connection::kept_alive() const {
    return phase_ == Phase::idle && conversation_.handler && (rests_ || conversation_.handler->at_rest());
}

bool Connection::at_rest() { return ended_ && !handling_ && kept_alive() && !has_unread(socket_); }

tls::Transcript Connection::so_far() const {
    tls::Transcript out = transport_->transcript();
    out.secret_proven = conversation_.handler->received().secret_proven;
    out.lasted = since(accepted_)();
    return out;
}

void Connection::begin_visit(Conversation conversation) {
    take(std::move(conversation));
    transport_->transcript().begin_visit();
    rests_ = true;
}

asio::awaitable<void> Connection::play() {
    if (conversation_.starts_plain && conversation_.handler)
        co_await begin();
    else
        secure({});
    if (!ended_) co_return;
    expect_more();
    co_await flush();  // some services speak first
    while (ended_) {
        const error_code error = co_await receive();
        if (!ended_) co_return;  // cut meanwhile
        if (error == asio::error::operation_aborted && kept_alive()) {
            end_rest();
        } else if (error) {
            end(ending_of(error));
            co_return;
        } else {
            co_await react();
        }
        if (!ended_) co_return;  // cut by `on_request`, or while the handler waited
        expect_more();
        co_await flush();
        if (conversation_.on_rest && at_rest()) conversation_.on_rest();
    }
}

asio::awaitable<error_code> Connection::receive() {
    if (late_) co_return asio::error::operation_aborted;
    acknowledge_at_once(socket_);
    error_code error;
    const std::size_t size = co_await socket_.async_read_some(
        asio::buffer(buffer_), asio::redirect_error(asio::use_awaitable, error));
    rests_ = rests_ && size == 0;
    if (ended_ && size > 0) transport_->receive({buffer_.data(), size});
    co_return error;
}

// Decides what to do about what has just arrived.
asio::awaitable<void> Connection::react() {
    if (transport_->stopped() != tls::MutationKind::none) {
        phase_ = Phase::stopped;
        co_return;
    }
    if (phase_ == Phase::handshake && transport_->finished()) co_await begin();
    if (ended_) co_await pass_on(transport_->take_plaintext());
    if (!ended_) co_return;
    if (phase_ == Phase::handshake && conversation_.plain_text && conversation_.handler && speaks_no_tls() &&
        !transport_->transcript().clear.empty())
        co_await answer_in_plain_text();
    else if (transport_->dead())
        phase_ = Phase::over;
    else if (phase_ == Phase::idle && transport_->transcript().close_notify)
        say_goodbye();
}

// The conversation can begin, or go on inside TLS.
asio::awaitable<void> Connection::begin() {
    phase_ = Phase::idle;
    if (conversation_.handler) co_await answer(conversation_.handler->open(transport_->secured()));
}

asio::awaitable<void> Connection::pass_on(std::string bytes) {
    if (phase_ != Phase::idle || bytes.empty() || !conversation_.handler) co_return;
    co_await answer(conversation_.handler->receive(bytes));
}

// Lets the handler work, and then does what it says.
asio::awaitable<void> Connection::answer(asio::awaitable<service::Reply> work) {
    const auto& requests = conversation_.handler->received().requests;
    const std::size_t before = requests.size();
    handling_ = true;
    const service::Reply reply = co_await reply_of(std::move(work));
    handling_ = false;
    for (std::size_t i = before; ended_ && conversation_.on_request && i < requests.size(); ++i)
        conversation_.on_request(requests[i]);
    if (ended_) say(reply);
}

asio::awaitable<service::Reply> Connection::reply_of(asio::awaitable<service::Reply> work) {
    try {
        co_return co_await std::move(work);
    } catch (const std::exception& failure) {
        if (ended_) {  // else it was cancelled
            transport_->transcript().error = failure.what();
            end(tls::Ending::failed);
        }
    }
    co_return service::Reply{};
}

void Connection::say(const service::Reply& reply) {
    transport_->send(as_bytes(reply.send));
    if (reply.then == service::Then::close) {
        transport_->close_notify();
        phase_ = Phase::answered;
    } else if (reply.then == service::Then::tls) {
        secure(reply.rest);
    }
}

// The client's next bytes begin a handshake. `rest` is the beginning of it.
void Connection::secure(std::string_view rest) {
    collect_output();
    phase_ = Phase::handshake;
    error_code ignored;  // a client that has gone already has no ClientHello either
    auto engine = std::make_unique<tls::Engine>(
        [this, at = socket_.local_endpoint(ignored), layer = handshakes_++](const tls::ClientHello& hello) {
            return choose_({.hello = hello, .at = at, .layer = layer, .proxy = {}, .listener = {}});
        },
        since(accepted_));
    tls::Transcript& before = transport_->transcript();
    if (transport_->secured()) {
        engine->transcript().peer = before.peer;
        engine->transcript().began = before.began;
        engine->receive(as_bytes(rest));
        transport_ = std::make_unique<tls::NestedTransport>(std::move(transport_), std::move(engine));
    } else {
        take_back(before, rest.size());
        engine->transcript() = std::move(before);
        engine->receive(as_bytes(rest));
        transport_ = std::move(engine);
    }
}

// What has come instead of TLS is the beginning of the dialogue.
asio::awaitable<void> Connection::answer_in_plain_text() {
    collect_output();
    in_plain_text_ = true;
    std::string clear = transport_->transcript().clear;
    transport_ = std::make_unique<tls::PlainTransport>(since(accepted_), std::move(transport_->transcript()));
    co_await begin();
    if (ended_) co_await pass_on(std::move(clear));
}

void Connection::collect_output() {
    const Bytes more = transport_->take_output();
    output_.insert(output_.end(), more.begin(), more.end());
}

// Some clients wait for our close_notify after they have sent theirs.
void Connection::say_goodbye() {
    transport_->close_notify();
    phase_ = Phase::over;
}

// The connection that was kept alive is no longer wanted.
void Connection::end_rest() {
    transport_->close_notify();
    phase_ = Phase::answered;
    late_ = false;
}

bool Connection::says_no_more() const {
    if (phase_ == Phase::stopped) return transport_->stopped() == tls::MutationKind::close;
    return phase_ == Phase::answered || (phase_ == Phase::over && transport_->transcript().speaks_tls);
}

// It was to begin a handshake and has sent something else.
bool Connection::speaks_no_tls() const {
    return in_plain_text_ || (transport_->dead() && !transport_->transcript().speaks_tls);
}

// After the last words our direction is closed, unless the client was not answered because it does not speak
// TLS: it may be about to send what it would have sent encrypted, and our FIN could stop it.
asio::awaitable<void> Connection::flush() {
    collect_output();
    const Bytes output = std::exchange(output_, {});
    const bool last = says_no_more();
    error_code error;
    ByteView rest = output;
    while (transport_->slow() && !rest.empty() && !error) {
        co_await pause();
        if (!ended_) co_return;
        const ByteView piece = rest.first(std::min(rest.size(), slow_piece));
        co_await asio::async_write(socket_, asio::buffer(piece.data(), piece.size()),
                                   asio::redirect_error(asio::use_awaitable, error));
        rest = rest.subspan(piece.size());
    }
    if (!rest.empty() && !error) rest = send_at_once(socket_, rest, last, error);
    if (!rest.empty())
        co_await asio::async_write(socket_, asio::buffer(rest.data(), rest.size()),
                                   asio::redirect_error(asio::use_awaitable, error));
    reset_ |= error == asio::error::connection_reset;
    if (!ended_ || half_closed_ || !last) co_return;
    half_closed_ = true;
    socket_.shutdown(tcp::socket::shutdown_send, error);
}

asio::awaitable<void> Connection::pause() {
    asio::steady_timer timer(socket_.get_executor(), slow_pause);
    error_code ignored;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

std::chrono::milliseconds Connection::patience() const {
    switch (phase_) {
        case Phase::handshake:
            return deadlines_.handshake;
        case Phase::idle:
            return kept_alive() ? deadlines_.keep_alive : deadlines_.idle;
        case Phase::stopped:
            if (transport_->stopped() == tls::MutationKind::stall) return deadlines_.silence;
            if (transport_->stopped() == tls::MutationKind::reset) return before_reset;
            break;
        default:
            break;
    }
    return deadlines_.linger;
}

// Moves the deadline for the next byte.
void Connection::expect_more() {
    deadline_ = std::min(Clock::now() + patience(), accepted_ + deadlines_.connection);
    late_ = false;
    if (deadline_ < timer_.expiry()) watch();
}

// One timer a connection. A deadline that moves away does not touch it: it looks again when it fires.
void Connection::watch() {
    timer_.expires_at(deadline_);
    timer_.async_wait([self = shared_from_this()](error_code error) {
        if (!error) self->on_timer();
    });
}

void Connection::on_timer() {
    if (!ended_) return;
    if (handling_) deadline_ = accepted_ + deadlines_.connection;
    if (Clock::now() < deadline_) return watch();
    if (handling_) return cut();
    late_ = true;
    error_code ignored;
    socket_.cancel(ignored);
    // What has come at this very moment may yet make the handler wait.
    deadline_ = std::max(accepted_ + deadlines_.connection, Clock::now() + before_reset);
    watch();
}

tls::Ending Connection::ending_of(const error_code& error) const {
    if (transport_->failed() && phase_ != Phase::stopped) return tls::Ending::failed;
    const bool answered = phase_ == Phase::answered;
    if (error == asio::error::operation_aborted) {
        if (phase_ == Phase::stopped) return tls::Ending::server_stopped;
        return answered || speaks_no_tls() ? tls::Ending::server_closed : tls::Ending::deadline;
    }
    if (reset_ || error != asio::error::eof) return tls::Ending::client_reset;
    return answered ? tls::Ending::server_closed : tls::Ending::client_closed;
}

void Connection::end(tls::Ending how) {
    if (!ended_) return;
    transport_->ended(how);
    transport_->transcript().secret_proven =
        conversation_.handler && conversation_.handler->received().secret_proven;
    error_code ignored;
    timer_.cancel();
    if (transport_->stopped() == tls::MutationKind::reset)  // closed at once, and so with an RST
        socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
    const Ended report = std::exchange(ended_, nullptr);
    if (handling_) cancel_.emit(asio::cancellation_type::terminal);
    report(*this, std::move(transport_->transcript()));
}

}  // namespace guise::net
