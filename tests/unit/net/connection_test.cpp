#include "net/connection.hpp"

#include "net/kit.hpp"

using namespace guise;
using namespace guise::net;
using namespace std::chrono_literals;
using tls::Ending;
using tls::kit::Client;

namespace {

const std::string request = "GET / HTTP/1.1\r\nHost: guise.test\r\n\r\n";
const Bytes clear_unknown_ca = *from_hex("15030300020230");

// A client that has finished its handshake and sent its request.
void ask(kit::Socket& socket, Client& client) {
    kit::shake_hands(socket, client);
    REQUIRE(client.finished);
    client.send(request);
    socket.send(client.take_output());
}

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
    kit::Server server({}, [](const tls::ClientHello&) { return nullptr; });
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
    kit::Server server({.linger = 1ms}, [](const tls::ClientHello&) { return nullptr; });
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
    auto shown = tls::kit::present();
    shown.certificates.insert(shown.certificates.end(), 200, Bytes(80'000, 1));  // more than the kernel takes
    kit::Server server({.handshake = 50ms, .linger = 50ms}, tls::kit::always(shown));
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
