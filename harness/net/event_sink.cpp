// A listener whose conversations never come to TLS.
#include "net/event_sink.hpp"

#include "net/http_reader.hpp"

#include <fmt/format.h>

namespace guise::net {

namespace {

class SinkDialogue final : public service::Dialogue {
 public:
    explicit SinkDialogue(EventSink::OnEvent on_event) : on_event_(std::move(on_event)) {}

    service::Reply open(bool) override { return {}; }
    service::Reply receive(std::string_view bytes) override {
        service::Reply reply;
        reader_.receive(bytes);
        while (const auto request = reader_.next()) {
            reply.send += to_text(take(*request), *request);
            if (request->keep_alive) continue;
            reply.then = service::Then::close;
            break;
        }
        return reply;
    }
    [[nodiscard]] const service::Heard& heard() const override { return heard_; }

 private:
    service::Answer take(const service::Request& request) {
        service::Answer answer;
        auto event = service::event_of(request);
        answer.status = event ? 204 : 404;
        if (!event) return answer;
        event->at = std::chrono::steady_clock::now();
        on_event_(std::move(*event));
        return answer;
    }

    EventSink::OnEvent on_event_;
    HttpReader reader_;
    service::Heard heard_;  // nothing: events are no evidence of a connection
};

}  // namespace

Result<std::unique_ptr<EventSink>> EventSink::open(const boost::asio::any_io_executor& executor,
                                                   OnEvent on_event, const std::string& address) {
    auto listener = Listener::open(
        executor, address, 0, [](const tls::ClientHello&) { return nullptr; }, [](tls::Transcript) {}, {},
        [told = std::move(on_event)] {
            Conversation out;
            out.dialogue = std::make_unique<SinkDialogue>(told);
            out.starts_plain = true;
            return out;
        });
    if (!listener) return listener.error();
    std::unique_ptr<EventSink> out(new EventSink);
    out->address_ = address.find(':') == std::string::npos ? address : '[' + address + ']';
    out->listener_ = std::move(*listener);
    return out;
}

std::string EventSink::url(const std::string& token) const {
    return fmt::format("http://{}:{}/events/{}", address_, listener_->port(), token);
}

bool EventSink::busy() const noexcept {
    return listener_->open_connections() > 0 || listener_->has_pending();
}

}  // namespace guise::net
