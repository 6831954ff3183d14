// A listener whose conversations never come to TLS.
#include "net/http_port.hpp"

#include "base/ascii.hpp"
#include "net/http_reader.hpp"

#include <fmt/format.h>

namespace guise::net {

namespace {

class PlainDialogue final : public service::Dialogue {
 public:
    explicit PlainDialogue(HttpPort::Respond respond) : respond_(std::move(respond)) {}

    service::Reply open(bool) override { return {}; }
    service::Reply receive(std::string_view bytes) override {
        service::Reply reply;
        reader_.receive(bytes);
        while (const auto request = reader_.next()) {
            reply.send += to_text(respond_(*request), *request);
            if (request->keep_alive) continue;
            reply.then = service::Then::close;
            break;
        }
        return reply;
    }
    [[nodiscard]] const service::Received& received() const override { return received_; }

 private:
    HttpPort::Respond respond_;
    HttpReader reader_;
    service::Received received_;  // nothing: what is said here is no evidence of a TLS connection
};

}  // namespace

Result<std::unique_ptr<HttpPort>> HttpPort::open(const boost::asio::any_io_executor& executor,
                                                 Respond respond, const std::string& address) {
    ListenerOptions options{.address = address};
    options.converse = [asked = std::move(respond)] {
        Conversation out;
        out.dialogue = std::make_unique<PlainDialogue>(asked);
        out.starts_plain = true;
        return out;
    };
    auto listener = Listener::open(
        executor, std::move(options), [](const Destination&) { return nullptr; }, [](tls::Transcript) {});
    if (!listener) return listener.error();
    std::unique_ptr<HttpPort> out(new HttpPort);
    out->address_ = in_url(address);
    out->listener_ = std::move(*listener);
    return out;
}

std::string HttpPort::authority() const { return fmt::format("{}:{}", address_, listener_->port()); }

bool HttpPort::busy() const noexcept { return listener_->open_connections() > 0 || listener_->has_pending(); }

}  // namespace guise::net
