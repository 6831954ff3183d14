#include "net/proxy.hpp"

#include "net/kit.hpp"

namespace guise::net::proxy_test {

using namespace std::chrono_literals;
using namespace std::string_literals;
using boost::asio::io_context;
using kit::error_code;
using kit::tcp;
namespace failure = boost::asio::error;

namespace {

const std::string host = "one.guise.test";
const std::string ask_http = "CONNECT one.guise.test:4433 HTTP/1.1\r\nHost: one.guise.test:4433\r\n\r\n";
const std::string granted_http = "HTTP/1.1 200 Connection established\r\n\r\n";
const std::string greet_socks = "\x05\x01\0"s;
const std::string ask_socks = "\x05\x01\0\x03\x0eone.guise.test\x11\x51"s;
const std::string granted_socks = "\x05\0\0\x01\0\0\0\0\0\0"s;

std::string socks_refusal(char code) { return {5, code, 0, 1, 0, 0, 0, 0, 0, 0}; }

tcp::endpoint local(std::uint16_t port) { return {boost::asio::ip::make_address("127.0.0.1"), port}; }

template <class Done>
void run_until(io_context& context, Done done) {
    while (!done()) REQUIRE(context.run_one_for(20s) == 1);
}

// One end of a conversation. Reading lets the proxy work until something has come.
struct End {
    io_context& context;
    tcp::socket socket;
    error_code how{};  // reading ended so

    void send(std::string_view text) {
        error_code ignored;
        boost::asio::write(socket, boost::asio::buffer(text), ignored);
    }
    // What comes next, at most `most` bytes; less where it ends before.
    std::string receive(std::size_t most) {
        socket.non_blocking(true);
        std::string out(most, '\0');
        std::size_t size = 0;
        run_until(context, [&] {
            size += socket.read_some(boost::asio::buffer(out.data() + size, most - size), how);
            return size == most || (how && how != failure::would_block);
        });
        out.resize(size);
        return out;
    }
    std::string rest() { return receive(1 << 16); }
    void finish_sending() { socket.shutdown(tcp::socket::shutdown_send); }
    void reset() {
        socket.set_option(boost::asio::socket_base::linger(true, 0));
        socket.close();
    }
};

// A server that says nothing by itself, a proxy that leads to it, and clients.
struct Place {
    io_context context;
    tcp::acceptor server{context, local(0)};
    int ended = 0;
    std::unique_ptr<Proxy> proxy;

    explicit Place(ProxyKind kind = ProxyKind::http, Deadlines deadlines = {},
                   const std::string& name = host) {
        proxy = Proxy::open(
                    context.get_executor(), {kind, name, "127.0.0.1", server.local_endpoint().port()},
                    [this] { ++ended; }, deadlines)
                    .value();
        server.non_blocking(true);
    }
    End client() {
        End out{context, tcp::socket(context)};
        out.socket.connect(local(proxy->port()));
        return out;
    }
    End accepted() {
        End out{context, tcp::socket(context)};
        error_code error;
        run_until(context, [&] { return !server.accept(out.socket, error); });
        return out;
    }
    bool nobody_came() {
        error_code error;
        tcp::socket socket(context);
        return server.accept(socket, error) == failure::would_block;
    }
    void run_until_ended(int count = 1) {
        run_until(context, [&] { return ended == count; });
        CHECK(proxy->open_connections() == 0);
    }
};

// A client that has been led to the server, and the server's end of that.
struct Led {
    Place place;
    End client{place.client()};
    End server;

    explicit Led(Deadlines deadlines = {}) : place(ProxyKind::http, deadlines), server(ask()) {}
    End ask() {
        client.send(ask_http);
        End out = place.accepted();
        REQUIRE(client.receive(granted_http.size()) == granted_http);
        return out;
    }
};

// All that a proxy answers to a request that leads nowhere. It closes afterwards.
std::string answer_to(ProxyKind kind, const std::string& request) {
    Place place(kind);
    End client = place.client();
    client.send(request);
    const std::string answer = client.rest();
    CHECK(client.how == failure::eof);
    CHECK(place.nobody_came());
    client.socket.close();
    place.run_until_ended();
    return answer;
}

std::string http_answer_to(const std::string& request) {
    const std::string answer = answer_to(ProxyKind::http, request);
    return answer.substr(0, answer.find("\r\n"));
}

}  // namespace

TEST_CASE("CONNECT leads to the server, and bytes go both ways", "[net][proxy]") {
    Led led;
    led.client.send("from the client");
    CHECK(led.server.receive(15) == "from the client");
    led.server.send("from the server");
    CHECK(led.client.receive(15) == "from the server");
    CHECK(led.place.proxy->open_connections() == 1);
}

TEST_CASE("a request may come one octet at a time", "[net][proxy]") {
    const auto kind = GENERATE(ProxyKind::http, ProxyKind::socks);
    const bool http = kind == ProxyKind::http;
    Place place(kind);
    End client = place.client();
    run_until(place.context, [&] { return place.proxy->open_connections() == 1; });
    for (const char octet : http ? ask_http : greet_socks + ask_socks) {
        client.send({&octet, 1});
        place.context.poll();
    }
    End server = place.accepted();
    const std::string granted = http ? granted_http : "\x05\0"s + granted_socks;
    CHECK(client.receive(granted.size()) == granted);
}

TEST_CASE("what a client sends without waiting for the answer reaches the server", "[net][proxy]") {
    const auto kind = GENERATE(ProxyKind::http, ProxyKind::socks);
    Place place(kind);
    End client = place.client();
    client.send((kind == ProxyKind::http ? ask_http : greet_socks + ask_socks) + "hello");
    CHECK(place.accepted().receive(5) == "hello");
}

TEST_CASE("the host is compared without case, and any port leads to the server", "[net][proxy]") {
    Place place;
    End client = place.client();
    client.send("CONNECT ONE.guise.Test:1 HTTP/1.0\r\n\r\n");
    (void)place.accepted();
    CHECK(client.receive(granted_http.size()) == granted_http);
}

TEST_CASE("another host gets 502, and the server hears nothing of it", "[net][proxy]") {
    for (const char* other : {"two.guise.test:4433", "one.guise.test.:4433", "127.0.0.1:4433", "[::1]:4433"})
        CHECK(http_answer_to("CONNECT "s + other + " HTTP/1.1\r\n\r\n") == "HTTP/1.1 502 Bad Gateway");
}

TEST_CASE("a server that is not there is a bad gateway", "[net][proxy]") {
    Place place;
    place.server.close();
    End client = place.client();
    client.send(ask_http);
    CHECK_THAT(client.rest(), Catch::StartsWith("HTTP/1.1 502 "));
}

TEST_CASE("garbage gets 400 and a close", "[net][proxy]") {
    for (const std::string& garbage :
         {"\x16\x03\x01"s, "\0"s, "GET / FTP/1.1\r\n\r\n"s, "CONNECT\r\n\r\n"s, "\r\n\r\n"s,
          "CONNECT one.guise.test HTTP/1.1\r\n\r\n"s, "CONNECT one.guise.test:0 HTTP/1.1\r\n\r\n"s,
          "CONNECT one.guise.test:65536 HTTP/1.1\r\n\r\n"s, "CONNECT :4433 HTTP/1.1\r\n\r\n"s,
          "CONNECT ::1:4433 HTTP/1.1\r\n\r\n"s, std::string(20'000, 'A')})
        CHECK(http_answer_to(garbage) == "HTTP/1.1 400 Bad Request");
}

TEST_CASE("a request in plain HTTP gets 501", "[net][proxy]") {
    CHECK(http_answer_to("GET http://one.guise.test/ HTTP/1.1\r\n\r\n") == "HTTP/1.1 501 Not Implemented");
}

TEST_CASE("SOCKS5 leads to the server by name and by address", "[net][proxy]") {
    const auto [name, address] =
        GENERATE(table<std::string, std::string>({{host, "\x03\x0eone.guise.test"},
                                                  {"127.0.0.1", "\x01\x7f\0\0\x01"s},
                                                  {"::1", "\x04\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01"s}}));
    Place place(ProxyKind::socks, {}, name);
    End client = place.client();
    client.send("\x05\x02\x02\0"s);  // among the methods offered is none at all
    CHECK(client.receive(2) == "\x05\0"s);
    client.send("\x05\x01\0"s + address + "\x11\x51");
    End server = place.accepted();
    CHECK(client.receive(granted_socks.size()) == granted_socks);
    client.send("ping");
    CHECK(server.receive(4) == "ping");
}

TEST_CASE("SOCKS5 refuses what it does not do, each with its code", "[net][proxy]") {
    const auto refusal = [](const std::string& request) {
        return answer_to(ProxyKind::socks, greet_socks + request);
    };
    const std::string agreed = "\x05\0"s;
    CHECK(answer_to(ProxyKind::socks, "\x05\x01\x02") == "\x05\xff");
    CHECK(answer_to(ProxyKind::socks, "\x05\0"s) == "\x05\xff");
    CHECK(refusal("\x05\x01\0\x03\x0etwo.guise.test\x11\x51"s) == agreed + socks_refusal(4));
    CHECK(refusal("\x05\x02\0\x03"s) == agreed + socks_refusal(7));
    CHECK(refusal("\x05\x01\0\x02\0"s) == agreed + socks_refusal(8));
    CHECK(refusal("\x04\x01"s) == agreed + socks_refusal(1));
}

TEST_CASE("what is no SOCKS5 is closed without a word", "[net][proxy]") {
    for (const std::string& garbage : {"\x04\x01"s, "GET / HTTP/1.1\r\n\r\n"s})
        CHECK(answer_to(ProxyKind::socks, garbage).empty());
}

TEST_CASE("a half-closed direction leaves the other as it is", "[net][proxy]") {
    Led led;
    End& first = GENERATE(true, false) ? led.client : led.server;
    End& second = &first == &led.client ? led.server : led.client;
    first.send("last words");
    first.finish_sending();
    CHECK(second.rest() == "last words");
    CHECK(second.how == failure::eof);
    second.send("still here");
    CHECK(first.receive(10) == "still here");
    CHECK(led.place.ended == 0);
    second.finish_sending();
    CHECK(first.rest().empty());
    CHECK(first.how == failure::eof);
    led.place.run_until_ended();
}

TEST_CASE("an RST is an RST on the other side, after what was sent before it", "[net][proxy]") {
    Led led;
    End& first = GENERATE(true, false) ? led.client : led.server;
    End& second = &first == &led.client ? led.server : led.client;
    first.send("last words");
    first.reset();
    CHECK(second.rest() == "last words");
    CHECK(second.how == failure::connection_reset);
    led.place.run_until_ended();
}

TEST_CASE("an RST that a write meets first is an RST none the less", "[net][proxy]") {
    Led led;
    End& first = GENERATE(true, false) ? led.client : led.server;
    End& second = &first == &led.client ? led.server : led.client;
    led.place.context.poll();  // both directions wait, and are served in the order of their events:
    second.send("to nobody");
    first.reset();
    (void)second.rest();
    CHECK(second.how == failure::connection_reset);
    led.place.run_until_ended();
}

TEST_CASE("an end that has said all and takes nothing is an RST to who goes on", "[net][proxy]") {
    Led led;
    led.server.socket.close();
    CHECK(led.client.rest().empty());
    CHECK(led.client.how == failure::eof);
    const auto limit = std::chrono::steady_clock::now() + 20s;
    while (led.place.ended == 0 && std::chrono::steady_clock::now() < limit) {
        led.client.send("x");  // the first is what the server's kernel answers with an RST
        led.place.context.run_one_for(1ms);
    }
    CHECK(led.place.ended == 1);
    error_code gone;
    led.client.socket.write_some(boost::asio::buffer("x", 1), gone);
    CHECK(gone == failure::broken_pipe);
}

TEST_CASE("a fast side waits for a slow one", "[net][proxy]") {
    Led led;
    const std::string much(64 << 20, 'm');  // more than all the kernel's buffers
    bool sent = false;
    boost::asio::async_write(led.client.socket, boost::asio::buffer(much),
                             [&](error_code error, std::size_t) { sent = !error; });
    led.place.context.poll();
    CHECK_FALSE(sent);
    CHECK(led.server.receive(much.size()) == much);
    run_until(led.place.context, [&] { return sent; });
}

TEST_CASE("a client that asks for nothing is closed after the handshake deadline", "[net][proxy]") {
    const std::string part = GENERATE(as<std::string>(), "", "CONNECT one");
    Place place(ProxyKind::http, {.handshake = 1ms});
    End client = place.client();
    client.send(part);
    CHECK(client.rest().empty());
    place.run_until_ended();
}

TEST_CASE("a proxy that refuses goes on with those that it has led", "[net][proxy]") {
    Led led;
    led.place.proxy->refuse();
    CHECK_THROWS_AS(led.place.client(), boost::system::system_error);
    led.client.send("more");
    CHECK(led.server.receive(4) == "more");
}

TEST_CASE("a refused client that stays is closed after the linger", "[net][proxy]") {
    Place place(ProxyKind::http, {.linger = 1ms});
    End client = place.client();
    client.send("GET / HTTP/1.1\r\n\r\n");
    CHECK_THAT(client.rest(), Catch::StartsWith("HTTP/1.1 501 "));
    place.run_until_ended();
}

TEST_CASE("a relay that nobody ends is closed later than its server would", "[net][proxy]") {
    const auto start = std::chrono::steady_clock::now();
    Led led({.linger = 20ms, .connection = 20ms});
    CHECK(led.server.rest().empty());
    CHECK(std::chrono::steady_clock::now() - start >= 40ms);
    CHECK(led.client.rest().empty());
    led.place.run_until_ended();
}

TEST_CASE("a client that leaves before it has asked is gone, and the server hears nothing", "[net][proxy]") {
    const bool by_reset = GENERATE(true, false);
    Place place;
    End client = place.client();
    client.send("CONNECT one");
    if (by_reset) client.reset();
    client.socket.close();
    place.run_until_ended();
    CHECK(place.nobody_came());
}

TEST_CASE("a connection is pending at the proxy until it is accepted", "[net][proxy]") {
    Place place;
    CHECK(place.proxy->port() != 0);
    CHECK_FALSE(place.proxy->has_pending());
    End client = place.client();
    CHECK(place.proxy->has_pending());
    run_until(place.context, [&] {
        CHECK(place.proxy->has_pending() != (place.proxy->open_connections() == 1));
        return place.proxy->open_connections() == 1;
    });
}

TEST_CASE("a cut closes both sides of every connection, and the proxy goes on", "[net][proxy]") {
    Led led;
    End waiting = led.place.client();
    run_until(led.place.context, [&] { return led.place.proxy->open_connections() == 2; });
    led.place.proxy->cut();
    CHECK(led.place.ended == 2);
    CHECK(led.place.proxy->open_connections() == 0);
    for (End* end : {&led.client, &led.server, &waiting}) CHECK(end->rest().empty());
    End next = led.place.client();
    next.send(ask_http);
    (void)led.place.accepted();
}

TEST_CASE("a proxy that goes closes its connections", "[net][proxy]") {
    Led led;
    led.place.proxy.reset();
    CHECK(led.place.ended == 1);
    CHECK(led.server.rest().empty());
    led.place.context.run();
}

TEST_CASE("a proxy may be destroyed by the one it reports to", "[net][proxy]") {
    io_context context;
    tcp::acceptor server(context, local(0));
    std::unique_ptr<Proxy> proxy;
    int ended = 0;
    proxy = Proxy::open(context.get_executor(),
                        {ProxyKind::http, host, "127.0.0.1", server.local_endpoint().port()},
                        [&] {
                            ++ended;
                            proxy.reset();
                        })
                .value();
    tcp::socket first(context), second(context);
    first.connect(local(proxy->port()));
    second.connect(local(proxy->port()));
    run_until(context, [&] { return proxy->open_connections() == 2; });
    first.close();
    context.run();
    CHECK(ended == 2);
}

TEST_CASE("a proxy may be destroyed in the middle of every wait", "[net][proxy]") {
    Place place;
    End asking = place.client();
    asking.send("CONNECT");
    End refused = place.client();
    refused.send("GET / HTTP/1.1\r\n\r\n");
    CHECK(refused.receive(12) == "HTTP/1.1 501");
    End led = place.client();
    led.send(ask_http);
    End server = place.accepted();
    CHECK(led.receive(granted_http.size()) == granted_http);
    CHECK(place.proxy->open_connections() == 3);
    place.proxy.reset();
    CHECK(place.ended == 3);
    SECTION("and what waited goes on") { place.context.run(); }
    SECTION("and the context is destroyed with what waited") {}
}

TEST_CASE("an address that a proxy cannot have is said", "[net][proxy]") {
    io_context context;
    const auto proxy = Proxy::open(context.get_executor(), {ProxyKind::http, host, "nowhere", 1}, [] {});
    REQUIRE(proxy.has_error());
    CHECK_THAT(proxy.error().text(), Catch::Contains("nowhere"));
}

TEST_CASE("a request of a proxy at the limit is granted, and one past it is refused", "[net][proxy]") {
    Place place;
    const bool past = GENERATE(false, true);
    const std::string begin = ask_http.substr(0, ask_http.size() - 2) + "X: ";
    End client = place.client();
    client.send(begin + std::string(16'384 + (past ? 1 : 0) - begin.size() - 4, 'x') + "\r\n\r\n");
    if (!past) End server = place.accepted();
    CHECK(client.receive(12) == (past ? "HTTP/1.1 400" : "HTTP/1.1 200"));
}

TEST_CASE("a proxy waits for a request no longer than a connection lives", "[net][proxy]") {
    Place place(GENERATE(ProxyKind::http, ProxyKind::socks), {.connection = 1ms});
    End client = place.client();
    place.run_until_ended();
}

TEST_CASE("a listener knows what the proxy before it was asked for", "[net][proxy]") {
    const auto [kind, asks, granted, port] =
        GENERATE(table<ProxyKind, std::string, std::string, std::uint16_t>(
            {{ProxyKind::http, ask_http, granted_http, 4433},
             {ProxyKind::socks, greet_socks + ask_socks, "\x05\0"s + granted_socks, 4433}}));
    const auto requests = std::make_shared<ProxyRequests>();
    std::vector<Destination> seen;
    kit::Server server(
        [&](const Destination& destination) {
            seen.push_back(destination);
            return nullptr;
        },
        {.address = "127.0.0.1", .proxied = requests});
    const auto proxy = Proxy::open(server.context.get_executor(),
                                   {kind, host, "127.0.0.1", server.listener->port(), {}, requests}, [] {})
                           .value();
    End end{server.context, tcp::socket(server.context)};
    end.socket.connect(local(proxy->port()));
    end.send(asks);
    CHECK(end.receive(granted.size()) == granted);
    tls::kit::Client client;
    client.step();
    const Bytes hello = client.take_output();
    end.send(as_text(hello));
    end.receive(1);
    REQUIRE(seen.size() == 1);
    REQUIRE(seen[0].proxy.has_value());
    CHECK(seen[0].proxy->kind == kind);
    CHECK(seen[0].proxy->host == host);
    CHECK(seen[0].proxy->port == port);
    end.socket.close();
    server.next_end();
    run_until(server.context, [&] { return proxy->open_connections() == 0; });
    CHECK(requests->empty());
}

TEST_CASE("the listener's evidence is the same through a proxy", "[net][proxy]") {
    kit::Server server;
    const auto proxy = Proxy::open(server.context.get_executor(),
                                   {ProxyKind::http, host, "127.0.0.1", server.listener->port()}, [] {})
                           .value();
    End end{server.context, tcp::socket(server.context)};
    end.socket.connect(local(proxy->port()));
    end.send(ask_http);
    CHECK(end.receive(granted_http.size()) == granted_http);
    tls::kit::Client client;
    client.step();
    while (!client.finished) {
        const Bytes out = client.take_output();
        end.send({reinterpret_cast<const char*>(out.data()), out.size()});
        const std::string in = end.receive(1);
        client.receive(as_bytes(in));
    }
    const Bytes out = client.take_output();
    end.send({reinterpret_cast<const char*>(out.data()), out.size()});
    const bool by_reset = GENERATE(true, false);
    if (by_reset) {
        end.reset();
    } else {
        end.socket.close();
    }
    const auto transcript = server.next_end();
    CHECK(transcript.finished);
    CHECK(transcript.ending == (by_reset ? tls::Ending::client_reset : tls::Ending::client_closed));
    run_until(server.context, [&] { return proxy->open_connections() == 0; });
}

namespace {

// A client of a proxy that speaks TLS.
struct Secured {
    End end;
    tls::kit::Client outer;

    Secured(io_context& context, const Proxy& proxy) : end{context, tcp::socket(context)} {
        end.socket.connect(local(proxy.port()));
    }
    void flush() {
        const Bytes out = outer.take_output();
        end.send(as_text(out));
    }
    // Sends data inside the outer connection, and reads until something has come inside it, or the end.
    std::string exchange(std::string_view text) {
        if (!text.empty()) outer.send(text);
        flush();
        while (outer.plaintext.empty()) {
            const std::string in = end.receive(1);
            if (in.empty()) break;
            outer.receive(as_bytes(in));
        }
        return std::exchange(outer.plaintext, {});
    }
    void shake_hands() {
        outer.step();
        while (!outer.finished && outer.error.empty()) {
            flush();
            const std::string in = end.receive(1);
            outer.receive(as_bytes(in));
        }
        flush();
    }
};

// A server, and a proxy with TLS before it.
struct SecureProxy {
    kit::Server server;
    int ended = 0;
    std::unique_ptr<Proxy> proxy;

    explicit SecureProxy(Deadlines deadlines = {}) {
        ProxyRoute route{.kind = ProxyKind::http,
                         .host = host,
                         .address = "127.0.0.1",
                         .port = server.listener->port(),
                         .shows = tls::kit::always(tls::kit::present(tls::kit::other_ec_key()))};
        proxy = Proxy::open(
                    server.context.get_executor(), route, [this] { ++ended; }, deadlines)
                    .value();
    }
};

}  // namespace

TEST_CASE("a proxy may speak TLS, and the client's TLS goes inside it", "[net][proxy]") {
    SecureProxy place;
    Secured client(place.server.context, *place.proxy);
    client.shake_hands();
    CHECK(client.exchange(ask_http) == granted_http);
    tls::kit::Client inner;
    inner.step();
    while (!inner.finished) {
        const Bytes out = inner.take_output();
        const std::string in = client.exchange(as_text(out));
        inner.receive(as_bytes(in));
    }
    inner.send("GET / HTTP/1.0\r\n\r\n");
    for (Bytes out = inner.take_output(); inner.plaintext.empty(); out = inner.take_output()) {
        const std::string in = client.exchange(as_text(out));
        inner.receive(as_bytes(in));
    }
    CHECK_THAT(inner.plaintext, Catch::StartsWith("HTTP/1.1 200 OK"));
    client.exchange("");  // to the server's end, which is passed on
    CHECK(client.outer.alerts_seen == Bytes{0});
    client.end.socket.close();
    const auto transcript = place.server.next_end();
    CHECK(transcript.finished);
    CHECK(transcript.ending == tls::Ending::server_closed);
    run_until(place.server.context, [&] { return place.ended == 1; });
}

TEST_CASE("a proxy that speaks TLS refuses inside it", "[net][proxy]") {
    SecureProxy place;
    Secured client(place.server.context, *place.proxy);
    client.shake_hands();
    CHECK_THAT(client.exchange("CONNECT other.test:1 HTTP/1.1\r\n\r\n"),
               Catch::StartsWith("HTTP/1.1 502 Bad Gateway"));
    client.end.socket.close();
    run_until(place.server.context, [&] { return place.ended == 1; });
}

TEST_CASE("a client that refuses the proxy's certificate never comes to the server", "[net][proxy]") {
    SecureProxy place({.linger = 1ms});
    Secured client(place.server.context, *place.proxy);
    client.outer.refusal = 48;
    client.shake_hands();
    run_until(place.server.context, [&] { return place.ended == 1; });
    CHECK(place.server.listener->open_connections() == 0);
    CHECK_FALSE(place.server.listener->has_pending());
}

TEST_CASE("a proxy may be destroyed while it is asked, and while it carries bytes", "[net][proxy]") {
    Place place;
    std::optional<End> server;
    End client = place.client();
    SECTION("asked") { client.send("CONNECT one.guise.test:"); }
    SECTION("carrying") {
        client.send(ask_http);
        CHECK(client.receive(granted_http.size()) == granted_http);
        server.emplace(place.accepted());
        client.send("hello");
    }
    run_until(place.context, [&] { return place.proxy->open_connections() == 1; });
    place.context.poll();
    place.proxy.reset();
    CHECK(place.ended == 1);
    SECTION("and its coroutines end") { place.context.poll(); }
    SECTION("and its coroutines go with the context") {}
}

}  // namespace guise::net::proxy_test
