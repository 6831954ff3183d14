#include "server/publisher.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>

#include <array>

namespace guise::server::publisher_test {

using boost::asio::ip::tcp;

namespace {

constexpr pki::Topic leaf_list{pki::Channel::crl, pki::Position::leaf};
constexpr pki::Topic leaf_response{pki::Channel::ocsp, pki::Position::leaf};

struct Place {
    boost::asio::io_context io{1};
    std::unique_ptr<Publisher> publisher = Publisher::open(io.get_executor()).value();
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();

    // The answer to `METHOD PATH`, from its status line on.
    std::string answer(const std::string& request) {
        const std::string place = publisher->place("");
        const auto colon = place.rfind(':');
        tcp::socket socket(io);
        const auto port = static_cast<std::uint16_t>(std::stoi(place.substr(colon + 1)));
        socket.connect({boost::asio::ip::make_address("127.0.0.1"), port});
        boost::asio::write(socket, boost::asio::buffer(request + " HTTP/1.0\r\n\r\n"));
        socket.non_blocking(true);
        std::string out;
        std::array<char, 4096> bytes{};
        boost::system::error_code error;
        while (!error || error == boost::asio::error::would_block) {
            REQUIRE(io.run_one_for(std::chrono::seconds(20)) == 1);
            out.append(bytes.data(), socket.read_some(boost::asio::buffer(bytes), error));
        }
        return out;
    }
};

}  // namespace

TEST_CASE("what was asked of the publisher is told, but what is of another folder", "[server][publisher]") {
    Place place;
    place.publisher->publish("a1", {{leaf_list, "x.crl", {'l'}}});
    place.publisher->publish("a2", {{leaf_list, "x.crl", {'l'}}});
    const auto began = std::chrono::steady_clock::now();
    place.answer("GET /a1/x.crl?q=one");
    place.answer("GET /a2/x.crl");
    place.answer("GET /nowhere");
    const auto said = place.publisher->said("a1", began);
    REQUIRE(said.size() == 2);
    CHECK_THAT(said[0], Catch::StartsWith("GET /a1/x.crl?q=one\n"));
    CHECK_THAT(said[1], Catch::StartsWith("GET /nowhere\n"));
    CHECK(place.publisher->said("a1", std::chrono::steady_clock::now()).empty());
}

TEST_CASE("what is published in a folder is served there, with its type, and told of", "[publisher]") {
    Place place;
    place.publisher->publish("a1", {{leaf_list, "x.crl", {'l'}}, {leaf_response, "x.ocsp", {'r'}}});
    const std::string list = place.answer("GET /a1/x.crl");
    CHECK(list.find("HTTP/1.1 200 OK\r\nContent-Type: application/pkix-crl\r\n") == 0);
    CHECK(list.ends_with("\r\n\r\nl"));
    CHECK(place.answer("GET /a1/x.ocsp/MFQw").find("application/ocsp-response") != std::string::npos);
    const auto fetched = place.publisher->take("a1", place.began);
    REQUIRE(fetched.size() == 2);
    CHECK(fetched[0].topic == leaf_list);
    CHECK(fetched[0].path == "x.crl");
    CHECK(fetched[1].topic == leaf_response);
    CHECK(fetched[1].at >= fetched[0].at);
    CHECK(place.publisher->take("a1", place.began).empty());
}

TEST_CASE("a folder has nothing of another, and nothing after it is forgotten", "[publisher]") {
    Place place;
    place.publisher->publish("a1", {{leaf_list, "x.crl", {'l'}}});
    place.publisher->publish("a1", {{leaf_list, "x.crl", {'m'}}});
    CHECK(place.answer("GET /a1/x.crl").ends_with("m"));
    for (const char* path : {"GET /a2/x.crl", "GET /a1/y.crl", "GET /a1", "GET /"})
        CHECK(place.answer(path).find("HTTP/1.1 404") == 0);
    place.publisher->forget("a1");
    CHECK(place.answer("GET /a1/x.crl").find("HTTP/1.1 404") == 0);
    CHECK(place.publisher->take("a1", place.began).empty());
}

}  // namespace guise::server::publisher_test
