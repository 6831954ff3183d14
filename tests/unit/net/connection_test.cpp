#include "net/connection.hpp"

#include "net/kit.hpp"
#include "service/kit.hpp"

namespace guise::net::connection_test {

using namespace std::chrono_literals;
using tls::Ending;
using tls::kit::Client;

namespace {

const std::string request = "GET / HTTP/1.1\r\nHost: guise.test\r\nConnection: close\r\n\r\n";
const Bytes clear_unknown_ca = *from_hex("15030300020230");

const std::string lasting = "GET / HTTP/1.1\r\nHost: guise.test\r\n\r\n";  // more may follow it

// A client that has finished its handshake and sent a request.
void ask(kit::Socket& socket, Client& client, const std::string& what = request) {
    kit::shake_hands(socket, client);
    REQUIRE(client.finished);
    client.send(what);
    socket.send(client.take_output());
}

// What a client in plain text receives until the server closes or has said `last`.
std::string hear(kit::Socket& socket, const std::string& last = "") {
    std::string out;
    while (last.empty() || out.find(last) == std::string::npos) {
        const Bytes bytes = socket.receive();
        if (bytes.empty()) break;
        out += as_text(bytes);
    }
    return out;
}

Converse speaking(std::shared_ptr<const service::Service> service, bool plain_text = false) {
    return [service = std::move(service), plain_text] {
        return converse(service, service::kit::facts(), plain_text);
    };
}

const Choose shown = tls::kit::always(tls::kit::present());

}  // namespace

TEST_CASE("a request is answered, and the client's end is then ours", "[net][connection]") {
    kit::Server server;
    kit::Socket socket(server);
    Client client;
    ask(socket, client);
    kit::read_to_end(socket, client);
    CHECK_THAT(client.plaintext, Catch::StartsWith("HTTP/1.1 200 OK\r\n") && Catch::EndsWith("guise\n"));
    CHECK(client.alerts_seen == Bytes{0});
    CHECK(server.listener->open_connections() == 1);
    socket.close();
    const auto transcript = server.next_end();
    CHECK(transcript.ending == Ending::server_closed);
    CHECK(transcript.application == request);
    CHECK(transcript.finished);
    CHECK_THAT(transcript.peer, Catch::StartsWith("127.0.0.1:"));
    CHECK(transcript.lasted.count() > 0);
    CHECK(server.listener->open_connections() == 0);
}

TEST_CASE("a server that stops in the handshake ends as its script says", "[net][connection]") {
    const auto kind = GENERATE(tls::MutationKind::stall, tls::MutationKind::reset, tls::MutationKind::close);
    CAPTURE(word(kind));
    tls::Presentation stopping = tls::kit::present();
    stopping.mutation = {kind, {}, tls::Milestone::certificate};
    kit::Server server({.linger = 1ms}, tls::kit::always(stopping));
    kit::Socket socket(server);
    Client client;
    kit::shake_hands(socket, client);
    const auto transcript = server.next_end();
    CHECK(transcript.ending == Ending::server_stopped);
    CHECK(client.seen.contains(SSL3_MT_CERTIFICATE));
    CHECK_FALSE(transcript.finished);
}

TEST_CASE("a server that is slow, in the handshake or after it, says all that it has to say",
          "[net][connection]") {
    tls::Presentation slow = tls::kit::present();
    slow.mutation = {GENERATE(tls::MutationKind::slow, tls::MutationKind::slow_answers)};
    kit::Server server({}, tls::kit::always(slow));
    kit::Socket socket(server);
    Client client;
    ask(socket, client);
    kit::read_to_end(socket, client);
    socket.close();
    const auto transcript = server.next_end();
    CHECK(transcript.finished);
    CHECK(transcript.application == request);
}

TEST_CASE("a client that leaves a server that has stopped has left by itself", "[net][connection]") {
    tls::Presentation stopping = tls::kit::present();
    stopping.mutation = {tls::MutationKind::stall, {}, tls::Milestone::server_hello};
    kit::Server server({}, tls::kit::always(stopping));
    kit::Socket socket(server);
    Client client;
    client.step();
    socket.send(client.take_output());
    REQUIRE_FALSE(socket.receive().empty());
    socket.close();
    CHECK(server.next_end().ending == Ending::client_closed);
}

TEST_CASE("a client that resets after the answer is seen to do so", "[net][connection]") {
    kit::Server server;
    kit::Socket socket(server);
    Client client;
    ask(socket, client);
    kit::read_to_end(socket, client);
    socket.reset();
    CHECK(server.next_end().ending == Ending::client_reset);
}

TEST_CASE("an answered client that stays is left after the linger", "[net][connection]") {
    kit::Server server({.linger = 1ms});
    kit::Socket socket(server);
    Client client;
    ask(socket, client);
    CHECK(server.next_end().ending == Ending::server_closed);
}

TEST_CASE("a FIN and a RST before the handshake are told apart", "[net][connection]") {
    kit::Server server;
    kit::Socket closes(server);
    closes.close();
    const auto closed = server.next_end();
    CHECK(closed.ending == Ending::client_closed);
    CHECK(closed.bytes_in == 0);
    kit::Socket resets(server);
    server.accept_one();
    resets.reset();
    CHECK(server.next_end().ending == Ending::client_reset);
}

TEST_CASE("a client that closes after the handshake has closed", "[net][connection]") {
    kit::Server server;
    kit::Socket socket(server);
    Client client;
    kit::shake_hands(socket, client);
    socket.close();
    const auto transcript = server.next_end();
    CHECK(transcript.finished);
    CHECK(transcript.ending == Ending::client_closed);
    CHECK(transcript.application.empty());
}

TEST_CASE("a refusal is recorded with the client's own end", "[net][connection]") {
    kit::Server server;
    kit::Socket socket(server);
    Client client;
    SECTION("encrypted") {
        client.refusal = 48;
        kit::shake_hands(socket, client);
    }
    SECTION("in clear") {
        client.step();
        socket.send(client.take_output());
        REQUIRE_FALSE(socket.receive().empty());
        socket.send(clear_unknown_ca);
        CHECK(socket.receive().empty());  // our FIN and no byte before it
    }
    Ending expected = Ending::client_closed;
    SECTION("with a reset") {
        client.refusal = 48;
        kit::shake_hands(socket, client);
        server.run_until([&] { return !server.ended.empty() || socket.receive().empty(); });
        socket.reset();
        expected = Ending::client_reset;
    }
    socket.close();
    const auto transcript = server.next_end();
    CHECK(transcript.ending == expected);
    REQUIRE(transcript.alerts.size() == 1);
    CHECK(transcript.alerts[0].description == 48);
    CHECK(transcript.certificate_sent);
    CHECK_FALSE(transcript.finished);
}

TEST_CASE("an alert that comes after the handshake is recorded", "[net][connection]") {
    kit::Server server;
    kit::Socket socket(server);
    Client client;
    kit::shake_hands(socket, client);
    SSL_send_fatal_alert(client.ssl(), 42);
    socket.send(client.take_output());
    socket.close();
    const auto transcript = server.next_end();
    REQUIRE(transcript.alerts.size() == 1);
    CHECK(transcript.alerts[0].description == 42);
    CHECK(transcript.ending == Ending::client_closed);
}

TEST_CASE("our own failure is named so, and a late alert still counts", "[net][connection]") {
    kit::Server server({}, [](const Destination&) { return nullptr; });
    kit::Socket socket(server);
    Client client;
    kit::shake_hands(socket, client);
    CHECK(client.alerts_seen == Bytes{112});
    socket.send(clear_unknown_ca);
    socket.close();
    const auto transcript = server.next_end();
    CHECK(transcript.ending == Ending::failed);
    REQUIRE(transcript.alerts.size() == 2);
    CHECK(transcript.alerts[1].description == 48);
}

TEST_CASE("a client that stays after our failure is left after the linger", "[net][connection]") {
    kit::Server server({.linger = 1ms}, [](const Destination&) { return nullptr; });
    kit::Socket socket(server);
    Client client;
    kit::shake_hands(socket, client);
    CHECK(server.next_end().ending == Ending::failed);
}

TEST_CASE("a client that says goodbye hears it", "[net][connection]") {
    kit::Server server;
    kit::Socket socket(server);
    Client client;
    kit::shake_hands(socket, client);
    client.close_notify();
    socket.send(client.take_output());
    kit::read_to_end(socket, client);
    CHECK(client.alerts_seen == Bytes{0});
    socket.close();
    const auto transcript = server.next_end();
    CHECK(transcript.close_notify);
    CHECK(transcript.ending == Ending::client_closed);
}

TEST_CASE("a client that does not speak TLS is heard to its end and not answered", "[net][connection]") {
    kit::Server server({.linger = 1ms});
    kit::Socket socket(server);
    socket.send(request);
    Ending expected = Ending::server_closed;  // after the linger
    SECTION("it stays") { CHECK(socket.receive().empty()); }
    SECTION("it leaves") {
        socket.close();
        expected = Ending::client_closed;
    }
    const auto transcript = server.next_end();
    CHECK(transcript.ending == expected);
    CHECK(transcript.clear == request);
    CHECK(transcript.bytes_out == 0);
    CHECK_FALSE(transcript.speaks_tls);
}

TEST_CASE("each wait has its deadline", "[net][connection]") {
    Deadlines deadlines;
    SECTION("a client that says nothing") {
        deadlines.handshake = 1ms;
        kit::Server server(deadlines);
        kit::Socket socket(server);
        CHECK(server.next_end().ending == Ending::deadline);
    }
    SECTION("a client that stops inside the handshake") {
        deadlines.handshake = 30ms;
        kit::Server server(deadlines);
        kit::Socket socket(server);
        Client client;
        client.step();
        socket.send(client.take_output());
        const auto transcript = server.next_end();
        CHECK(transcript.ending == Ending::deadline);
        CHECK(transcript.certificate_sent);
    }
    SECTION("a client that finishes and sends nothing, or nothing of HTTP") {
        deadlines.idle = 30ms;
        kit::Server server(deadlines);
        kit::Socket socket(server);
        Client client;
        kit::shake_hands(socket, client);
        const bool talks = GENERATE(false, true);
        if (talks) client.send("no http\r\n\r\n");
        socket.send(client.take_output());
        const auto transcript = server.next_end();
        CHECK(transcript.ending == Ending::deadline);
        CHECK(transcript.finished);
        CHECK(transcript.application == (talks ? "no http\r\n\r\n" : ""));
    }
    SECTION("a connection as a whole") {
        deadlines.connection = 1ms;
        kit::Server server(deadlines);
        kit::Socket socket(server);
        CHECK(server.next_end().ending == Ending::deadline);
    }
}

TEST_CASE("a client that does not read cannot hold the server", "[net][connection]") {
    auto large = tls::kit::present();
    large.certificates.insert(large.certificates.end(), 200, Bytes(80'000, 1));  // more than the kernel takes
    kit::Server server({.handshake = 50ms, .linger = 50ms}, tls::kit::always(large));
    kit::Socket socket(server);
    Client client;
    client.step();
    socket.send(client.take_output());
    const auto transcript = server.next_end();
    CHECK((transcript.ending == Ending::deadline || transcript.ending == Ending::failed));
}

TEST_CASE("a client may close its sending side and still be answered", "[net][connection]") {
    kit::Server server;
    kit::Socket socket(server);
    Client client;
    kit::shake_hands(socket, client);
    client.send(request);
    client.close_notify();
    socket.send(client.take_output());
    socket.finish_sending();
    kit::read_to_end(socket, client);
    CHECK_THAT(client.plaintext, Catch::EndsWith("guise\n"));
    CHECK(server.next_end().close_notify);
}

TEST_CASE("a service that keeps connections answers one request after another", "[net][connection]") {
    std::vector<service::ReceivedRequest> told;
    kit::Server server({}, shown, [&] {
        Conversation out = converse(service::kit::vms(), service::kit::facts());
        out.on_request = [&](const service::ReceivedRequest& received) { told.push_back(received); };
        return out;
    });
    kit::Socket socket(server);
    Client client;
    ask(socket, client, lasting);
    while (client.plaintext.empty()) client.receive(socket.receive());
    CHECK_THAT(client.plaintext, Catch::StartsWith("HTTP/1.1 404 "));
    client.send("GET /api/moduleInformation HTTP/1.1\r\nConnection: close\r\n\r\n");
    socket.send(client.take_output());
    kit::read_to_end(socket, client);
    CHECK_THAT(client.plaintext, Catch::Contains("HTTP/1.1 200 OK"));
    socket.close();
    CHECK(server.next_end().ending == Ending::server_closed);
    REQUIRE(told.size() == 2);
    CHECK_FALSE(told[0].is_public);
    CHECK(told[1].is_public);
}

TEST_CASE("a connection that is kept and not used again is closed by the server", "[net][connection]") {
    kit::Server server({.keep_alive = 1ms});
    kit::Socket socket(server);
    Client client;
    ask(socket, client, lasting);
    kit::read_to_end(socket, client);
    CHECK_THAT(client.plaintext, Catch::EndsWith("guise\n"));
    socket.close();
    CHECK(server.next_end().ending == Ending::server_closed);
}

TEST_CASE("a connection at rest goes on into the next visit without what it carried", "[net][connection]") {
    int visit = 1;
    kit::Server server({}, shown, [&] {
        Conversation out = converse(service::kit::vms(), service::kit::facts());
        out.visit = visit;
        return out;
    });
    kit::Socket socket(server);
    Client client;
    ask(socket, client, lasting);
    while (client.plaintext.empty()) client.receive(socket.receive());
    const auto first = server.listener->at_rest();
    REQUIRE(first.size() == 1);
    CHECK(first[0].visit == 1);
    CHECK(first[0].ending == Ending::open);
    CHECK(first[0].finished);
    CHECK_THAT(first[0].application, Catch::StartsWith("GET / "));
    CHECK(server.listener->busy_connections() == 0);

    visit = 2;
    server.listener->begin_visit();
    CHECK(server.listener->at_rest().at(0).application.empty());
    client.send("GET /two HTTP/1.1\r\nConnection: close\r\n\r\n");
    socket.send(client.take_output());
    kit::read_to_end(socket, client);
    socket.close();
    const auto second = server.next_end();
    CHECK(second.visit == 1);
    CHECK(second.finished);
    CHECK_THAT(second.application, Catch::StartsWith("GET /two "));
    CHECK(second.application_bytes == second.application.size());
}

TEST_CASE("a connection with something to read is not at rest", "[net][connection]") {
    kit::Server server({}, shown, speaking(service::kit::vms()));
    kit::Socket socket(server);
    Client client;
    ask(socket, client, lasting);
    while (client.plaintext.empty()) client.receive(socket.receive());
    CHECK(server.listener->at_rest().size() == 1);
    socket.finish_sending();
    CHECK(server.listener->at_rest().empty());
}

TEST_CASE("a proof that the service heard is in the transcript", "[net][connection]") {
    const bool proof = GENERATE(true, false);
    kit::Server server({}, shown, speaking(service::kit::vms()));
    kit::Socket socket(server);
    Client client;
    kit::shake_hands(socket, client);
    const std::string token =
        proof ? *service::value_of("canary:token", service::kit::facts()) : "something else";
    client.send("GET /rest/v1/users HTTP/1.1\r\nAuthorization: Bearer " + token +
                "\r\nConnection: close\r\n\r\n");
    socket.send(client.take_output());
    kit::read_to_end(socket, client);
    socket.close();
    CHECK(server.next_end().secret_proven == proof);
}

TEST_CASE("a client in plain text is answered where the visit and the service allow it",
          "[net][connection]") {
    kit::Server server({}, shown, speaking(service::kit::vms(), true));
    kit::Socket socket(server);
    socket.send("GET /api/moduleInformation HTTP/1.1\r\n\r\n");
    CHECK_THAT(hear(socket, "vms.guise.test:7001"), Catch::StartsWith("HTTP/1.1 200 OK\r\n"));
    socket.send("POST / HTTP/1.0\r\n\r\n");
    CHECK_THAT(hear(socket), Catch::StartsWith("HTTP/1.1 404 "));
    socket.close();
    const auto transcript = server.next_end();
    CHECK(transcript.ending == Ending::server_closed);
    CHECK(transcript.clear == "GET /api/moduleInformation HTTP/1.1\r\n\r\nPOST / HTTP/1.0\r\n\r\n");
    CHECK(transcript.bytes_in == transcript.clear.size());
    CHECK(transcript.bytes_out > 0);
    CHECK_FALSE(transcript.speaks_tls);
}

TEST_CASE("a client that speaks TLS is not disturbed by what is allowed in plain text", "[net][connection]") {
    kit::Server server({}, shown, speaking(service::kit::vms(), true));
    kit::Socket socket(server);
    Client client;
    client.refusal = 48;
    kit::shake_hands(socket, client);
    socket.close();
    const auto transcript = server.next_end();
    CHECK(transcript.clear.empty());
    CHECK(transcript.alerts.size() == 1);
}

TEST_CASE("a dialogue that starts in plain text goes on inside TLS", "[net][connection]") {
    kit::Server server({}, shown, speaking(service::kit::smtp()));
    kit::Socket socket(server);
    CHECK(hear(socket, "\n") == "220 vms.guise.test ESMTP\r\n");
    socket.send("EHLO me\r\nSTARTTLS\r\n");
    CHECK_THAT(hear(socket, "ready\r\n"), Catch::StartsWith("250-STARTTLS\r\n"));
    Client client;
    kit::shake_hands(socket, client);
    REQUIRE(client.finished);
    client.send("EHLO me\r\nQUIT\r\n");
    socket.send(client.take_output());
    kit::read_to_end(socket, client);
    CHECK(client.plaintext == "250 AUTH PLAIN LOGIN\r\n221 bye\r\n");
    socket.close();
    const auto transcript = server.next_end();
    CHECK(transcript.ending == Ending::server_closed);
    CHECK(transcript.speaks_tls);
    CHECK(transcript.finished);
    CHECK(transcript.clear == "EHLO me\r\nSTARTTLS\r\n");
    CHECK(transcript.application == "EHLO me\r\nQUIT\r\n");
}

TEST_CASE("a handshake may follow the line that asks for it without a pause", "[net][connection]") {
    kit::Server server({}, shown, speaking(service::kit::smtp()));
    kit::Socket socket(server);
    CHECK_FALSE(hear(socket, "\n").empty());
    Client client;
    client.step();
    Bytes bytes(as_bytes("STARTTLS\r\n").begin(), as_bytes("STARTTLS\r\n").end());
    const Bytes hello = client.take_output();
    bytes.insert(bytes.end(), hello.begin(), hello.end());
    socket.send(bytes);
    const Bytes answer = socket.receive();
    REQUIRE_THAT(std::string(as_text(answer)), Catch::StartsWith("220 ready\r\n"));
    client.receive(ByteView(answer).subspan(11));
    while (!client.finished) client.receive(socket.receive());
    const Bytes finished = client.take_output();
    socket.send(finished);
    socket.close();
    const auto transcript = server.next_end();
    CHECK(transcript.finished);
    CHECK(transcript.clear == "STARTTLS\r\n");
    CHECK(transcript.bytes_in == bytes.size() + finished.size());
}

TEST_CASE("a dialogue may end in plain text", "[net][connection]") {
    kit::Server server({}, shown, speaking(service::kit::smtp()));
    kit::Socket socket(server);
    socket.send("QUIT\r\n");
    CHECK_THAT(hear(socket), Catch::EndsWith("221 bye\r\n"));
    socket.send("more");
    socket.close();
    const auto transcript = server.next_end();
    CHECK(transcript.ending == Ending::server_closed);
    CHECK(transcript.clear == "QUIT\r\nmore");
    CHECK_FALSE(transcript.speaks_tls);
}

TEST_CASE("a service of bytes hears and does not answer", "[net][connection]") {
    const auto bytes = service::kit::service("service: test\nurl: u\nspeaks: bytes\nstarts: tls\n");
    kit::Server server({.idle = 30ms}, shown, speaking(bytes));
    kit::Socket socket(server);
    Client client;
    ask(socket, client);
    const auto transcript = server.next_end();
    CHECK(transcript.ending == Ending::deadline);
    CHECK(transcript.application == request);
}

TEST_CASE("what comes outside of TLS is kept up to a limit", "[net][connection]") {
    kit::Server server({.idle = 30ms}, shown, speaking(service::kit::smtp()));
    kit::Socket socket(server);
    const std::string line(1'000, 'x');
    for (int i = 0; i < 100; ++i) {
        socket.send(line + "\r\n");
        hear(socket, "\n");
    }
    socket.close();
    const auto transcript = server.next_end();
    CHECK(transcript.clear.size() == 65'536);
    CHECK(transcript.bytes_in == 100'200);
}

namespace {

// Asks for TLS once, whatever the client says, and then answers once.
class Nesting final : public service::Dialogue {
 public:
    service::Reply open(bool) override { return {}; }
    service::Reply receive(std::string_view bytes) override {
        if (asked_.empty()) {
            asked_ = bytes;
            return {"ready", service::Then::tls, {}};
        }
        return {"inside: " + std::string(bytes), service::Then::close, {}};
    }
    [[nodiscard]] const service::Received& received() const override { return received_; }

 private:
    std::string asked_;
    service::Received received_;
};

// Sends what the inner client has to say inside the outer one's data, and takes what comes. Whether anything
// came.
bool exchange(kit::Socket& socket, Client& outer, Client& inner) {
    const Bytes inside = inner.take_output();
    if (!inside.empty()) outer.send(as_text(inside));
    socket.send(outer.take_output());
    const Bytes bytes = socket.receive();
    if (bytes.empty()) return false;
    outer.receive(bytes);
    const std::string came = std::exchange(outer.plaintext, {});
    if (!came.empty()) inner.receive(as_bytes(came));
    return true;
}

}  // namespace

TEST_CASE("a dialogue inside TLS may ask for TLS, and goes on inside both", "[net][connection]") {
    std::vector<std::size_t> layers;
    const auto choose = [&](const Destination& destination) {
        layers.push_back(destination.layer);
        return shown(destination);
    };
    kit::Server server({}, choose, [] {
        Conversation out;
        out.dialogue = std::make_unique<Nesting>();
        return out;
    });
    kit::Socket socket(server);
    Client outer;
    kit::shake_hands(socket, outer);
    outer.send("CONNECT");
    socket.send(outer.take_output());
    while (outer.plaintext != "ready") outer.receive(socket.receive());
    outer.plaintext.clear();
    Client inner;
    inner.step();
    while (!inner.finished) REQUIRE(exchange(socket, outer, inner));
    inner.send("question");
    while (exchange(socket, outer, inner)) {
    }
    CHECK(inner.plaintext == "inside: question");
    socket.close();
    const auto transcript = server.next_end();
    CHECK(transcript.ending == Ending::server_closed);
    CHECK(transcript.application == "question");
    CHECK_THAT(transcript.peer, Catch::StartsWith("127.0.0.1:"));
    CHECK(layers == std::vector<std::size_t>{0, 1});
}

}  // namespace guise::net::connection_test
