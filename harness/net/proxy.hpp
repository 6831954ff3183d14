// Proxies on loopback, for clients that find the host of a case by asking one.
//
// A proxy decides nothing and hides nothing: it passes bytes, FIN and RST of either side to the other as they
// came, because how a client ends its connection is evidence.
#pragma once

#include "net/listener.hpp"
#include "tls/engine.hpp"

namespace guise::net {

/// Which server a proxy leads to, and how.
struct ProxyRoute {
    ProxyKind kind = ProxyKind::http;
    std::string host;        // the only one that there is; whatever port is asked for, it leads to the server
    std::string address;     // numeric; the server is there, and the proxy listens there
    std::uint16_t port = 0;  // of the server
    tls::Choose shows{};     // the proxy speaks TLS and shows this; empty: clients ask it in plain text
    std::shared_ptr<ProxyRequests> requests{};  // where the listeners read what was asked for; null: nowhere
};

/// One bound address that leads to one server. The sockets are not inherited by processes that are started
/// later.
///
/// `handshake` is the longest wait for the next byte of a request, `connection` that for all of it, `linger`
/// the wait for the client's end after a refusal. The head of a request has at most 16 KiB. A relay has no
/// patience of its own, for the server it leads to has; only when it has outlived the server's `connection`
/// by `linger` is it closed.
///
/// Lifetime: connections that are still open when the proxy is destroyed are closed before the destructor
/// returns. The executor's context must outlive it, and must run in one thread.
class Proxy final {
 public:
    /// Called as each connection ends. It may destroy the proxy.
    using Ended = std::function<void()>;
    /// Called with what a client has said to the proxy itself, in whatever channel, once it has been granted
    /// or refused. It must not destroy the proxy.
    using Asked = std::function<void(std::string)>;

    /// Binds and listens on any free port. Errors: what cannot be bound, and why.
    static Result<std::unique_ptr<Proxy>> open(const boost::asio::any_io_executor& executor, ProxyRoute route,
                                               Ended ended, Deadlines deadlines = {}, Asked asked = {});
    ~Proxy();
    Proxy(const Proxy&) = delete;
    Proxy& operator=(const Proxy&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept;
    /// Connections of clients that have been accepted and have not ended.
    [[nodiscard]] std::size_t open_connections() const noexcept;
    /// Whether a connection waits in the kernel's queue to be accepted.
    [[nodiscard]] bool has_pending() const noexcept;
    /// Accepts no more connections, and keeps the port. Open connections go on.
    void refuse();
    /// Closes every open connection now, on both sides.
    void cut();

 private:
    struct State;
    explicit Proxy(std::shared_ptr<State> state) noexcept;
    std::shared_ptr<State> state_;
};

}  // namespace guise::net
