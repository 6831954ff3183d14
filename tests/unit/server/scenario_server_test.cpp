#include "server/scenario_server.hpp"

#include "server/io_context.hpp"
#include "server/kit.hpp"
#include "tls/kit.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>

#include <optional>
#include <stdexcept>

namespace guise::server::scenario_server_test {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

std::shared_ptr<const tls::Presentation> labelled(const std::string& label) {
    tls::Presentation out = tls::kit::present();
    out.label = label;
    return std::make_shared<const tls::Presentation>(std::move(out));
}

Showing showing(const std::string& label, const std::string& swapped = "") {
    Showing out;
    out.choose = always(labelled(label));
    if (!swapped.empty()) out.swapped = labelled(swapped);
    out.service = service::short_answer();
    out.facts.public_requests = {"GET /info"};
    return out;
}

asio::awaitable<bool> settled(ScenarioServer& server) {
    co_await server.settle();
    co_return true;
}

// A server, and clients of it in the same thread.
struct Place {
    asio::io_context io{1};
    std::unique_ptr<ScenarioServer> server;
    int visit_number = 1;

    explicit Place(const std::set<std::string>& ports = {}, std::optional<net::ProxyKind> proxy = {},
                   bool one_name = false) {
        ScenarioServer::Options options;
        options.host = "a.guise.test";
        options.one_name = one_name;
        options.ports = ports;
        options.proxy = proxy;
        options.refuse_after_unfit = true;
        server = ScenarioServer::open(io.get_executor(), options).value();
        server->show(showing("shown"));
    }
    template <class Done>
    void run_until(Done done) {
        while (!done()) REQUIRE(io.run_one_for(std::chrono::seconds(20)) == 1);
    }
    tcp::socket connect(std::uint16_t port) {
        tcp::socket out(io);
        out.connect({asio::ip::make_address("127.0.0.1"), port});
        out.non_blocking(true);
        return out;
    }
    // What has come; empty at the end.
    Bytes receive(tcp::socket& socket) {
        Bytes bytes(65'536);
        boost::system::error_code error;
        std::size_t size = 0;
        run_until([&] {
            size = socket.read_some(asio::buffer(bytes), error);
            return error != asio::error::would_block;
        });
        bytes.resize(size);
        return bytes;
    }
    // A connection whose client sends one request, where it has one, and reads to the end.
    void visit(const scenario::At& at = {}, const std::string& request = "") {
        tcp::socket socket = connect(server->place(at).port);
        tls::kit::Client client;
        for (client.step(); !client.finished && client.error.empty(); client.receive(receive(socket)))
            asio::write(socket, asio::buffer(client.take_output()));
        if (!request.empty()) client.send(request + " HTTP/1.1\r\nConnection: close\r\n\r\n");
        asio::write(socket, asio::buffer(client.take_output()));
        if (!request.empty())
            for (Bytes bytes = receive(socket); !bytes.empty(); bytes = receive(socket))
                client.receive(bytes);
    }
    // What the connections were shown, once all have ended.
    std::vector<std::string> shown() {
        CHECK(kit::run_until_done(io, settled(*server)));
        std::vector<std::string> out;
        for (const tls::Transcript& each : server->connections()) out.push_back(each.presented);
        server->begin_visit(++visit_number);
        return out;
    }
};

using Labels = std::vector<std::string>;

// A client that keeps its connection.
struct Pooled {
    Place& place;
    tcp::socket socket;
    tls::kit::Client client;

    explicit Pooled(Place& of) : place(of), socket(of.connect(of.server->port())) {
        for (client.step(); !client.finished; client.receive(place.receive(socket))) send();
    }
    void send() { asio::write(socket, asio::buffer(client.take_output())); }
    void ask(const std::string& request) {
        client.plaintext.clear();
        client.send(request + " HTTP/1.1\r\n\r\n");
        send();
        while (client.plaintext.empty()) client.receive(place.receive(socket));
    }
};

}  // namespace

TEST_CASE("the main server has the host of the scenario, other hosts are below it", "[server]") {
    const Place place;
    CHECK(place.server->place({}).host == "a.guise.test");
    const ServerPlace other = place.server->place({.host = "other", .port = "main", .server = ""});
    CHECK(other.host == "other.a.guise.test");
    CHECK(other.port == place.server->place({}).port);
}

TEST_CASE("a client that knows one name is given no other", "[server]") {
    const Place place({}, std::nullopt, true);
    CHECK(place.server->place({.host = "other", .port = "main", .server = ""}).host == "a.guise.test");
}

TEST_CASE("each port label is a port of its own, and all show the same", "[server]") {
    Place place({"second"});
    const scenario::At second{.host = "main", .port = "second", .server = ""};
    CHECK(place.server->place(second).port != place.server->place({}).port);
    CHECK(place.server->place(second).host == "a.guise.test");
    place.visit(second);
    place.visit();
    CHECK(place.shown() == Labels{"shown", "shown"});
}

TEST_CASE("each visit has its own connections", "[server]") {
    Place place;
    place.visit();
    CHECK(place.shown() == Labels{"shown"});
    CHECK(place.shown().empty());
}

TEST_CASE("a connection that is kept belongs to each visit in which it carries something", "[server]") {
    Place place;
    Pooled pooled(place);
    pooled.ask("GET /one");
    CHECK(place.shown() == Labels{"shown"});  // visit 2 begins
    CHECK(place.server->open_connections() == 1);
    place.server->show(showing("other"));
    CHECK(place.shown().empty());  // visit 3 begins
    pooled.ask("GET /three");
    const auto connections = place.server->connections();
    REQUIRE(connections.size() == 1);
    CHECK(connections[0].visit == 1);
    CHECK(connections[0].presented == "shown");
    CHECK_THAT(connections[0].application, Catch::StartsWith("GET /three "));
    place.server->cut();
    CHECK(place.server->open_connections() == 0);
    CHECK(place.server->connections().at(0).ending == tls::Ending::deadline);
}

TEST_CASE("a client that waits for its own next request keeps nobody waiting", "[server]") {
    Place place;
    Pooled pooled(place);
    asio::co_spawn(place.io, place.server->ended(1, Notifier::Clock::now() + std::chrono::seconds(20)),
                   [&](const std::exception_ptr&, Woken why) { CHECK(why == Woken::changed); });
    pooled.ask("GET /one");
    CHECK(kit::run_until_done(place.io, settled(*place.server)));
    CHECK(place.server->open_connections() == 1);
}

TEST_CASE("what is shown holds from the next connection on, at the same address", "[server]") {
    Place place;
    const auto port = place.server->place({}).port;
    place.visit();
    place.server->show(showing("other"));
    place.visit();
    CHECK(place.server->place({}).port == port);
    CHECK(place.shown() == Labels{"shown", "other"});
}

TEST_CASE("after a public request another chain is shown, until something else is", "[server]") {
    Place place;
    place.server->show(showing("first", "swapped"));
    place.visit({}, "POST /login");
    place.visit({}, "GET /info");
    place.visit();
    place.server->show(showing("next", "swapped"));
    place.visit();
    CHECK(place.shown() == Labels{"first", "first", "swapped", "next"});
}

TEST_CASE("the first connection of a visit can be shown another chain than those beside it", "[server]") {
    Place place;
    Showing known = showing("others");
    known.first = labelled("first");
    place.server->show(std::move(known));
    for (int i = 0; i < 3; ++i) place.visit();
    place.server->show(showing("next"));
    place.visit();
    CHECK(place.shown() == Labels{"first", "others", "others", "next"});
}

TEST_CASE("a public request changes nothing where nothing is to be swapped", "[server]") {
    Place place;
    place.visit({}, "GET /info");
    place.visit();
    CHECK(place.shown() == Labels{"shown", "shown"});
}

TEST_CASE("a client that offers nothing that could be shown is not asked again", "[server]") {
    Place place({"second"}, net::ProxyKind::http);
    Showing compressed = showing("compressed");
    auto presentation = tls::kit::present();
    presentation.mutation.kind = tls::MutationKind::compressed_bomb;  // which our client does not take
    compressed.choose = always(std::make_shared<const tls::Presentation>(presentation));
    place.server->show(std::move(compressed));
    {
        tcp::socket socket = place.connect(place.server->place({}).port);
        tls::kit::Client client;
        client.step();
        asio::write(socket, asio::buffer(client.take_output()));
        while (!place.receive(socket).empty()) continue;
    }
    CHECK(kit::run_until_done(place.io, settled(*place.server)));
    CHECK(place.server->connections().at(0).ending == tls::Ending::unfit);
    for (const char* port : {"main", "second"})
        CHECK_THROWS_AS(place.connect(place.server->place({.host = "main", .port = port, .server = ""}).port),
                        boost::system::system_error);
    CHECK_THROWS_AS(place.connect(place.server->proxy_port()), boost::system::system_error);
}

TEST_CASE("settling waits for connections that are not accepted yet", "[server]") {
    Place place;
    tcp::socket socket = place.connect(place.server->place({}).port);
    asio::write(socket, asio::buffer("hello", 5));
    socket.close();
    CHECK(kit::run_until_done(place.io, settled(*place.server)));
    CHECK(place.server->connections().size() == 1);
}

TEST_CASE("a finished handshake is waited for, anew for each thing that is shown", "[server]") {
    Place place;
    bool done = false;
    const auto wait = [&] {
        done = false;
        asio::co_spawn(place.io, place.server->handshake_done(), [&](const std::exception_ptr& thrown) {
            if (thrown) std::rethrow_exception(thrown);
            done = true;
        });
        place.io.poll();
    };
    wait();
    CHECK_FALSE(done);
    place.visit();
    place.run_until([&] { return done; });
    wait();
    CHECK(done);
    place.server->show(showing("other"));
    wait();
    CHECK_FALSE(done);
    place.visit();
    place.run_until([&] { return done; });
}

TEST_CASE("a proxy leads to the main server, and is there only where it is wanted", "[server]") {
    CHECK(Place().server->proxy_port() == 0);
    Place place({}, net::ProxyKind::http);
    REQUIRE(place.server->proxy_port() != 0);
    tcp::socket socket = place.connect(place.server->proxy_port());
    const std::string ask = "CONNECT a.guise.test:443 HTTP/1.1\r\n\r\n";
    asio::write(socket, asio::buffer(ask));
    CHECK_THAT(std::string(as_text(place.receive(socket))), Catch::StartsWith("HTTP/1.1 200"));
    asio::write(socket, asio::buffer("hello", 5));
    socket.close();
    CHECK(kit::run_until_done(place.io, settled(*place.server)));
    const auto connections = place.server->connections();
    REQUIRE(connections.size() == 1);
    CHECK(connections[0].clear == "hello");
    CHECK(place.server->said_to_proxy() == std::vector<std::string>{ask});
    place.server->begin_visit(2);
    CHECK(place.server->said_to_proxy().empty());
}

TEST_CASE("what a client asks of the proxy is kept, granted or not", "[server]") {
    Place place({}, net::ProxyKind::http);
    const std::string ask =
        "CONNECT elsewhere.test:443 HTTP/1.1\r\nProxy-Authorization: Bearer secret\r\n\r\n";
    tcp::socket socket = place.connect(place.server->proxy_port());
    asio::write(socket, asio::buffer(ask));
    CHECK_THAT(std::string(as_text(place.receive(socket))), Catch::StartsWith("HTTP/1.1 502"));
    CHECK(place.server->said_to_proxy() == std::vector<std::string>{ask});
}

TEST_CASE("what a choice throws costs its connection alone, and is known until something else is shown",
          "[server]") {
    Place place;
    Showing broken = showing("broken");
    broken.choose = [](const net::Destination&) -> std::shared_ptr<const tls::Presentation> {
        throw std::runtime_error("no chain");
    };
    place.server->show(std::move(broken));
    place.visit();
    CHECK(place.server->failure() == "no chain");
    CHECK(place.shown() == Labels{""});
    place.server->show(showing("whole"));
    CHECK(place.server->failure().empty());
    place.visit();
    CHECK(place.shown() == Labels{"whole"});
}

TEST_CASE("a connection that ends is kept and reported, and not kept where that is not wanted", "[server]") {
    for (const bool keep : {true, false}) {
        Place place;
        std::vector<std::string> reported;
        ScenarioServer::Options options;
        options.keep_connections = keep;
        options.on_connection = [&](const tls::Transcript& each) { reported.push_back(each.presented); };
        place.server = ScenarioServer::open(place.io.get_executor(), options, showing("shown")).value();
        place.visit();
        place.run_until([&] { return reported == Labels{"shown"}; });
        CHECK(place.server->connections().size() == (keep ? 1 : 0));
    }
}

TEST_CASE("closing ends open connections, and every wait", "[server]") {
    Place place;
    const tcp::socket open = place.connect(place.server->port());
    place.run_until([&] { return place.server->open_connections() == 1; });
    std::optional<Woken> ended;
    bool settled_too = false;
    bool secured_too = false;
    asio::co_spawn(place.io, place.server->ended(2, Notifier::Clock::time_point::max()),
                   [&](const std::exception_ptr&, Woken how) { ended = how; });
    asio::co_spawn(place.io, place.server->settle(), [&](const std::exception_ptr&) { settled_too = true; });
    asio::co_spawn(place.io, place.server->handshake_done(),
                   [&](const std::exception_ptr&) { secured_too = true; });
    place.io.poll();
    SECTION("by close") {
        place.server->close();
        CHECK(place.server->connections().size() == 1);
    }
    SECTION("by the destructor") { place.server.reset(); }
    place.io.restart();
    place.io.poll();
    CHECK(ended == Woken::closed);
    CHECK(settled_too);
    CHECK(secured_too);
}

TEST_CASE("a server may be destroyed with its coroutines, or after them, in the middle of everything",
          "[server]") {
    IoContext io;
    std::optional<IoContext::FrameGuard> frames(io);
    ScenarioServer::Options options;
    options.host = "a.guise.test";
    options.ports = {"second"};
    options.proxy = net::ProxyKind::http;
    auto server = ScenarioServer::open(io.get_executor(), options, showing("shown")).value();
    tcp::socket client(io);
    client.connect({asio::ip::make_address("127.0.0.1"), server->port()});
    tls::kit::Client speaks;
    speaks.step();
    asio::write(client, asio::buffer(speaks.take_output()));
    asio::co_spawn(io, server->ended(2, Notifier::Clock::time_point::max()),
                   [](const std::exception_ptr&, Woken) { FAIL("nothing has ended"); });
    asio::co_spawn(io, server->settle(), [](const std::exception_ptr&) { FAIL("nothing has ended"); });
    while (server->open_connections() == 0) io.run_one();
    const int turns = GENERATE(0, 1, 2, 5);
    for (int i = 0; i < turns; ++i) io.poll_one();
    const bool server_first = GENERATE(true, false);
    if (server_first) server.reset();
    frames.reset();
    SUCCEED();
}

}  // namespace guise::server::scenario_server_test
