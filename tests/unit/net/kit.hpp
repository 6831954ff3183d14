// A listener and clients of it in one thread: nothing sleeps, nothing races.
#pragma once

#include "net/listener.hpp"
#include "tls/kit.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>

#include <array>

namespace guise::net::kit {

using boost::asio::ip::tcp;
using boost::system::error_code;

/// Lets what runs in `context` work until `done`.
template <class Done>
void run_until(boost::asio::io_context& context, Done done) {
    while (!done()) REQUIRE(context.run_one_for(std::chrono::seconds(20)) == 1);
}

/// A listener on a free port, and what it has reported.
struct Server {
    boost::asio::io_context context;
    std::vector<tls::Transcript> ended;
    std::unique_ptr<Listener> listener;

    explicit Server(Deadlines deadlines = {}, Choose choose = tls::kit::always(tls::kit::present()),
                    Converse converse = {})
        : Server(std::move(choose),
                 {.address = "127.0.0.1", .deadlines = deadlines, .converse = std::move(converse)}) {}
    Server(Choose choose, ListenerOptions options) {
        listener =
            Listener::open(context.get_executor(), std::move(options), std::move(choose),
                           [this](tls::Transcript transcript) { ended.push_back(std::move(transcript)); })
                .value();
    }
    /// Lets the server work until `done`.
    template <class Done>
    void run_until(Done done) {
        kit::run_until(context, std::move(done));
    }
    /// Lets the server work until it has reported a connection, and returns that.
    tls::Transcript next_end() {
        run_until([this] { return !ended.empty(); });
        tls::Transcript first = std::move(ended.front());
        ended.erase(ended.begin());
        return first;
    }
    void accept_one() {
        const std::size_t before = listener->open_connections();
        run_until([&] { return listener->open_connections() > before; });
    }
};

/// A client's socket. Reading lets the server work until something has come.
class Socket final {
 public:
    explicit Socket(Server& server) : server_(server), socket_(server.context) {
        socket_.connect({boost::asio::ip::make_address("127.0.0.1"), server.listener->port()});
        socket_.non_blocking(true);
    }
    void send(ByteView bytes) {
        error_code ignored;
        boost::asio::write(socket_, boost::asio::buffer(bytes.data(), bytes.size()), ignored);
    }
    void send(std::string_view text) { send(as_bytes(text)); }
    /// What has come; empty at the server's FIN or RST.
    Bytes receive() {
        Bytes bytes(65'536);
        error_code error;
        std::size_t size = 0;
        server_.run_until([&] {
            size = socket_.read_some(boost::asio::buffer(bytes), error);
            return error != boost::asio::error::would_block;
        });
        bytes.resize(size);
        return bytes;
    }
    void finish_sending() { socket_.shutdown(tcp::socket::shutdown_send); }
    void close() { socket_.close(); }
    void reset() {
        socket_.set_option(boost::asio::socket_base::linger(true, 0));
        socket_.close();
    }

 private:
    Server& server_;
    tcp::socket socket_;
};

/// What a client that sends `text` to a port of `context` receives until that closes, and has nothing left
/// to do.
template <class Port>
std::string told(boost::asio::io_context& context, const Port& port, std::uint16_t number,
                 const std::string& text) {
    tcp::socket socket(context);
    socket.connect({boost::asio::ip::make_address("127.0.0.1"), number});
    CHECK(port.busy());
    boost::asio::write(socket, boost::asio::buffer(text));
    socket.non_blocking(true);
    std::string out;
    std::array<char, 4096> bytes{};
    error_code error;
    run_until(context, [&] {
        out.append(bytes.data(), socket.read_some(boost::asio::buffer(bytes), error));
        return error && error != boost::asio::error::would_block;
    });
    socket.close();
    run_until(context, [&] { return !port.busy(); });
    return out;
}

/// Plays a TLS client over a socket until its handshake is over, well or not.
inline void shake_hands(Socket& socket, tls::kit::Client& client) {
    client.step();
    while (true) {
        socket.send(client.take_output());
        if (client.finished || !client.error.empty()) return;
        const Bytes bytes = socket.receive();
        if (bytes.empty()) return;
        client.receive(bytes);
    }
}

/// Reads all that the server has to say.
inline void read_to_end(Socket& socket, tls::kit::Client& client) {
    for (Bytes bytes = socket.receive(); !bytes.empty(); bytes = socket.receive()) client.receive(bytes);
}

}  // namespace guise::net::kit
