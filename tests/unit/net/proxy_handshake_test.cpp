#include "net/proxy_handshake.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace guise::net::proxy_handshake_test {

using namespace std::string_literals;
using State = ProxyHandshake::Step::State;

namespace {

// The last step, when `text` comes in cuts of `cut`, and all replies before it.
ProxyHandshake::Step last_step(ProxyHandshake& handshake, std::string_view text, std::size_t cut) {
    std::string replies;
    while (!text.empty()) {
        handshake.receive(text.substr(0, cut));
        text.remove_prefix(std::min(cut, text.size()));
        for (;;) {
            ProxyHandshake::Step step = handshake.next();
            replies += step.reply;
            if (step.state == State::unfinished && step.reply.empty()) break;
            if (step.state == State::unfinished) continue;
            handshake.receive(text);
            step.reply = replies;
            return step;
        }
    }
    return {State::unfinished, replies, {}};
}

}  // namespace

TEST_CASE("a request of a proxy is read in any cut, and what follows it is left", "[net][proxy]") {
    const auto [kind, text, host] = GENERATE(table<ProxyKind, std::string, std::string>(
        {{ProxyKind::http, "CONNECT a.test:443 HTTP/1.1\r\nHost: a.test\r\n\r\nmore", "a.test"},
         {ProxyKind::http, "CONNECT [::1]:443 HTTP/1.0\r\n\r\nmore", "::1"},
         {ProxyKind::socks, "\5\1\0\5\1\0\3\6a.test\1\273more"s, "a.test"},
         {ProxyKind::socks, "\5\2\1\0\5\1\0\1\300\0\2\1\1\273more"s, "192.0.2.1"},
         {ProxyKind::socks, "\5\1\0\5\1\0\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\1\273more"s, "::1"}}));
    const std::size_t cut = GENERATE(1U, 3U, 1'000U);
    ProxyHandshake handshake(kind);
    const auto step = last_step(handshake, text, cut);
    CHECK(step.state == State::connect);
    CHECK(step.request.kind == kind);
    CHECK(step.request.host == host);
    CHECK(step.request.port == 443);
    CHECK(handshake.take_rest() == "more");
}

TEST_CASE("what is no request of a proxy is refused as soon as that is clear", "[net][proxy]") {
    const auto [kind, text, reply] = GENERATE(table<ProxyKind, std::string, std::string>(
        {{ProxyKind::http, "\x16\x03\x01", "HTTP/1.1 400"},
         {ProxyKind::http, "GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 501"},
         {ProxyKind::http, "CONNECT a.test HTTP/1.1\r\n\r\n", "HTTP/1.1 400"},
         {ProxyKind::http, "CONNECT a.test:0 HTTP/1.1\r\n\r\n", "HTTP/1.1 400"},
         {ProxyKind::http, "CONNECT a.test:65536 HTTP/1.1\r\n\r\n", "HTTP/1.1 400"},
         {ProxyKind::http, "CONNECT ::1:443 HTTP/1.1\r\n\r\n", "HTTP/1.1 400"},
         {ProxyKind::http, "CONNECT :443 HTTP/1.1\r\n\r\n", "HTTP/1.1 400"},
         {ProxyKind::socks, "\4\1", ""},
         {ProxyKind::socks, "\5\1\2", "\5\xff"},
         {ProxyKind::socks, "\5\1\0\4"s, "\5\0\5\1"s},
         {ProxyKind::socks, "\5\1\0\5\2"s, "\5\0\5\7"s},
         {ProxyKind::socks, "\5\1\0\5\1\0\2x"s, "\5\0\5\10"s}}));
    ProxyHandshake handshake(kind);
    const auto step = last_step(handshake, text, 1'000);
    CHECK(step.state == State::refused);
    CHECK_THAT(step.reply, Catch::StartsWith(reply));
}

TEST_CASE("the head of a request has 16 KiB and no more", "[net][proxy]") {
    const std::string begin = "CONNECT a.test:443 HTTP/1.1\r\nX: ";
    const auto head = [&](std::size_t size) {
        return begin + std::string(size - begin.size() - 4, 'x') + "\r\n\r\n";
    };
    ProxyHandshake fits(ProxyKind::http), long_(ProxyKind::http), endless(ProxyKind::http);
    CHECK(last_step(fits, head(16'384), 4'096).state == State::connect);
    CHECK(last_step(long_, head(16'385), 4'096).state == State::refused);
    CHECK(last_step(endless, begin + std::string(16'385, 'x'), 4'096).state == State::refused);
}

}  // namespace guise::net::proxy_handshake_test
