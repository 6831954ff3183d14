#include "net/http_reader.hpp"

#include <catch2/catch.hpp>

namespace guise::net::http_reader_test {

using guise::net::HttpReader;
using guise::net::to_text;
using guise::service::Answer;
using guise::service::Request;

namespace {

// The requests in `text` when it comes in cuts of `cut`.
std::vector<Request> requests(std::string_view text, std::size_t cut) {
    HttpReader reader;
    std::vector<Request> out;
    while (!text.empty()) {
        reader.receive(text.substr(0, cut));
        text.remove_prefix(std::min(cut, text.size()));
        while (auto request = reader.next()) out.push_back(std::move(*request));
    }
    return out;
}

}  // namespace

TEST_CASE("requests in a row are found in any cut", "[net][http]") {
    const std::size_t cut = GENERATE(1, 7, 1000);
    const auto found = requests(
        "GET /a?b=c HTTP/1.1\r\nHost: h\r\nX-Y: 1\r\n\r\n"
        "POST /x HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"
        "POST /y HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
        "HEAD / HTTP/1.0\r\n\r\n",
        cut);
    REQUIRE(found.size() == 4);
    CHECK(found[0].method == "GET");
    CHECK(found[0].target == "/a?b=c");
    CHECK(found[0].path() == "/a");
    CHECK(found[0].header("x-y") == "1");
    CHECK(found[0].keep_alive);
    CHECK(found[1].body == "hello");
    CHECK(found[2].body == "abcde");
    CHECK(found[2].header("transfer-encoding") == "chunked");
    CHECK(found[3].http_1_0);
    CHECK_FALSE(found[3].keep_alive);
}

TEST_CASE("a client may want the connection closed", "[net][http]") {
    CHECK_FALSE(requests("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 1000).at(0).keep_alive);
    CHECK(requests("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", 1000).at(0).keep_alive);
}

TEST_CASE("what is no HTTP ends the reading", "[net][http]") {
    CHECK(requests("hello server\r\n\r\nGET / HTTP/1.1\r\n\r\n", 1000).empty());
    CHECK(requests("GET / HTTP/1.1\r\n\r\n\x16\x03\x01 GET / HTTP/1.1\r\n\r\n", 1000).size() == 1);
    CHECK(requests("", 1).empty());
}

TEST_CASE("a request at a limit is read, and one past it ends the reading", "[net][http]") {
    const std::size_t past = GENERATE(0U, 1U);
    std::string request;
    SECTION("size of the head") {  // the parser counts the request line apart where it comes in one piece
        request = "GET / HTTP/1.1\r\nX: " + std::string(65'000 + 1'000 * past, 'x') + "\r\n\r\n";
    }
    SECTION("number of fields") {
        request = "GET / HTTP/1.1\r\n";
        for (std::size_t i = 0; i < 256 + past; ++i) request += "X: y\r\n";
        request += "\r\n";
    }
    SECTION("length of the body") {
        const std::size_t size = 1'048'576 + past;
        request = "POST / HTTP/1.1\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" +
                  std::string(size, 'x');
    }
    SECTION("length of a body in chunks") {
        request = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (int i = 0; i < 16; ++i) request += "10000\r\n" + std::string(65'536, 'x') + "\r\n";
        if (past > 0) request += "1\r\nx\r\n";
        request += "0\r\n\r\n";
    }
    CHECK(requests(request + "GET / HTTP/1.1\r\n\r\n", 16'384).size() == (past > 0 ? 0 : 2));
}

TEST_CASE("the line of a chunk that does not end is not kept", "[net][http]") {
    const std::string head = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
    const std::string end = "\r\nx\r\n0\r\n\r\n";
    CHECK(requests(head + "1;a=" + std::string(60'000, 'b') + end, 16'384).size() == 1);
    CHECK(requests(head + "1;a=" + std::string(90'000, 'b') + end, 16'384).empty());
    CHECK(requests(head + "0\r\nX: " + std::string(90'000, 'b') + "\r\n\r\n", 16'384).empty());
}

TEST_CASE("many requests in one piece are read one after the other", "[net][http]") {
    std::string all;
    for (int i = 0; i < 900; ++i) all += "GET / HTTP/1.1\r\n\r\n";
    CHECK(requests(all, all.size()).size() == 900);
}

TEST_CASE("an answer says how long it is and whether it is the last", "[net][http]") {
    Answer answer;
    answer.status = 401;
    answer.headers = {{"WWW-Authenticate", "Digest"}};
    answer.type = "application/json";
    answer.body = "{}";
    Request request;
    request.method = "GET";
    const std::string head =
        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest\r\nContent-Type: application/json\r\n"
        "Content-Length: 2\r\n";
    CHECK(to_text(answer, request) == head + "\r\n{}");
    request.http_1_0 = true;
    CHECK(to_text(answer, request) == head + "Connection: keep-alive\r\n\r\n{}");
    request.keep_alive = false;
    CHECK(to_text(answer, request) == head + "Connection: close\r\n\r\n{}");
    request.method = "HEAD";
    CHECK(to_text(answer, request) == head + "Connection: close\r\n\r\n");
    CHECK(to_text({.status = 204, .headers = {}, .type = "", .body = "", .close = false}, {}) ==
          "HTTP/1.1 204 No Content\r\n\r\n");
}

}  // namespace guise::net::http_reader_test
