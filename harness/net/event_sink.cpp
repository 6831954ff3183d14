#include "net/event_sink.hpp"

#include <fmt/format.h>

namespace guise::net {

Result<std::unique_ptr<EventSink>> EventSink::open(const boost::asio::any_io_executor& executor,
                                                   OnEvent on_event, const std::string& address) {
    auto port = HttpPort::open(
        executor,
        [on_event = std::move(on_event)](const service::Request& request) {
            service::Answer answer;
            auto event = service::event_of(request);
            answer.status = event ? 204 : 404;
            if (!event) return answer;
            event->at = std::chrono::steady_clock::now();
            on_event(std::move(*event));
            return answer;
        },
        address);
    if (!port) return port.error();
    std::unique_ptr<EventSink> out(new EventSink);
    out->port_ = std::move(*port);
    return out;
}

std::string EventSink::url(const std::string& token) const {
    return fmt::format("http://{}/events/{}", port_->authority(), token);
}

bool EventSink::busy() const noexcept { return port_->busy(); }

}  // namespace guise::net
