// What answers one connection.
#pragma once

#include "service/dialogue.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>

namespace guise::net {

/// One side of one conversation that may wait before it speaks: for a timer, for another connection.
///
/// While it waits, nothing is read from its client, other connections go on, and no deadline but that of the
/// connection as a whole ends the wait. An end of the connection (its deadline, `Listener::cut`, the
/// listener's destruction) cancels what it waits for; what it says then is not sent.
///
/// Errors: what it throws ends its connection as a failure of the server, with the exception's text.
/// Lifetime: kept until the last wait is over, which may be after the connection has been reported and the
/// listener is gone. What it uses after a wait it must own, or share.
class Handler {
 public:
    virtual ~Handler() = default;

    /// The channel is there: after the accept where the service starts in plain text, and after a handshake.
    virtual boost::asio::awaitable<service::Reply> open(bool secured) = 0;
    /// The client's next bytes, in any cut; they stay as they are until the reply.
    virtual boost::asio::awaitable<service::Reply> receive(std::string_view bytes) = 0;
    [[nodiscard]] virtual const service::Received& received() const = 0;
    /// As that of `service::Dialogue`.
    [[nodiscard]] virtual bool at_rest() const { return false; }
};

/// A dialogue, which answers at once, as a handler. Null for null.
[[nodiscard]] std::unique_ptr<Handler> handler_of(std::unique_ptr<service::Dialogue> dialogue);

}  // namespace guise::net
