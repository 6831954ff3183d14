// A bound TCP socket that hands over each connection.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>

namespace guise::net {

/// Listens from `open` to `refuse` or `close`. No socket of it is inherited by processes that are started
/// later.
///
/// Lifetime: kept alive by its own coroutine until it is closed; whoever opens it must close it.
class Acceptor final : public std::enable_shared_from_this<Acceptor> {
 public:
    using Socket = boost::asio::ip::tcp::socket;
    using Endpoint = boost::asio::ip::tcp::endpoint;
    /// Called with each connection, until `close`. It may close the acceptor.
    using Take = std::function<void(Socket, const Endpoint& peer)>;

    explicit Acceptor(const boost::asio::any_io_executor& executor);

    /// Binds, listens and accepts from now on; port 0 is any free one. Errors: what the system says.
    boost::system::error_code open(const Endpoint& endpoint, Take take);
    /// Accepts no more connections, and keeps the port from others until `close`: the system refuses clients
    /// that connect.
    void refuse();
    void close();

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    /// Whether a connection waits in the kernel's queue to be accepted.
    [[nodiscard]] bool has_pending() noexcept;

 private:
    boost::system::error_code listen(const Endpoint& endpoint);
    boost::asio::awaitable<void> accept_all();
    boost::system::error_code accept_pending();

    boost::asio::ip::tcp::acceptor acceptor_;
    Socket placeholder_;  // has the port once no connection is accepted there
    boost::asio::steady_timer pause_;
    Take take_;
    std::uint16_t port_ = 0;
};

}  // namespace guise::net
