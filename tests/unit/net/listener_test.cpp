#include "net/listener.hpp"

#include "net/kit.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace guise::net::listener_test {

using namespace std::chrono_literals;
using tls::Ending;
using tls::kit::Client;

TEST_CASE("what cannot be bound is said with its address", "[net][listener]") {
    boost::asio::io_context context;
    const auto open = [&](const std::string& address, std::uint16_t port) {
        return Listener::open(context.get_executor(), {.address = address, .port = port}, nullptr, nullptr);
    };
    const auto name = open("localhost", 0);
    REQUIRE(name.has_error());
    CHECK_THAT(name.error().text(), Catch::Contains("a numeric address") && Catch::Contains("localhost"));
    const auto first = open("127.0.0.1", 0);
    REQUIRE(first.has_value());
    const auto second = open("127.0.0.1", (*first)->port());
    REQUIRE(second.has_error());
    CHECK_THAT(second.error().text(), Catch::Contains(std::to_string((*first)->port())));
}

TEST_CASE("a connection that waits in the kernel's queue is pending", "[net][listener]") {
    kit::Server server;
    CHECK(server.listener->port() != 0);
    CHECK_FALSE(server.listener->has_pending());
    kit::Socket socket(server);
    CHECK(server.listener->has_pending());
    CHECK(server.listener->open_connections() == 0);
    server.run_until([&] {
        // Never neither: whoever waits for the end of all connections must not get a wrong answer.
        CHECK(server.listener->has_pending() != (server.listener->open_connections() == 1));
        return server.listener->open_connections() == 1;
    });
}

TEST_CASE("who chooses what to show knows the whole destination", "[net][listener]") {
    std::vector<Destination> seen;
    kit::Server server(
        [&](const Destination& destination) {
            seen.push_back(destination);
            return nullptr;
        },
        {.address = "127.0.0.1", .label = "other"});
    kit::Socket socket(server);
    Client client;
    SSL_set_alpn_protos(client.ssl(), reinterpret_cast<const std::uint8_t*>("\x02h2\x08http/1.1"), 12);
    kit::shake_hands(socket, client);
    socket.close();
    server.next_end();
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].hello.server_name == "kit.guise.test");
    CHECK(seen[0].hello.alpn == std::vector<std::string>{"h2", "http/1.1"});
    CHECK(seen[0].at.address().to_string() == "127.0.0.1");
    CHECK(seen[0].at.port() == server.listener->port());
    CHECK(seen[0].listener == "other");
    CHECK_FALSE(seen[0].proxy.has_value());
}

TEST_CASE("many clients are served at once", "[net][listener]") {
    kit::Server server;
    std::vector<std::unique_ptr<kit::Socket>> sockets;
    for (int i = 0; i < 20; ++i) sockets.push_back(std::make_unique<kit::Socket>(server));
    for (const auto& socket : sockets) {
        Client client;
        kit::shake_hands(*socket, client);
        CHECK(client.finished);
    }
    CHECK(server.listener->open_connections() == 20);
    sockets.clear();
    server.run_until([&] { return server.ended.size() == 20; });
}

TEST_CASE("who refuses has no more connections, and goes on with those that it has", "[net][listener]") {
    kit::Server server;
    const std::uint16_t port = server.listener->port();
    kit::Socket first(server);
    server.run_until([&] { return server.listener->open_connections() == 1; });
    server.listener->refuse();
    CHECK(server.listener->port() == port);
    CHECK_FALSE(server.listener->has_pending());
    CHECK_THROWS_AS(kit::Socket(server), boost::system::system_error);
    Client client;
    kit::shake_hands(first, client);
    CHECK(client.finished);
}

TEST_CASE("a cut ends every open connection at once", "[net][listener]") {
    kit::Server server;
    kit::Socket first(server);
    kit::Socket second(server);
    server.run_until([&] { return server.listener->open_connections() == 2; });
    server.listener->cut();
    REQUIRE(server.ended.size() == 2);
    CHECK(server.ended[0].ending == Ending::deadline);
    CHECK(server.ended[1].ending == Ending::deadline);
    CHECK(server.listener->open_connections() == 0);
    CHECK(first.receive().empty());
    kit::Socket third(server);  // the listener goes on
    server.accept_one();
    third.close();
    server.run_until([&] { return server.ended.size() == 3; });
    CHECK(server.ended[2].ending == Ending::client_closed);
}

TEST_CASE("a listener that goes reports its open connections, each once", "[net][listener]") {
    kit::Server server;
    kit::Socket socket(server);
    Client client;
    kit::shake_hands(socket, client);
    SECTION("and the context runs on") {
        server.listener.reset();
        REQUIRE(server.ended.size() == 1);
        server.context.run();
    }
    SECTION("and the context does not") { server.listener.reset(); }
    REQUIRE(server.ended.size() == 1);
    CHECK(server.ended[0].ending == Ending::deadline);
}

TEST_CASE("a listener may be destroyed by the one it reports to", "[net][listener]") {
    boost::asio::io_context context;
    std::unique_ptr<Listener> listener;
    int ended = 0;
    listener = Listener::open(context.get_executor(), {.address = "127.0.0.1"},
                              tls::kit::always(tls::kit::present()),
                              [&](const tls::Transcript&) {
                                  ++ended;
                                  listener.reset();
                              })
                   .value();
    boost::asio::ip::tcp::socket first(context), second(context);
    const boost::asio::ip::tcp::endpoint there(boost::asio::ip::make_address("127.0.0.1"), listener->port());
    first.connect(there);
    second.connect(there);
    while (listener->open_connections() < 2) context.run_one();
    first.close();
    context.run();
    CHECK(ended == 2);
}

TEST_CASE("the accept loop survives a lack of descriptors", "[net][listener]") {
    kit::Server server;
    kit::Socket socket(server);
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    const int next = ::dup(0);
    ::close(next);
    rlimit none = before;
    none.rlim_cur = static_cast<rlim_t>(next);
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
    const auto handlers = server.context.run_for(60ms);
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
    CHECK(handlers < 50);  // it pauses between its tries
    server.accept_one();
}

TEST_CASE("a process that is started now does not inherit the sockets", "[net][listener]") {
    kit::Server server;
    kit::Socket socket(server);
    const int first_free = ::dup(0);
    ::close(first_free);
    server.accept_one();
    CHECK((::fcntl(first_free, F_GETFD) & FD_CLOEXEC) != 0);
}

TEST_CASE("an IPv6 listener names its peers as IPv6 does", "[net][listener]") {
    boost::asio::io_context context;
    std::string peer;
    auto listener =
        Listener::open(context.get_executor(), {.address = "::1"}, tls::kit::always(tls::kit::present()),
                       [&](const tls::Transcript& transcript) { peer = transcript.peer; });
    if (listener.has_error()) return;  // a machine without IPv6
    boost::asio::ip::tcp::socket socket(context);
    socket.connect({boost::asio::ip::make_address("::1"), (*listener)->port()});
    socket.close();
    while (peer.empty()) context.run_one();
    CHECK_THAT(peer, Catch::StartsWith("[::1]:"));
}

}  // namespace guise::net::listener_test
