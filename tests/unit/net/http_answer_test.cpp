#include "net/http_answer.hpp"

#include <catch2/catch.hpp>

using guise::net::HttpAnswer;

namespace {

// The answer to `request` when it comes in cuts of `cut`; it must come with the last byte and not before.
std::string answer_to(std::string_view request, std::size_t cut) {
    HttpAnswer http;
    while (request.size() > cut) {
        CHECK_FALSE(http.receive(request.substr(0, cut)));
        request.remove_prefix(cut);
    }
    return http.receive(request).value_or("");
}

const std::string ok =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\nConnection: close\r\n\r\n";

}  // namespace

TEST_CASE("a request is answered once it is whole", "[net][http]") {
    const std::size_t cut = GENERATE(1, 7, 1000);
    CHECK(answer_to("GET / HTTP/1.1\r\nHost: a\r\n\r\n", cut) == ok + "guise\n");
    CHECK(answer_to("GET / HTTP/1.0\r\n\r\n", cut) == ok + "guise\n");
    CHECK(answer_to("POST /x HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", cut) == ok + "guise\n");
    CHECK(answer_to("POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", cut) ==
          ok + "guise\n");
}

TEST_CASE("the answer to HEAD has no body", "[net][http]") {
    CHECK(answer_to("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", 1000) == ok);
}

TEST_CASE("what is no HTTP is never answered", "[net][http]") {
    HttpAnswer http;
    CHECK_FALSE(http.receive("hello server\r\n\r\n"));
    CHECK_FALSE(http.receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
}

TEST_CASE("a second request is not answered", "[net][http]") {
    HttpAnswer http;
    CHECK(http.receive("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\n\r\n"));
    CHECK_FALSE(http.receive("GET /3 HTTP/1.1\r\nHost: a\r\n\r\n"));
}

TEST_CASE("a request beyond the limits is not answered", "[net][http]") {
    HttpAnswer body;
    CHECK_FALSE(body.receive("POST / HTTP/1.1\r\nContent-Length: 2000000\r\n\r\n"));
    CHECK_FALSE(body.receive(std::string(2'000'000, 'x')));
    HttpAnswer header;
    CHECK_FALSE(header.receive("GET / HTTP/1.1\r\nX: " + std::string(100'000, 'x') + "\r\n\r\n"));
}

TEST_CASE("nothing is not a request", "[net][http]") {
    HttpAnswer http;
    CHECK_FALSE(http.receive(""));
    CHECK(http.receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
}
