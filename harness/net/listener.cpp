// Accepts, and keeps the list of who is there.
//
// The accept loop waits until the kernel's queue is not empty and then accepts by itself. With asio's own
// async_accept there would be a moment in which a connection is neither in the queue nor in the list, and
// someone who asks whether all clients are gone would be told so wrongly.
#include "net/listener.hpp"

#include "net/connection.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <set>
#include <sys/socket.h>
#include <utility>

namespace guise::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

// How long to wait for descriptors or memory before the next try to accept.
constexpr std::chrono::milliseconds back_off{20};

Problems cannot(std::string_view what, const std::string& address, std::uint16_t port,
                const std::string& why) {
    return Problem{.where = {},
                   .expected = std::string(what),
                   .found = address + " port " + std::to_string(port) + ": " + why};
}

}  // namespace

struct Listener::State : std::enable_shared_from_this<State> {
    tcp::acceptor acceptor;
    asio::steady_timer pause;
    tls::Choose choose;
    Ended ended;
    Deadlines deadlines;
    Converse conversation;
    std::uint16_t port = 0;
    std::set<std::shared_ptr<Connection>> connections;

    State(const asio::any_io_executor& executor, tls::Choose to_choose, Ended to_tell, Deadlines patience,
          Converse to_say)
        : acceptor(executor),
          pause(executor),
          choose(std::move(to_choose)),
          ended(std::move(to_tell)),
          deadlines(patience),
          conversation(std::move(to_say)) {}

    error_code bind(const tcp::endpoint& endpoint);
    asio::awaitable<void> accept_all();
    error_code accept_pending();
    void add(tcp::socket socket, const tcp::endpoint& peer);
    void cut();
    void close();
};

error_code Listener::State::bind(const tcp::endpoint& endpoint) {
    error_code error;
    acceptor.open(endpoint.protocol(), error);
    if (!error && ::fcntl(acceptor.native_handle(), F_SETFD, FD_CLOEXEC) != 0)
        return {errno, boost::system::system_category()};
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (!error) acceptor.non_blocking(true, error);
    if (!error) port = acceptor.local_endpoint(error).port();
    return error;
}

asio::awaitable<void> Listener::State::accept_all() {
    while (acceptor.is_open()) {
        error_code error;
        co_await acceptor.async_wait(tcp::acceptor::wait_read,
                                     asio::redirect_error(asio::use_awaitable, error));
        if (!error && acceptor.is_open()) error = accept_pending();
        if (!acceptor.is_open()) co_return;
        if (!error) continue;
        pause.expires_after(back_off);
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
}

// Accepts until the queue is empty. Errors: what keeps the next connection from being accepted.
error_code Listener::State::accept_pending() {
    for (;;) {
        tcp::endpoint peer;
        auto size = static_cast<socklen_t>(peer.capacity());
        // Not asio's accept: a client that is started now must not inherit the socket.
        const int accepted = ::accept4(acceptor.native_handle(), peer.data(), &size, SOCK_CLOEXEC);
        if (accepted >= 0) {
            peer.resize(size);
            add(tcp::socket(acceptor.get_executor(), peer.protocol(), accepted), peer);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return {};
        } else if (errno != EINTR && errno != ECONNABORTED) {
            return {errno, boost::system::system_category()};
        }
    }
}

void Listener::State::add(tcp::socket socket, const tcp::endpoint& peer) {
    // Plain pointers: the listener ends all its connections before this is gone.
    auto connection = std::make_shared<Connection>(
        std::move(socket), peer, [this](const tls::ClientHello& hello) { return choose(hello); },
        conversation(),
        [this](Connection& which, tls::Transcript transcript) {
            const auto keep = shared_from_this();  // `ended` may destroy the listener
            connections.erase(which.shared_from_this());
            ended(std::move(transcript));
        },
        deadlines);
    connections.insert(connection);
    connection->start();
}

void Listener::State::cut() {
    const auto keep = shared_from_this();
    for (const auto& connection : std::set(connections)) connection->cut();
}

void Listener::State::close() {
    error_code ignored;
    acceptor.close(ignored);
    pause.cancel();
    cut();
}

Result<std::unique_ptr<Listener>> Listener::open(const asio::any_io_executor& executor,
                                                 const std::string& address, std::uint16_t port,
                                                 tls::Choose choose, Ended ended, Deadlines deadlines,
                                                 Converse to_say) {
    error_code error;
    const auto numeric = asio::ip::make_address(address, error);
    if (error) return cannot("a numeric address to listen on", address, port, error.message());
    if (!to_say) to_say = [] { return converse(service::short_answer(), {}); };
    auto state =
        std::make_shared<State>(executor, std::move(choose), std::move(ended), deadlines, std::move(to_say));
    if (const error_code failure = state->bind({numeric, port}))
        return cannot("an address to listen on", address, port, failure.message());
    asio::co_spawn(
        executor, [state] { return state->accept_all(); },
        [](const std::exception_ptr& failure) {
            if (failure) std::rethrow_exception(failure);
        });
    return std::unique_ptr<Listener>(new Listener(std::move(state)));
}

Listener::Listener(std::shared_ptr<State> state) noexcept : state_(std::move(state)) {}

Listener::~Listener() { state_->close(); }

std::uint16_t Listener::port() const noexcept { return state_->port; }

std::size_t Listener::open_connections() const noexcept { return state_->connections.size(); }

bool Listener::has_pending() const noexcept {
    pollfd queue{.fd = state_->acceptor.native_handle(), .events = POLLIN, .revents = 0};
    return ::poll(&queue, 1, 0) > 0 && (queue.revents & POLLIN) != 0;
}

void Listener::cut() { state_->cut(); }

}  // namespace guise::net
