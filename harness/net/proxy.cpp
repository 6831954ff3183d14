// A request, its answer, and then two pumps that know nothing of what they carry.
//
// The client's side is a transport: plain text, or the proxy's own TLS, in which the client then speaks TLS
// with the server. What that TLS has to say by itself goes with the next bytes to the client, so that only
// one pump writes there.
//
// The pumps must not change how an end looks. A FIN closes the sending direction of the other side and
// nothing else, so half-closed connections stay what they are; an RST is passed on as an RST. The kernel
// tells of an RST once, to whoever asks first: where a write has met it, the read after it sees a mere end.
// So each side remembers its RST. A side that takes nothing more is still read, because what it said before
// it went is in the kernel yet, and the other side is read into the void, so that its end is seen.
#include "net/proxy.hpp"

#include "base/ascii.hpp"
#include "net/acceptor.hpp"
#include "net/elapsed.hpp"
#include "net/quick_ack.hpp"
#include "tls/engine.hpp"
#include "tls/plain_transport.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <set>
#include <string_view>
#include <utility>

namespace guise::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

bool same_host(std::string_view a, std::string_view b) {
    error_code no_a;
    error_code no_b;
    const auto address_a = asio::ip::make_address(a, no_a);
    const auto address_b = asio::ip::make_address(b, no_b);
    if (!no_a && !no_b) return address_a == address_b;
    return same_but_case(a, b);
}

// One of the two ends of a tunnel.
struct Side {
    tcp::socket socket;
    bool reset = false;   // a write met its RST
    bool gone = false;    // it takes nothing more
    bool silent = false;  // it says nothing more: its FIN has come
};

// One connection of a client, from accept to end. Owned by its coroutines and by the proxy, until it ends.
class Tunnel final : public std::enable_shared_from_this<Tunnel> {
 public:
    using Ended = std::function<void(Tunnel&)>;

    Tunnel(tcp::socket client, const ProxyRoute& route, const Deadlines& deadlines, Proxy::Asked asked,
           Ended ended)
        : route_(route),
          deadlines_(deadlines),
          client_{std::move(client)},
          server_{tcp::socket(client_.socket.get_executor())},
          timer_(client_.socket.get_executor()),
          asked_(std::move(asked)),
          ended_(std::move(ended)),
          handshake_(route.kind) {
        if (route.shows)
            channel_ = std::make_unique<tls::Engine>(route.shows, since(accepted_));
        else
            channel_ = std::make_unique<tls::PlainTransport>(since(accepted_));
        error_code ignored;
        client_.socket.set_option(tcp::no_delay(true), ignored);
        client_.socket.non_blocking(true, ignored);
    }
    void start() {
        spawn([self = shared_from_this()] { return self->play(); });
    }
    // Closes both sides now, unless it has ended.
    void cut() { end(); }

 private:
    using Clock = asio::steady_timer::clock_type;

    template <class Work>
    void spawn(Work work) {
        asio::co_spawn(client_.socket.get_executor(), std::move(work), [](const std::exception_ptr& failure) {
            if (failure) std::rethrow_exception(failure);
        });
    }
    asio::awaitable<void> play();
    asio::awaitable<ProxyHandshake::Step> ask();
    asio::awaitable<bool> receive();
    asio::awaitable<bool> reach_server();
    void announce(ProxyRequest request);
    asio::awaitable<void> refuse(const std::string& reply);
    asio::awaitable<void> pump(Side& from, Side& to);
    asio::awaitable<void> pass(ByteView bytes, Side& to);
    asio::awaitable<void> say(std::string_view text);
    asio::awaitable<void> write(Side& to, std::string_view bytes);
    asio::awaitable<void> pass_end(Side& from, Side& to, error_code how);
    void pass_reset(Side& to);
    void expect_until(Clock::time_point deadline);
    void end();

    const Clock::time_point accepted_ = Clock::now();
    const ProxyRoute route_;
    const Deadlines deadlines_;
    Side client_;
    Side server_;
    asio::steady_timer timer_;
    Proxy::Asked asked_;                       // empty where it is not wanted
    Ended ended_;                              // empty once it was called
    std::unique_ptr<tls::Transport> channel_;  // of the client
    ProxyHandshake handshake_;
    std::optional<tcp::endpoint> announced_;
};

asio::awaitable<void> Tunnel::play() {
    const ProxyHandshake::Step asked = co_await ask();
    if (ended_ && asked_ && !handshake_.said().empty()) asked_(handshake_.said());
    if (!ended_) co_return;
    if (asked.state == ProxyHandshake::Step::State::refused) co_return co_await refuse(asked.reply);
    const bool known = same_host(asked.request.host, route_.host);
    if (!known || !co_await reach_server()) co_return co_await refuse(handshake_.unreachable());
    if (!ended_) co_return;
    announce(asked.request);
    expect_until(Clock::now() + deadlines_.connection + deadlines_.linger);
    co_await say(handshake_.granted());
    if (!ended_) co_return;
    co_await write(server_, handshake_.take_rest());
    if (!ended_) co_return;
    spawn([self = shared_from_this()] { return self->pump(self->server_, self->client_); });
    co_await pump(client_, server_);
}

// Reads until the client has asked for something, or has gone.
asio::awaitable<ProxyHandshake::Step> Tunnel::ask() {
    for (;;) {
        ProxyHandshake::Step step = handshake_.next();
        if (step.state != ProxyHandshake::Step::State::unfinished) co_return step;
        if (!step.reply.empty())
            co_await say(step.reply);
        else if (!co_await receive())
            co_return ProxyHandshake::Step{ProxyHandshake::Step::State::refused, "", {}};
    }
}

// Whether something has come.
asio::awaitable<bool> Tunnel::receive() {
    expect_until(std::min(Clock::now() + deadlines_.handshake, accepted_ + deadlines_.connection));
    acknowledge_at_once(client_.socket);
    std::array<std::uint8_t, 4096> bytes;  // NOLINT(*-member-init): it is read into
    error_code error;
    const std::size_t size = co_await client_.socket.async_read_some(
        asio::buffer(bytes), asio::redirect_error(asio::use_awaitable, error));
    channel_->receive({bytes.data(), size});
    handshake_.receive(channel_->take_plaintext());
    co_await say("");  // the channel itself may have something to say
    co_return ended_ && !error && !channel_->dead();
}

asio::awaitable<bool> Tunnel::reach_server() {
    error_code error;
    const tcp::endpoint there(asio::ip::make_address(route_.address), route_.port);
    tcp::socket& socket = server_.socket;
    socket.open(there.protocol(), error);
    if (error) co_return false;
    ::fcntl(socket.native_handle(), F_SETFD, FD_CLOEXEC);
    socket.set_option(tcp::no_delay(true), error);
    co_await socket.async_connect(there, asio::redirect_error(asio::use_awaitable, error));
    if (!error) socket.non_blocking(true, error);
    co_return !error;
}

// Tells the listeners what the connection that they accept from here was asked for. Nothing has gone through
// it yet, so the listener that reads its ClientHello finds this.
void Tunnel::announce(ProxyRequest request) {
    error_code error;
    const tcp::endpoint from = server_.socket.local_endpoint(error);
    if (error || !route_.requests) return;
    announced_ = from;
    route_.requests->insert_or_assign(from, std::move(request));
}

// Says so, and reads on to the client's end: an RST for what was not read would take the answer with it.
asio::awaitable<void> Tunnel::refuse(const std::string& reply) {
    if (!ended_) co_return;
    channel_->send(as_bytes(reply));
    channel_->close_notify();
    co_await say("");
    error_code error;
    if (ended_) client_.socket.shutdown(tcp::socket::shutdown_send, error);
    std::array<char, 4096> unread;  // NOLINT(*-member-init): it is read into
    const auto latest = std::max(accepted_ + deadlines_.connection, Clock::now() + deadlines_.linger);
    for (error.clear(); ended_ && !error;) {
        expect_until(std::min(Clock::now() + deadlines_.linger, latest));
        co_await client_.socket.async_read_some(asio::buffer(unread),
                                                asio::redirect_error(asio::use_awaitable, error));
    }
    end();
}

// Carries one direction to its end.
asio::awaitable<void> Tunnel::pump(Side& from, Side& to) {
    std::array<std::uint8_t, 16384> bytes;  // NOLINT(*-member-init): it is read into
    error_code error;
    while (ended_) {
        acknowledge_at_once(from.socket);
        const std::size_t size = co_await from.socket.async_read_some(
            asio::buffer(bytes), asio::redirect_error(asio::use_awaitable, error));
        if (!ended_) co_return;
        if (error) co_return co_await pass_end(from, to, error);
        co_await pass({bytes.data(), size}, to);
        if (ended_ && &from == &client_ && channel_->dead())
            co_return co_await pass_end(from, to, asio::error::eof);
        if (ended_ && to.gone && to.silent) co_return pass_reset(from);  // no one is there any more
    }
}

// Carries bytes through the client's channel, out of it or into it.
asio::awaitable<void> Tunnel::pass(ByteView bytes, Side& to) {
    if (&to == &client_) co_return co_await say(as_text(bytes));
    channel_->receive(bytes);
    const std::string data = channel_->take_plaintext();
    co_await write(server_, data);
}

// Sends data to the client, and what its channel has to say besides.
asio::awaitable<void> Tunnel::say(std::string_view text) {
    channel_->send(as_bytes(text));
    const Bytes output = channel_->take_output();
    co_await write(client_, as_text(output));
}

asio::awaitable<void> Tunnel::write(Side& to, std::string_view bytes) {
    if (to.gone || bytes.empty()) co_return;
    error_code error;
    // At once where it can be: an asynchronous write would meet an RST now and report it only after a read
    // has seen the mere end.
    const std::size_t sent = asio::write(to.socket, asio::buffer(bytes), error);
    if (error == asio::error::would_block)
        co_await asio::async_write(to.socket, asio::buffer(bytes.substr(sent)),
                                   asio::redirect_error(asio::use_awaitable, error));
    to.gone = error.failed();
    to.reset = error == asio::error::connection_reset;
}

// `from` has ended in some way, and `to` ends in the same way.
asio::awaitable<void> Tunnel::pass_end(Side& from, Side& to, error_code how) {
    if (from.reset || how != asio::error::eof) co_return pass_reset(to);
    from.silent = true;
    error_code ignored;
    if (&to == &client_) {
        channel_->close_notify();
        co_await say("");
    }
    to.socket.shutdown(tcp::socket::shutdown_send, ignored);
    if (client_.silent && server_.silent) end();
}

void Tunnel::pass_reset(Side& to) {
    error_code ignored;
    to.socket.set_option(asio::socket_base::linger(true, 0), ignored);
    end();
}

void Tunnel::expect_until(Clock::time_point deadline) {
    if (!ended_) return;
    timer_.expires_at(deadline);
    timer_.async_wait([self = shared_from_this()](error_code error) {
        if (!error && self->timer_.expiry() <= Clock::now()) self->end();
    });
}

void Tunnel::end() {
    if (!ended_) return;
    error_code ignored;
    timer_.cancel();
    if (announced_) route_.requests->erase(*announced_);
    client_.socket.close(ignored);
    server_.socket.close(ignored);
    std::exchange(ended_, nullptr)(*this);
}

}  // namespace

struct Proxy::State : std::enable_shared_from_this<State> {
    std::shared_ptr<Acceptor> acceptor;
    ProxyRoute route;
    Ended ended;
    Deadlines deadlines;
    Asked asked;
    std::set<std::shared_ptr<Tunnel>> tunnels;

    State(const asio::any_io_executor& executor, ProxyRoute to_where, Ended to_tell, Deadlines patience,
          Asked to_hear)
        : acceptor(std::make_shared<Acceptor>(executor)),
          route(std::move(to_where)),
          ended(std::move(to_tell)),
          deadlines(patience),
          asked(std::move(to_hear)) {}

    void add(tcp::socket socket);
    void cut();
    void close();
};

void Proxy::State::add(tcp::socket socket) {
    // A plain pointer: the proxy ends all its tunnels before this is gone.
    auto tunnel = std::make_shared<Tunnel>(std::move(socket), route, deadlines, asked, [this](Tunnel& which) {
        const auto keep = shared_from_this();  // `ended` may destroy the proxy
        tunnels.erase(which.shared_from_this());
        ended();
    });
    tunnels.insert(tunnel);
    tunnel->start();
}

void Proxy::State::cut() {
    const auto keep = shared_from_this();
    for (const auto& tunnel : std::set(tunnels)) tunnel->cut();
}

void Proxy::State::close() {
    acceptor->close();
    cut();
}

Result<std::unique_ptr<Proxy>> Proxy::open(const asio::any_io_executor& executor, ProxyRoute route,
                                           Ended ended, Deadlines deadlines, Asked asked) {
    error_code error;
    const std::string address = route.address;
    const auto numeric = asio::ip::make_address(address, error);
    auto state =
        std::make_shared<State>(executor, std::move(route), std::move(ended), deadlines, std::move(asked));
    // A plain pointer: the acceptor is closed before the state is gone.
    const auto take = [state = state.get()](tcp::socket socket, const tcp::endpoint&) {
        state->add(std::move(socket));
    };
    if (!error) error = state->acceptor->open({numeric, 0}, take);
    if (error) return Problem{{}, "a numeric address for a proxy", address + ": " + error.message()};
    return std::unique_ptr<Proxy>(new Proxy(std::move(state)));
}

Proxy::Proxy(std::shared_ptr<State> state) noexcept : state_(std::move(state)) {}

Proxy::~Proxy() { state_->close(); }

std::uint16_t Proxy::port() const noexcept { return state_->acceptor->port(); }

std::size_t Proxy::open_connections() const noexcept { return state_->tunnels.size(); }

bool Proxy::has_pending() const noexcept { return state_->acceptor->has_pending(); }

void Proxy::refuse() { state_->acceptor->refuse(); }

void Proxy::cut() { state_->cut(); }

}  // namespace guise::net
