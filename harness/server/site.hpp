// The server side of one case: its addresses, what is shown there, and what came.
#pragma once

#include "net/conversation.hpp"
#include "net/listener.hpp"
#include "net/proxy.hpp"
#include "scenario/scenario.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace guise::server {

/// What is shown at all addresses of a case from the next connection on.
struct Showing {
    std::shared_ptr<const tls::Presentation> presentation;
    std::shared_ptr<const tls::Presentation> swapped;  // from the first public request on; null: nothing
    std::shared_ptr<const service::Service> service;
    service::Facts facts;
    bool plain_text = false;  // what comes in plain text is answered as well
};

/// Where a server of the scenario is.
struct ServerPlace {
    std::string host;
    std::uint16_t port = 0;
};

/// The addresses stay the same over all visits: pins are kept by them.
///
/// Lifetime: connections that are open when it is destroyed are ended. Threads: that of the executor.
class Site final {
 public:
    struct Options {
        std::string host;                   // of the main server; other hosts are below it
        std::string address = "127.0.0.1";  // where all of them listen
        bool one_name = false;              // the client knows no other name
        std::set<std::string> ports;        // the labels besides `main`
        std::optional<net::ProxyKind> proxy;
        net::Deadlines deadlines{};
    };

    /// Listens. Errors: what cannot be listened on.
    static Result<std::unique_ptr<Site>> open(const boost::asio::any_io_executor& executor, Options options);
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;

    [[nodiscard]] ServerPlace place(const scenario::At& at) const;
    /// Of the proxy that leads to the main server; 0 without one.
    [[nodiscard]] std::uint16_t proxy_port() const;

    void show(Showing showing);
    /// Waits until no connection is open or waits to be accepted; what is still open after a while is cut.
    boost::asio::awaitable<void> settle();
    /// Waits until a handshake has been finished since `show`.
    boost::asio::awaitable<void> handshake_done();
    /// The connections that have ended since the last call.
    [[nodiscard]] std::vector<tls::Transcript> take_connections();

 private:
    Site(const boost::asio::any_io_executor& executor, Options options);
    Problems listen(const std::string& label);
    Problems open_proxy();
    void refuse();
    [[nodiscard]] net::Conversation converse();
    [[nodiscard]] bool busy() const;
    boost::asio::awaitable<void> wait_for_change(std::chrono::milliseconds at_most);

    Options options_;
    boost::asio::any_io_executor executor_;
    boost::asio::steady_timer changed_;
    Showing showing_;
    bool swapped_ = false;
    bool secured_ = false;
    std::vector<tls::Transcript> connections_;
    std::shared_ptr<net::ProxyRequests> proxied_ = std::make_shared<net::ProxyRequests>();
    std::unique_ptr<net::Proxy> proxy_;                                // it ends after the listeners
    std::map<std::string, std::unique_ptr<net::Listener>> listeners_;  // last: they report to the above
};

}  // namespace guise::server
