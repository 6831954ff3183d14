#include "net/event_sink.hpp"

#include "net/kit.hpp"

namespace guise::net::event_sink_test {
namespace {

struct Sink {
    boost::asio::io_context context;
    std::vector<service::Event> events;
    std::unique_ptr<EventSink> sink = EventSink::open(context.get_executor(), [this](service::Event event) {
                                          events.push_back(std::move(event));
                                      }).value();

    std::uint16_t port() const {
        const std::string url = sink->url("a1");
        const std::size_t colon = url.rfind(':');
        return static_cast<std::uint16_t>(std::stoi(url.substr(colon + 1)));
    }
    std::string told(const std::string& text) { return kit::told(context, *sink, port(), text); }
};

}  // namespace

TEST_CASE("an event is told with its owner and its time", "[net][events]") {
    const auto before = std::chrono::steady_clock::now();
    Sink sink;
    CHECK(sink.sink->url("a1") == "http://127.0.0.1:" + std::to_string(sink.port()) + "/events/a1");
    const std::string body = R"({"event":"mismatch","server":"h:1","faults":["expired"]})";
    CHECK(sink.told("POST /events/a1 HTTP/1.1\r\nConnection: close\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n\r\n" + body) ==
          "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
    REQUIRE(sink.events.size() == 1);
    CHECK(sink.events[0].token == "a1");
    CHECK(sink.events[0].name == "mismatch");
    CHECK(sink.events[0].faults == std::vector<std::string>{"expired"});
    CHECK(sink.events[0].at >= before);
}

TEST_CASE("several events may come on one connection", "[net][events]") {
    Sink sink;
    sink.told(
        "GET /events/a1?name=x HTTP/1.1\r\n\r\nPOST /events/b2 HTTP/1.1\r\nContent-Length: 4\r\n\r\ntext"
        "GET /events/c3 HTTP/1.0\r\n\r\n");
    REQUIRE(sink.events.size() == 3);
    CHECK(sink.events[0].name == "x");
    CHECK(sink.events[1].token == "b2");
    CHECK(sink.events[1].text == "text");
}

TEST_CASE("a request to another address is not found and no event", "[net][events]") {
    Sink sink;
    CHECK_THAT(sink.told("GET / HTTP/1.0\r\n\r\n"), Catch::StartsWith("HTTP/1.1 404 Not Found\r\n"));
    CHECK(sink.events.empty());
}

TEST_CASE("a sink that cannot be bound says so", "[net][events]") {
    boost::asio::io_context context;
    CHECK(EventSink::open(context.get_executor(), {}, "nowhere").has_error());
}

TEST_CASE("a sink may be destroyed while somebody tells of an event", "[net][events]") {
    Sink sink;
    kit::tcp::socket client(sink.context);
    client.connect({boost::asio::ip::make_address("127.0.0.1"), sink.port()});
    boost::asio::write(client, boost::asio::buffer(std::string("POST /events/a1 HTTP/1.1\r\nContent-")));
    while (!sink.sink->busy()) sink.context.run_one();
    sink.context.poll();
    sink.sink.reset();
    SECTION("and its coroutines end") { sink.context.poll(); }
    SECTION("and its coroutines go with the context") {}
    CHECK(sink.events.empty());
}

}  // namespace guise::net::event_sink_test
