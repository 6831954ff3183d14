#include "run/events.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>

#include <array>

namespace guise::run::events_test {

using boost::asio::ip::tcp;
using std::chrono::milliseconds;

namespace {

struct Place {
    boost::asio::io_context io{1};
    std::unique_ptr<Events> events = Events::open(io.get_executor()).value();
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();

    template <class Done>
    void run_until(Done done) {
        while (!done()) REQUIRE(io.run_one_for(std::chrono::seconds(20)) == 1);
    }
    // Tells of an event of this name, and waits until it is known.
    void tell(const std::string& token, const std::string& name) {
        const std::string url = events->url(token);
        const auto colon = url.rfind(':');
        const auto slash = url.find('/', colon);
        tcp::socket socket(io);
        const auto port = static_cast<std::uint16_t>(std::stoi(url.substr(colon + 1, slash - colon - 1)));
        socket.connect({boost::asio::ip::make_address("127.0.0.1"), port});
        CHECK(events->busy());
        boost::asio::write(socket, boost::asio::buffer("GET " + url.substr(slash) + "?name=" + name +
                                                       "&server=h&faults=expired HTTP/1.0\r\n\r\n"));
        socket.non_blocking(true);
        std::array<char, 4096> bytes{};
        boost::system::error_code error;
        run_until([&] {
            socket.read_some(boost::asio::buffer(bytes), error);
            return error && error != boost::asio::error::would_block;
        });
        socket.close();
        run_until([&] { return !events->busy(); });
    }
    std::vector<std::string> take(const std::string& token) {
        std::vector<std::string> out;
        for (const auto& event : events->take(token, began)) out.push_back(event.name);
        return out;
    }
};

}  // namespace

TEST_CASE("an event is kept for whom it is of, and told once", "[events]") {
    Place place;
    place.tell("one", "a");
    place.tell("two", "b");
    place.tell("one", "c");
    CHECK(place.take("one") == std::vector<std::string>{"a", "c"});
    CHECK(place.take("one").empty());
    CHECK(place.take("two") == std::vector<std::string>{"b"});
    CHECK(place.take("three").empty());
}

TEST_CASE("an event comes from the sink, with what it says and its time in the visit", "[events]") {
    Place place;
    place.tell("one", "mismatch");
    const auto events = place.events->take("one", place.began);
    REQUIRE(events.size() == 1);
    CHECK(events[0].source == "sink");
    CHECK(events[0].name == "mismatch");
    CHECK(events[0].server == "h");
    CHECK(events[0].faults == std::vector<std::string>{"expired"});
    CHECK(events[0].at >= milliseconds(0));
}

TEST_CASE("the time of a recorded event counts from the beginning of the visit", "[events]") {
    const std::chrono::steady_clock::time_point began{std::chrono::seconds(100)};
    service::Event event;
    event.name = "seen";
    event.server = "host:443";
    event.at = began + milliseconds(1500);
    const evidence::EventRecord out = recorded(event, "log", began);
    CHECK(out.name == "seen");
    CHECK(out.server == "host:443");
    CHECK(out.source == "log");
    CHECK(out.at == milliseconds(1500));
}

}  // namespace guise::run::events_test
