// Listeners on loopback that play a server against each client that connects.
//
// One coroutine a connection, a deadline beside every wait. TCP_NODELAY and TCP_QUICKACK are set on each
// accepted socket: without them some clients take five to eight times as long.
#pragma once

#include "base/problem.hpp"
#include "net/conversation.hpp"
#include "net/destination.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace guise::net {

/// How patient the server is. Each is the longest wait for the next byte, but `connection`, the longest life
/// of one.
struct Deadlines {
    std::chrono::milliseconds handshake{
        10'000};                             // must outlast a client that asks its user inside the handshake
    std::chrono::milliseconds idle{10'000};  // after Finished
    std::chrono::milliseconds keep_alive{5'000};  // after an answer that may be followed by another request
    std::chrono::milliseconds linger{
        2'000};  // reading on to the client's end, after we have nothing more to say
    std::chrono::milliseconds connection{60'000};
    std::chrono::milliseconds silence{
        1'000};  // of a server that stalls: for as long as a client can be expected to need for a wrong step
};

/// Called with each connection as it ends, in the order of the ends. What it throws leaves the context's
/// run(). It may destroy the listener.
using Ended = std::function<void(tls::Transcript)>;

/// Where and how to listen.
struct ListenerOptions {
    std::string address;     // numeric
    std::uint16_t port = 0;  // 0: any free one
    std::string label{};     // of this listener, for `Destination`
    Deadlines deadlines{};
    /// Called at each accept. Empty: every HTTP/1.x request over TLS is answered with a short 200, and
    /// anything else is read and not answered.
    Converse converse{};
    std::shared_ptr<const ProxyRequests> proxied{};  // for `Destination`; null: no proxy leads here
};

/// Which connections are ended.
enum class Cut { all, busy };

/// One bound address. What is said there besides TLS is up to the conversations. The sockets are not
/// inherited by processes that are started later.
///
/// Lifetime: connections that are still open when the listener is destroyed are closed and reported with
/// `Ending::deadline` before the destructor returns. The executor's context must outlive it, and must run in
/// one thread.
class Listener final {
 public:
    /// Binds and listens. Errors: what cannot be bound, and why.
    static Result<std::unique_ptr<Listener>> open(const boost::asio::any_io_executor& executor,
                                                  ListenerOptions options, Choose choose, Ended ended);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept;
    /// Connections that have been accepted and have not ended.
    [[nodiscard]] std::size_t open_connections() const noexcept;
    /// Those of them that are not at rest (`Connection::at_rest`).
    [[nodiscard]] std::size_t busy_connections() const;
    /// Whether a connection waits in the kernel's queue to be accepted.
    [[nodiscard]] bool has_pending() const noexcept;
    /// Accepts no more connections, and keeps the port: clients that connect are refused by the system. Open
    /// connections go on.
    void refuse();
    /// The connections at which a visit may end, as they are (`Connection::at_rest`).
    [[nodiscard]] std::vector<tls::Transcript> at_rest() const;
    /// Lets the connections that are at rest live on in the next visit, each with a new conversation.
    void begin_visit();
    /// Ends every open connection now, with `Ending::deadline`; `busy`: those that are not at rest.
    void cut(Cut what = Cut::all);

 private:
    struct State;
    explicit Listener(std::shared_ptr<State> state) noexcept;
    std::shared_ptr<State> state_;
};

}  // namespace guise::net
