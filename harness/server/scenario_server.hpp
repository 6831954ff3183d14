// The servers of one scenario: their addresses, what is presented there, and what arrived.
//
// The one owner of listeners above `net`: a case of a run, the control channel and `guise serve` all use it.
#pragma once

#include "base/problem.hpp"
#include "net/listener.hpp"
#include "net/proxy.hpp"
#include "scenario/scenario.hpp"
#include "server/notifier.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace guise::server {

/// What is shown at all addresses from the next connection on.
struct Showing {
    net::Choose choose;
    std::shared_ptr<const tls::Presentation> swapped;   // from the first public request on; null: nothing
    std::shared_ptr<const service::Service> service{};  // null: a short answer to each HTTP request
    service::Facts facts{};
    bool plain_text = false;  // what comes in plain text is answered as well
    std::shared_ptr<const tls::Presentation>
        first{};  // to the first connection alone; null: as to the others
};

/// The same for every client.
[[nodiscard]] net::Choose always(std::shared_ptr<const tls::Presentation> presentation);

/// Where a server of the scenario is.
struct ServerPlace {
    std::string host;
    std::uint16_t port = 0;
};

/// The addresses stay the same whatever is shown: pins are kept by them.
///
/// Lifetime: `close`, or the destructor, ends the connections that are open and every wait. Waits that go on
/// keep what they need. Threads: that of the executor.
class ScenarioServer final {
 public:
    /// Called as each connection ends, those that are cut too, after it was kept. It must not destroy the
    /// server. Of one that has lived through several visits it has what it carried in the last.
    using OnConnection = std::function<void(const tls::Transcript&)>;

    struct Options {
        std::string host{};                 // of the main server; other hosts are below it
        std::string address = "127.0.0.1";  // where all of them listen
        std::uint16_t port = 0;             // of the main server; 0: any free one
        bool one_name = false;              // the client knows no other name
        std::set<std::string> ports{};      // the labels besides `main`, each on a free port
        std::optional<net::ProxyKind> proxy{};
        net::Deadlines deadlines{};
        bool refuse_after_unfit =
            false;                     // a client that offers nothing that could be shown may not try again
        bool keep_connections = true;  // for `connections`
        OnConnection on_connection{};
    };

    /// Listens. Errors: what cannot be listened on.
    static Result<std::unique_ptr<ScenarioServer>> open(const boost::asio::any_io_executor& executor,
                                                        Options options, Showing showing = {});
    ScenarioServer(const ScenarioServer&) = delete;
    ScenarioServer& operator=(const ScenarioServer&) = delete;
    ~ScenarioServer();

    [[nodiscard]] ServerPlace place(const scenario::At& at) const;
    /// Of the main server.
    [[nodiscard]] std::uint16_t port() const;
    /// Of the proxy that leads to the main server; 0 without one.
    [[nodiscard]] std::uint16_t proxy_port() const;

    void show(Showing showing);

    /// What comes from now on belongs to this visit, also what comes over connections that are at rest
    /// (`net::Connection::at_rest`) and were accepted before. Visits have ascending numbers, from 1.
    void begin_visit(int number);
    /// The connections of the visit: those that have ended, and as they are those that are at rest. One that
    /// was accepted in an earlier visit has the number of that visit; it is left out if nothing came over it
    /// in this one.
    [[nodiscard]] std::vector<tls::Transcript> connections() const;
    [[nodiscard]] std::size_t open_connections() const;
    /// What was said to the proxy in the visit, to each connection of it.
    [[nodiscard]] const std::vector<std::string>& said_to_proxy() const;
    /// What a choice, or a conversation, threw since the last `show`; empty: nothing. Its client got an
    /// alert, or no answer.
    [[nodiscard]] const std::string& failure() const;

    /// Waits until no connection waits to be accepted, and those that are open are at rest; what is not after
    /// a while is cut. Behind a proxy nothing counts as at rest before that: more may be on its way.
    boost::asio::awaitable<void> settle();
    /// Ends every connection.
    void cut();
    /// Waits until a handshake has been finished since `show`, or the server is closed.
    boost::asio::awaitable<void> handshake_done();
    /// Waits until the visit has `count` connections, and those that are open are at rest.
    boost::asio::awaitable<Woken> ended(std::size_t count, Notifier::Clock::time_point deadline);

    /// Ends every connection and every wait, and listens no more.
    void close();

 private:
    struct State;
    explicit ScenarioServer(std::shared_ptr<State> state) noexcept;
    std::shared_ptr<State> state_;
};

}  // namespace guise::server
