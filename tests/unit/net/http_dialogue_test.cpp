#include "net/http_dialogue.hpp"

#include "service/kit.hpp"

namespace guise::net::http_dialogue_test {

using namespace guise::service;

namespace {

// The answer of the service `http` to `request` when it comes in cuts of `cut`; it must come with the last
// byte and not before, and leave the connection at rest unless the client wants its end.
std::string answer_to(std::string_view request, std::size_t cut, Then then = Then::listen) {
    HttpDialogue http(short_answer(), {});
    while (request.size() > cut) {
        CHECK(http.receive(request.substr(0, cut)).send.empty());
        CHECK_FALSE(http.at_rest());
        request.remove_prefix(cut);
    }
    const Reply reply = http.receive(request);
    CHECK(reply.then == then);
    CHECK(http.at_rest() == (then == Then::listen));
    return reply.send;
}

const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n";
const std::string ok = head + "\r\n";
const std::string last = head + "Connection: close\r\n\r\n";
const std::string request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

}  // namespace

TEST_CASE("a request is answered once it is whole", "[net][http]") {
    const std::size_t cut = GENERATE(1, 7, 1000);
    CHECK(answer_to(request, cut) == ok + "guise\n");
    CHECK(answer_to("GET / HTTP/1.0\r\n\r\n", cut, Then::close) == last + "guise\n");
    CHECK(answer_to("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", cut, Then::close) == last + "guise\n");
    CHECK(answer_to("OPTIONS * HTTP/1.1\r\n\r\n", cut) == ok + "guise\n");
    CHECK(answer_to("POST /x HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", cut) == ok + "guise\n");
    CHECK(answer_to("POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", cut) ==
          ok + "guise\n");
}

TEST_CASE("the answer to HEAD has no body", "[net][http]") {
    CHECK(answer_to("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", 1000) == ok);
}

TEST_CASE("what is no HTTP is never answered", "[net][http]") {
    HttpDialogue http(short_answer(), {});
    CHECK(http.open(true).send.empty());
    CHECK(http.receive("hello server\r\n\r\n").send.empty());
    CHECK(http.receive(request).send.empty());
    CHECK_FALSE(http.at_rest());
}

TEST_CASE("after public requests alone more is to come", "[net][http]") {
    HttpDialogue http(guise::service::kit::vms(), guise::service::kit::facts());
    CHECK_FALSE(http.at_rest());
    (void)http.receive("GET /api/moduleInformation HTTP/1.1\r\n\r\n");
    CHECK_FALSE(http.at_rest());
    (void)http.receive("GET /rest/v1/users HTTP/1.1\r\n\r\n");
    CHECK(http.at_rest());
}

TEST_CASE("nothing is answered after the last answer", "[net][http]") {
    HttpDialogue http(short_answer(), {});
    CHECK(http.receive("GET / HTTP/1.0\r\n\r\n" + request).send == last + "guise\n");
    CHECK(http.receive(request).send.empty());
    CHECK(http.received().requests.size() == 1);
}

TEST_CASE("nothing is not a request", "[net][http]") {
    HttpDialogue http(short_answer(), {});
    CHECK(http.receive("").send.empty());
    CHECK_FALSE(http.receive(request).send.empty());
}

TEST_CASE("a service with rules answers until the client wants no more", "[net][http]") {
    HttpDialogue http(guise::service::kit::vms(), guise::service::kit::facts());
    const Reply both = http.receive(request + "GET /api/moduleInformation HTTP/1.1\r\n\r\n");
    CHECK(both.then == Then::listen);
    CHECK_THAT(both.send, Catch::StartsWith("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n") &&
                              Catch::Contains("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"));
    CHECK(http.receive("GET / HTTP/1.1\r\nConnection: close\r\n\r\n" + request).then == Then::close);
    CHECK(http.receive(request).send.empty());
    CHECK(http.received().requests.size() == 3);
}

}  // namespace guise::net::http_dialogue_test
