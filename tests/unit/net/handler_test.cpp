#include "net/handler.hpp"

#include "net/kit.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace guise::net::handler_test {

using namespace std::chrono_literals;
using tls::Ending;

namespace asio = boost::asio;

namespace {

// What a handler waits for: the test says when it may go on.
struct Gate {
    asio::steady_timer timer;
    int waiting = 0;
    int cancelled = 0;

    explicit Gate(asio::io_context& context) : timer(context, asio::steady_timer::time_point::max()) {}
    void open() { timer.expires_at(asio::steady_timer::time_point::min()); }
};

// Answers each piece in upper case, once the gate is open. A plain channel it greets so too.
class Patient final : public Handler {
 public:
    explicit Patient(std::shared_ptr<Gate> gate) : gate_(std::move(gate)) {}

    asio::awaitable<service::Reply> open(bool secured) override {
        if (secured) co_return service::Reply{};
        co_return co_await receive("greeting");
    }
    asio::awaitable<service::Reply> receive(std::string_view bytes) override {
        ++gate_->waiting;
        error_code cancelled;
        co_await gate_->timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
        --gate_->waiting;
        if (gate_->timer.expiry() == asio::steady_timer::time_point::max()) ++gate_->cancelled;
        service::Reply reply{std::string(bytes), service::Then::close, {}};
        for (char& c : reply.send) c = static_cast<char>(std::toupper(c));
        co_return reply;
    }
    [[nodiscard]] const service::Received& received() const override { return received_; }

 private:
    using error_code = boost::system::error_code;
    std::shared_ptr<Gate> gate_;
    service::Received received_;
};

}  // namespace

namespace {

// A server whose first connection has a handler that waits, and a client of that which has asked something.
struct Waiting {
    kit::Server server;
    std::shared_ptr<Gate> gate = std::make_shared<Gate>(server.context);
    tls::kit::Client client;
    std::unique_ptr<kit::Socket> socket;

    explicit Waiting(Deadlines deadlines = {})
        : server(deadlines, tls::kit::always(tls::kit::present()), [this] {
              if (accepted_++ > 0) return converse(service::short_answer(), {});
              Conversation out;
              out.handler = std::make_unique<Patient>(gate);
              return out;
          }) {
        socket = std::make_unique<kit::Socket>(server);
        kit::shake_hands(*socket, client);
        client.send("question");
        socket->send(client.take_output());
        server.run_until([this] { return gate->waiting == 1; });
    }

 private:
    int accepted_ = 0;
};

}  // namespace

TEST_CASE("a handler may wait while other connections are served", "[net][handler]") {
    Waiting first;
    kit::Socket other(first.server);
    tls::kit::Client second;
    kit::shake_hands(other, second);
    second.send("GET / HTTP/1.1\r\n\r\n");
    other.send(second.take_output());
    kit::read_to_end(other, second);
    CHECK_THAT(second.plaintext, Catch::EndsWith("guise\n"));
    other.close();
    CHECK(first.server.next_end().ending == Ending::server_closed);
    CHECK(first.gate->waiting == 1);
    first.gate->open();
    kit::read_to_end(*first.socket, first.client);
    CHECK(first.client.plaintext == "QUESTION");
    first.socket->close();
    const auto transcript = first.server.next_end();
    CHECK(transcript.ending == Ending::server_closed);
    CHECK(transcript.application == "question");
    CHECK(first.gate->cancelled == 0);
}

TEST_CASE("a connection that is cut while its handler waits is reported at once, and cancels the wait",
          "[net][handler]") {
    Waiting place;
    SECTION("by its listener") { place.server.listener->cut(); }
    SECTION("because the listener is destroyed") { place.server.listener.reset(); }
    REQUIRE(place.server.ended.size() == 1);
    CHECK(place.server.ended[0].ending == Ending::deadline);
    place.server.run_until([&] { return place.gate->waiting == 0; });
    CHECK(place.gate->cancelled == 1);
    CHECK(place.client.plaintext.empty());
}

TEST_CASE("everything may be destroyed while a handler waits", "[net][handler]") {
    const auto place = std::make_unique<Waiting>();
    SECTION("listener and context") {}
    SECTION("a listener that has cut it") { place->server.listener->cut(); }
}

TEST_CASE("the connection's own deadline alone ends a handler's wait", "[net][handler]") {
    std::shared_ptr<Gate> gate;
    kit::Server server({.handshake = 1ms, .idle = 1ms, .connection = 30ms},
                       tls::kit::always(tls::kit::present()), [&] {
                           Conversation out;
                           out.handler = std::make_unique<Patient>(gate);
                           out.starts_plain = true;
                           return out;
                       });
    gate = std::make_shared<Gate>(server.context);
    kit::Socket socket(server);
    const auto transcript = server.next_end();
    CHECK(transcript.ending == Ending::deadline);
    CHECK(transcript.lasted >= 30ms);
    server.run_until([&] { return gate->waiting == 0; });
    CHECK(gate->cancelled == 1);
    gate.reset();
}

TEST_CASE("a client that has gone while the handler waited is seen to have gone", "[net][handler]") {
    Waiting place;
    place.socket->reset();
    place.gate->open();
    CHECK(place.server.next_end().ending == Ending::client_reset);
}

namespace {

class Failing final : public Handler {
 public:
    asio::awaitable<service::Reply> open(bool) override { co_return service::Reply{}; }
    asio::awaitable<service::Reply> receive(std::string_view) override {
        throw std::runtime_error("the upstream is gone");
        co_return service::Reply{};
    }
    [[nodiscard]] const service::Received& received() const override { return received_; }

 private:
    service::Received received_;
};

}  // namespace

TEST_CASE("a handler that throws costs its own connection", "[net][handler]") {
    kit::Server server({}, tls::kit::always(tls::kit::present()), [] {
        Conversation out;
        out.handler = std::make_unique<Failing>();
        return out;
    });
    kit::Socket socket(server);
    tls::kit::Client client;
    kit::shake_hands(socket, client);
    client.send("question");
    socket.send(client.take_output());
    const auto transcript = server.next_end();
    CHECK(transcript.ending == Ending::failed);
    CHECK(transcript.error == "the upstream is gone");
}

TEST_CASE("no dialogue is no handler", "[net][handler]") { CHECK_FALSE(handler_of(nullptr)); }

}  // namespace guise::net::handler_test
