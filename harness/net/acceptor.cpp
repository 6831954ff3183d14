// The loop waits until the kernel's queue is not empty and then accepts by itself. With asio's own
// async_accept there would be a moment in which a connection is neither in the queue nor in any list, and the
// question whether all clients are gone would be answered wrongly.
#include "net/acceptor.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <utility>

namespace guise::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

// How long to wait for descriptors or memory before the next try to accept.
constexpr std::chrono::milliseconds back_off{20};

error_code last_error() { return {errno, boost::system::system_category()}; }

// Opens a socket or an acceptor at an endpoint, which connections that have not quite ended may still use.
template <class Any>
error_code bind(Any& socket, const Acceptor::Endpoint& endpoint) {
    error_code error;
    socket.open(endpoint.protocol(), error);
    if (!error && ::fcntl(socket.native_handle(), F_SETFD, FD_CLOEXEC) != 0) return last_error();
    if (!error) socket.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) socket.bind(endpoint, error);
    return error;
}

}  // namespace

Acceptor::Acceptor(const asio::any_io_executor& executor)
    : acceptor_(executor), placeholder_(executor), pause_(executor) {}

error_code Acceptor::open(const Endpoint& endpoint, Take take) {
    if (const error_code error = listen(endpoint)) return error;
    take_ = std::move(take);
    asio::co_spawn(
        acceptor_.get_executor(), [self = shared_from_this()] { return self->accept_all(); },
        [](const std::exception_ptr& failure) {
            if (failure) std::rethrow_exception(failure);
        });
    return {};
}

void Acceptor::refuse() {
    error_code error;
    const Endpoint endpoint = acceptor_.local_endpoint(error);
    if (error) return;  // it is closed, or has refused before
    close();
    bind(placeholder_, endpoint);
}

void Acceptor::close() {
    error_code ignored;
    acceptor_.close(ignored);
    placeholder_.close(ignored);
    pause_.cancel();
}

bool Acceptor::has_pending() noexcept {
    pollfd queue{.fd = acceptor_.native_handle(), .events = POLLIN, .revents = 0};
    return ::poll(&queue, 1, 0) > 0 && (queue.revents & POLLIN) != 0;
}

error_code Acceptor::listen(const Endpoint& endpoint) {
    error_code error = bind(acceptor_, endpoint);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (!error) acceptor_.non_blocking(true, error);
    if (!error) port_ = acceptor_.local_endpoint(error).port();
    return error;
}

asio::awaitable<void> Acceptor::accept_all() {
    while (acceptor_.is_open()) {
        error_code error;
        co_await acceptor_.async_wait(tcp::acceptor::wait_read,
                                      asio::redirect_error(asio::use_awaitable, error));
        if (!error && acceptor_.is_open()) error = accept_pending();
        if (!acceptor_.is_open()) co_return;
        if (!error) continue;
        pause_.expires_after(back_off);
        co_await pause_.async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
}

// Accepts until the queue is empty. Errors: what keeps the next connection from being accepted.
error_code Acceptor::accept_pending() {
    while (acceptor_.is_open()) {
        Endpoint peer;
        auto size = static_cast<socklen_t>(peer.capacity());
        // Not asio's accept: a client that is started now must not inherit the socket.
        const int accepted = ::accept4(acceptor_.native_handle(), peer.data(), &size, SOCK_CLOEXEC);
        if (accepted >= 0) {
            peer.resize(size);
            take_(Socket(acceptor_.get_executor(), peer.protocol(), accepted), peer);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return {};
        } else if (errno != EINTR && errno != ECONNABORTED) {
            return last_error();
        }
    }
    return {};
}

}  // namespace guise::net
