#include "net/http_port.hpp"

#include "net/kit.hpp"

namespace guise::net::http_port_test {
namespace {

struct Place {
    boost::asio::io_context context;
    std::vector<std::string> asked;
    std::unique_ptr<HttpPort> port =
        HttpPort::open(context.get_executor(), [this](const service::Request& it) {
            asked.push_back(it.method + " " + it.target + " " + it.body);
            service::Answer answer;
            answer.type = "text/plain";
            answer.body = "seen";
            return answer;
        }).value();

    std::string told(const std::string& text) {
        const std::string authority = port->authority();
        const auto number = static_cast<std::uint16_t>(std::stoi(authority.substr(authority.rfind(':') + 1)));
        return kit::told(context, *port, number, text);
    }
};

}  // namespace

TEST_CASE("whole requests are answered by the function, one after the other", "[net][http]") {
    Place place;
    const std::string out = place.told(
        "GET /a HTTP/1.1\r\n\r\nPOST /b HTTP/1.1\r\nConnection: close\r\nContent-Length: 2\r\n\r\nxy");
    CHECK(place.asked == std::vector<std::string>{"GET /a ", "POST /b xy"});
    CHECK(out.find("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nseen") == 0);
    CHECK(out.find("Connection: close\r\n\r\nseen") != std::string::npos);
}

TEST_CASE("its address is one that a URL can have", "[net][http]") {
    CHECK(Place().port->authority().starts_with("127.0.0.1:"));
}

TEST_CASE("an address that is none is a problem", "[net][http]") {
    boost::asio::io_context context;
    CHECK_FALSE(HttpPort::open(context.get_executor(), {}, "nowhere").has_value());
}

}  // namespace guise::net::http_port_test
