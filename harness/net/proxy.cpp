// A request, its answer, and then two pumps that know nothing of what they carry.
//
// The pumps must not change how an end looks. A FIN closes the sending direction of the other side and
// nothing else, so half-closed connections stay what they are; an RST is passed on as an RST. The kernel
// tells of an RST once, to whoever asks first: where a write has met it, the read after it sees a mere end.
// So each side remembers its RST. A side that takes nothing more is still read, because what it said before
// it went is in the kernel yet, and the other side is read into the void, so that its end is seen.
#include "net/proxy.hpp"

#include "base/ascii.hpp"
#include "net/acceptor.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <set>
#include <string_view>
#include <sys/socket.h>
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

// The kernel leaves this mode by itself, so it is asked for before each read.
void acknowledge_at_once(tcp::socket& socket) {
    const int on = 1;
    ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
}

// One connection of a client, from accept to end. Owned by its coroutines and by the proxy, until it ends.
class Tunnel final : public std::enable_shared_from_this<Tunnel> {
 public:
    using Ended = std::function<void(Tunnel&)>;

    Tunnel(tcp::socket client, const ProxyRoute& route, const Deadlines& deadlines, Ended ended)
        : route_(route),
          deadlines_(deadlines),
          client_{std::move(client)},
          server_{tcp::socket(client_.socket.get_executor())},
          timer_(client_.socket.get_executor()),
          ended_(std::move(ended)),
          handshake_(route.kind) {
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
    asio::awaitable<void> write(Side& to, std::string_view bytes);
    void pass_end(Side& from, Side& to, const error_code& how);
    void pass_reset(Side& to);
    void expect_until(Clock::time_point deadline);
    void end();

    const Clock::time_point accepted_ = Clock::now();
    const ProxyRoute route_;
    const Deadlines deadlines_;
    Side client_;
    Side server_;
    asio::steady_timer timer_;
    Ended ended_;  // empty once it was called
    ProxyHandshake handshake_;
    std::optional<tcp::endpoint> announced_;
};

asio::awaitable<void> Tunnel::play() {
    const ProxyHandshake::Step asked = co_await ask();
    if (!ended_) co_return;
    if (asked.state == ProxyHandshake::Step::State::refused) co_return co_await refuse(asked.reply);
    const bool known = same_host(asked.request.host, route_.host);
    if (!known || !co_await reach_server()) co_return co_await refuse(handshake_.unreachable());
    if (!ended_) co_return;
    announce(asked.request);
    expect_until(Clock::now() + deadlines_.connection + deadlines_.linger);
    co_await write(client_, handshake_.granted());
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
            co_await write(client_, step.reply);
        else if (!co_await receive())
            co_return ProxyHandshake::Step{ProxyHandshake::Step::State::refused, "", {}};
    }
}

// Whether something has come.
asio::awaitable<bool> Tunnel::receive() {
    expect_until(std::min(Clock::now() + deadlines_.handshake, accepted_ + deadlines_.connection));
    acknowledge_at_once(client_.socket);
    std::array<char, 4096> bytes;  // NOLINT(*-member-init): it is read into
    error_code error;
    const std::size_t size = co_await client_.socket.async_read_some(
        asio::buffer(bytes), asio::redirect_error(asio::use_awaitable, error));
    handshake_.receive({bytes.data(), size});
    co_return ended_ && !error;
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
    co_await write(client_, reply);
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
    std::array<char, 16384> bytes;  // NOLINT(*-member-init): it is read into
    error_code error;
    while (ended_) {
        acknowledge_at_once(from.socket);
        const std::size_t size = co_await from.socket.async_read_some(
            asio::buffer(bytes), asio::redirect_error(asio::use_awaitable, error));
        if (!ended_) co_return;
        if (error) co_return pass_end(from, to, error);
        co_await write(to, {bytes.data(), size});
        if (ended_ && to.gone && to.silent) co_return pass_reset(from);  // nobody is there any more
    }
}

asio::awaitable<void> Tunnel::write(Side& to, std::string_view bytes) {
    if (to.gone || bytes.empty()) co_return;
    error_code error;
    // At once where it can be: an asynchronous write would meet an RST now and tell it only after a read has
    // seen the mere end.
    const std::size_t sent = asio::write(to.socket, asio::buffer(bytes), error);
    if (error == asio::error::would_block)
        co_await asio::async_write(to.socket, asio::buffer(bytes.substr(sent)),
                                   asio::redirect_error(asio::use_awaitable, error));
    to.gone = error.failed();
    to.reset = error == asio::error::connection_reset;
}

// `from` has ended in some way, and `to` is told in the same way.
void Tunnel::pass_end(Side& from, Side& to, const error_code& how) {
    if (from.reset || how != asio::error::eof) return pass_reset(to);
    from.silent = true;
    error_code ignored;
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
    std::set<std::shared_ptr<Tunnel>> tunnels;

    State(const asio::any_io_executor& executor, ProxyRoute to_where, Ended to_tell, Deadlines patience)
        : acceptor(std::make_shared<Acceptor>(executor)),
          route(std::move(to_where)),
          ended(std::move(to_tell)),
          deadlines(patience) {}

    void add(tcp::socket socket);
    void cut();
    void close();
};

void Proxy::State::add(tcp::socket socket) {
    // A plain pointer: the proxy ends all its tunnels before this is gone.
    auto tunnel = std::make_shared<Tunnel>(std::move(socket), route, deadlines, [this](Tunnel& which) {
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
                                           Ended ended, Deadlines deadlines) {
    error_code error;
    const std::string address = route.address;
    const auto numeric = asio::ip::make_address(address, error);
    auto state = std::make_shared<State>(executor, std::move(route), std::move(ended), deadlines);
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
