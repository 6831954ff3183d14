// An address on loopback to which clients, and the systems behind them, post their events by HTTP.
#pragma once

#include "net/http_port.hpp"
#include "service/event.hpp"

namespace guise::net {

/// Accepts any request to `/events/TOKEN`, in plain HTTP, with 204; others get 404. What a request says is
/// read as in service/event.hpp.
///
/// Lifetime and threads: as those of `Listener`.
class EventSink final {
 public:
    /// Called with each event and the time at which it came, before the sender gets its answer.
    using OnEvent = std::function<void(service::Event)>;

    /// Binds and listens on any free port of `address`. Errors: what cannot be bound, and why.
    static Result<std::unique_ptr<EventSink>> open(const boost::asio::any_io_executor& executor,
                                                   OnEvent on_event,
                                                   const std::string& address = "127.0.0.1");

    /// Where events of the owner of `token` are posted; letters, digits and `-` need no escape.
    [[nodiscard]] std::string url(const std::string& token) const;
    /// Whether an event is on its way: a client that has ended may have left one in the kernel.
    [[nodiscard]] bool busy() const noexcept;

 private:
    EventSink() = default;

    std::unique_ptr<HttpPort> port_;
};

}  // namespace guise::net
