#include "serve/control_connection.hpp"

#include "server/io_context.hpp"
#include "server/kit.hpp"

#include <boost/asio/co_spawn.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <map>
#include <sys/socket.h>
#include <unistd.h>

namespace guise::serve::control_connection_test {

using namespace guise::server;
using namespace std::chrono_literals;

namespace {

std::string request(int id, const std::string& method, const Json& params = Json::object()) {
    return Json{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}}.dump() + "\n";
}

// A connection, and its peer in the same thread.
struct Place {
    TemporaryFolder folder;
    ChainProvider provider = kit::make_provider();
    int peer = -1;
    std::string received;
    std::map<int, Json> answers;  // by id; without one: 0
    std::optional<std::string> ended;
    IoContext io;
    std::optional<IoContext::FrameGuard> frames{io};

    explicit Place(ControlConnection::Limits limits = {}) {
        std::array<int, 2> ends{};
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0);
        peer = ends[0];
        using Stream = ControlConnection::Stream;
        const auto connection = std::make_shared<ControlConnection>(
            Stream(io, ends[1]), Stream(io, ::dup(ends[1])), provider, "test", folder.path(), limits);
        boost::asio::co_spawn(io, connection->run(),
                              [this](const std::exception_ptr& thrown, std::string why) {
                                  if (thrown) std::rethrow_exception(thrown);
                                  ended = std::move(why);
                              });
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() { hang_up(); }

    void hang_up() {
        if (peer >= 0) ::close(std::exchange(peer, -1));
    }
    void send(std::string_view text) {
        while (!text.empty()) {
            const ssize_t sent = ::send(peer, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent < 0 && errno != EAGAIN) return;  // it has been given up
            text.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(sent, 0)));
            io.poll();
        }
    }
    void read() {
        std::array<char, 65'536> chunk{};
        for (ssize_t got = 0; (got = ::recv(peer, chunk.data(), chunk.size(), 0)) > 0;)
            received.append(chunk.data(), static_cast<std::size_t>(got));
        for (std::size_t end = 0; (end = received.find('\n')) != std::string::npos;
             received.erase(0, end + 1)) {
            Json answer = Json::parse(received.substr(0, end));
            const int id = answer["id"].is_null() ? 0 : answer["id"].get<int>();
            answers[id] = std::move(answer);
        }
    }
    template <class Done>
    void run_until(Done done) {
        for (read(); !done(); read()) REQUIRE(io.run_one_for(20s) == 1);
    }
    // The answer to one request.
    Json ask(int id, const std::string& method, const Json& params = Json::object()) {
        send(request(id, method, params));
        run_until([&] { return answers.contains(id); });
        return answers[id];
    }
    int present() { return ask(1, "present", {{"scenario", "trust/self-signed"}})["result"]["handle"]; }
};

const Json an_hour{{"handle", 1}, {"timeout_ms", 3'600'000}};

}  // namespace

TEST_CASE("a close answers the waits that go on, and the next request is answered", "[control]") {
    Place place;
    REQUIRE(place.present() == 1);
    place.send(request(2, "wait", an_hour) + request(3, "wait", an_hour));
    place.io.poll();
    CHECK(place.ask(4, "close", {{"handle", 1}})["result"]["outcome"] == "no-connection");
    place.run_until([&] { return place.answers.size() == 4; });
    for (const int wait : {2, 3})
        CHECK(place.answers[wait]["error"]["message"] == "handle 1 was closed during the wait");
    CHECK(place.ask(5, "list").contains("result"));
}

TEST_CASE("waits that go on cost nothing while nothing happens", "[control]") {
    Place place;
    place.present();
    for (int id = 2; id < 20; ++id) place.send(request(id, "wait", an_hour));
    place.io.poll();
    place.io.restart();
    CHECK(place.io.poll() == 0);
    place.read();
    CHECK(place.answers.size() == 1);
}

TEST_CASE("waits that overlap end each at its own limit", "[control]") {
    Place place;
    place.present();
    place.send(request(2, "wait", an_hour) + request(3, "wait", {{"handle", 1}, {"timeout_ms", 0}}));
    place.run_until([&] { return place.answers.contains(3); });
    CHECK(place.answers[3]["result"]["timed_out"] == true);
    CHECK_FALSE(place.answers.contains(2));
}

TEST_CASE("a swap during a wait disturbs neither", "[control]") {
    Place place;
    place.present();
    place.send(request(2, "wait", an_hour));
    CHECK(place.ask(3, "swap", {{"handle", 1}, {"scenario", "trust/ca-signed"}}).contains("result"));
    CHECK_FALSE(place.answers.contains(2));
    CHECK(place.ask(4, "close", {{"handle", 1}}).contains("result"));
    place.run_until([&] { return place.answers.contains(2); });
}

TEST_CASE("a line that is too long is answered, and the connection goes on", "[control]") {
    Place place({.line = 1'000});
    place.send(std::string(5'000, 'x') + "\n");
    place.run_until([&] { return place.answers.contains(0); });
    CHECK(place.answers[0]["error"]["message"] ==
          "expected a line of at most 1000 bytes, found a longer one");
    CHECK(place.ask(1, "list", {{"only", {"trust/self-signed"}}}).contains("result"));
}

TEST_CASE("a deep line is answered, and the connection goes on", "[control]") {
    Place place;
    place.send(std::string(400'000, '[') + "\n");
    place.run_until([&] { return place.answers.contains(0); });
    CHECK(place.answers[0]["error"]["code"] == -32700);
    CHECK(place.ask(1, "list").contains("result"));
}

TEST_CASE("the last request needs no line end, and is answered before the connection ends", "[control]") {
    Place place;
    std::string last = request(1, "list", {{"only", {"trust/self-signed"}}});
    last.pop_back();
    place.send("\n  \n" + last);
    ::shutdown(place.peer, SHUT_WR);
    place.run_until([&] { return place.ended.has_value(); });
    place.read();
    CHECK(place.answers[1]["result"].size() == 1);
    CHECK(place.ended->empty());
}

TEST_CASE("requests beyond the most that wait are refused, and those that wait are answered", "[control]") {
    Place place({.requests = 2});
    place.present();
    place.send(request(2, "wait", an_hour) + request(3, "wait", an_hour) + request(4, "list"));
    place.run_until([&] { return place.answers.contains(0); });
    CHECK(place.answers[0]["error"]["message"] == "2 requests are unanswered, which is the limit");
    CHECK_FALSE(place.answers.contains(4));
}

TEST_CASE("the requests of a peer that does not read its answers are not read either", "[control]") {
    Place place({.unread = 100'000});
    const std::string list = request(1, "list");
    std::size_t sent = 0;
    // Each answer is larger than 100 KB: what is taken in stays far below all that is offered.
    for (int idle = 0; idle < 3; ++idle) {
        for (ssize_t got = 0; (got = ::send(place.peer, list.data(), list.size(), MSG_NOSIGNAL)) > 0;
             idle = 0)
            sent += static_cast<std::size_t>(got);
        place.io.poll();
        REQUIRE(sent < 10'000'000);
    }
    CHECK_FALSE(place.ended);
    place.run_until([&] { return place.answers.contains(1); });
}

TEST_CASE("a peer that takes nothing for too long is given up", "[control]") {
    Place place({.patience = 1ms});
    for (int id = 1; id < 20; ++id) place.send(request(id, "list"));
    while (!place.ended) REQUIRE(place.io.run_one_for(20s) == 1);
    CHECK(*place.ended == "the peer has read no answer for 0.001 s");
}

TEST_CASE("a peer that goes away ends its waits and the connection", "[control]") {
    Place place;
    place.present();
    place.send(request(2, "wait", an_hour));
    place.io.poll();
    place.hang_up();
    while (!place.ended) REQUIRE(place.io.run_one_for(20s) == 1);
    CHECK(place.ended->empty());
}

TEST_CASE("a connection may be destroyed while it reads, waits and writes", "[control]") {
    Place place;
    SECTION("reading") {}
    SECTION("waiting") {
        place.present();
        place.send(request(2, "wait", an_hour) + request(3, "wait", an_hour));
    }
    SECTION("waiting for a handle that was just closed") {
        place.present();
        place.send(request(2, "wait", an_hour) + request(3, "close", {{"handle", 1}}));
    }
    SECTION("writing to a peer that does not read") {
        for (int id = 1; id < 20; ++id) place.send(request(id, "list"));
    }
    place.io.restart();
    for (int i = 0; i < 5; ++i) place.io.poll_one();
    place.frames.reset();
    CHECK_FALSE(place.ended);
}

}  // namespace guise::serve::control_connection_test
