#include "net/acceptor.hpp"

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <fcntl.h>
#include <memory>
#include <vector>

namespace guise::net::acceptor_test {

using boost::asio::ip::make_address;
using boost::asio::ip::tcp;

namespace {

struct Accepted {
    boost::asio::io_context context;
    std::shared_ptr<Acceptor> acceptor = std::make_shared<Acceptor>(context.get_executor());
    std::vector<tcp::socket> sockets;
    std::vector<tcp::endpoint> peers;

    ~Accepted() {
        acceptor->close();
        context.run();
    }
    boost::system::error_code open(const std::string& address, std::uint16_t port = 0) {
        return acceptor->open({make_address(address), port}, [this](tcp::socket socket, const auto& peer) {
            sockets.push_back(std::move(socket));
            peers.push_back(peer);
        });
    }
    tcp::socket connect(const std::string& address) {
        tcp::socket socket(context);
        socket.connect({make_address(address), acceptor->port()});
        return socket;
    }
    void run_until_taken(std::size_t count) {
        while (sockets.size() < count) REQUIRE(context.run_one_for(std::chrono::seconds(20)) == 1);
    }
};

// As who asks for any free port: a port that others have is none.
boost::system::error_code bind_plainly(boost::asio::io_context& context, std::uint16_t port) {
    boost::system::error_code error;
    tcp::socket socket(context, tcp::v4());
    socket.bind({make_address("127.0.0.1"), port}, error);
    return error;
}

}  // namespace

TEST_CASE("whoever connects is handed over with his address", "[net][acceptor]") {
    const auto* address = GENERATE("127.0.0.1", "::1");
    Accepted server;
    REQUIRE_FALSE(server.open(address));
    const tcp::socket first = server.connect(address);
    const tcp::socket second = server.connect(address);
    server.run_until_taken(2);
    CHECK(server.peers[0] == first.local_endpoint());
    CHECK(server.peers[1] == second.local_endpoint());
    CHECK((::fcntl(server.sockets[0].native_handle(), F_GETFD) & FD_CLOEXEC) != 0);
}

TEST_CASE("a connection is pending until it is handed over", "[net][acceptor]") {
    Accepted server;
    REQUIRE_FALSE(server.open("127.0.0.1"));
    CHECK_FALSE(server.acceptor->has_pending());
    const tcp::socket client = server.connect("127.0.0.1");
    CHECK(server.acceptor->has_pending());
    server.run_until_taken(1);
    CHECK_FALSE(server.acceptor->has_pending());
}

TEST_CASE("an address in use is an error, and nothing listens", "[net][acceptor]") {
    Accepted server;
    REQUIRE_FALSE(server.open("127.0.0.1"));
    Accepted other;
    CHECK(other.open("127.0.0.1", server.acceptor->port()) == boost::asio::error::address_in_use);
    CHECK(other.context.run() == 0);
}

TEST_CASE("who refuses keeps the port from others until it is closed", "[net][acceptor]") {
    Accepted server;
    REQUIRE_FALSE(server.open("127.0.0.1"));
    const std::uint16_t port = server.acceptor->port();
    for (int i = 0; i < 2; ++i) {
        server.acceptor->refuse();
        CHECK_FALSE(server.acceptor->has_pending());
        CHECK_THROWS_AS(server.connect("127.0.0.1"), boost::system::system_error);
        CHECK(bind_plainly(server.context, port) == boost::asio::error::address_in_use);
    }
    server.acceptor->close();
    Accepted next;
    CHECK_FALSE(next.open("127.0.0.1", port));
}

TEST_CASE("an acceptor that is closed while it hands over takes no more", "[net][acceptor]") {
    Accepted server;
    int taken = 0;
    REQUIRE_FALSE(server.acceptor->open({make_address("127.0.0.1"), 0}, [&](const auto&, const auto&) {
        ++taken;
        server.acceptor->close();
    }));
    const tcp::socket first = server.connect("127.0.0.1");
    const tcp::socket second = server.connect("127.0.0.1");
    server.context.run();
    CHECK(taken == 1);
    CHECK_FALSE(server.acceptor->has_pending());
}

}  // namespace guise::net::acceptor_test
