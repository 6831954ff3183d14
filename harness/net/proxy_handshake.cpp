#include "net/proxy_handshake.hpp"

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace guise::net {

namespace asio = boost::asio;

namespace {

constexpr std::size_t longest_request = 16'384;

using Asked = ProxyHandshake::Step;

Asked refused(std::string reply) { return {Asked::State::refused, std::move(reply), {}}; }
Asked connect_to(std::string host, std::uint16_t port) {
    return {Asked::State::connect, "", {.kind = {}, .host = std::move(host), .port = port}};
}

std::string http_reply(std::string_view status) {
    return fmt::format("HTTP/1.1 {}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", status);
}

// The whole answer of SOCKS5, with an address that no client reads.
std::string socks_reply(char code) { return {5, code, 0, 1, 0, 0, 0, 0, 0, 0}; }

// 0 where it is none.
std::uint16_t port_in(std::string_view text) {
    std::uint16_t port = 0;
    const auto end = text.data() + text.size();
    const auto [rest, failed] = std::from_chars(text.data(), end, port);
    return failed == std::errc() && rest == end ? port : std::uint16_t{0};
}

// What `host:port` or `[address]:port` asks for.
Asked connect_to_authority(std::string_view authority) {
    const std::size_t colon = std::min(authority.rfind(':'), authority.size());
    const std::uint16_t port = port_in(authority.substr(std::min(colon + 1, authority.size())));
    std::string_view host = authority.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    else if (host.find(':') != std::string_view::npos)
        host = {};
    if (host.empty() || port == 0) return refused(http_reply("400 Bad Request"));
    return connect_to(std::string(host), port);
}

Asked read_request_line(std::string_view line) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == 0 || first == last || !line.substr(last + 1).starts_with("HTTP/1."))
        return refused(http_reply("400 Bad Request"));
    if (line.substr(0, first) != "CONNECT") return refused(http_reply("501 Not Implemented"));
    return connect_to_authority(line.substr(first + 1, last - first - 1));
}

// Takes the head of a request from `in`. The first line is text, so what cannot become one is refused at once
// and not waited for.
Asked ask_http(std::string& in) {
    const std::string_view line = std::string_view(in).substr(0, in.find_first_of("\r\n"));
    const bool text = std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; });
    const std::size_t end = in.find("\r\n\r\n");
    const std::size_t size = end == std::string::npos ? in.size() : end + 4;
    if (!text || size > longest_request) return refused(http_reply("400 Bad Request"));
    if (end == std::string::npos) return {};
    Asked asked = read_request_line(line);
    in.erase(0, end + 4);
    return asked;
}

// Takes the greeting of SOCKS5: the methods that the client offers.
Asked greet_socks(std::string& in) {
    if (in.empty()) return {};
    if (in[0] != 5) return refused("");
    if (in.size() < 2) return {};
    const std::size_t methods = static_cast<std::uint8_t>(in[1]);
    if (in.size() < 2 + methods) return {};
    const bool without_authentication = in.substr(2, methods).find('\0') != std::string::npos;
    in.erase(0, 2 + methods);
    if (!without_authentication) return refused("\x05\xff");
    return {Asked::State::unfinished, {5, 0}, {}};
}

// The text of an address of SOCKS5.
template <class Address>
std::string address_in(std::string_view bytes) {
    typename Address::bytes_type octets{};
    std::copy_n(bytes.begin(), octets.size(), octets.begin());
    return Address(octets).to_string();
}

// Takes the request of SOCKS5, and with it its two bytes of port.
Asked ask_socks(std::string& in) {
    constexpr std::size_t fixed = 4;
    if (!in.empty() && in[0] != 5) return refused(socks_reply(1));
    if (in.size() > 1 && in[1] != 1) return refused(socks_reply(7));
    if (in.size() <= fixed) return {};
    const char kind = in[3];
    if (kind != 1 && kind != 3 && kind != 4) return refused(socks_reply(8));
    const std::size_t start = kind == 3 ? fixed + 1 : fixed;
    const std::size_t size = kind == 1 ? 4 : kind == 4 ? 16 : static_cast<std::uint8_t>(in[fixed]);
    if (in.size() < start + size + 2) return {};
    const std::string address = in.substr(start, size);
    const auto port = static_cast<std::uint16_t>(static_cast<std::uint8_t>(in[start + size]) << 8 |
                                                 static_cast<std::uint8_t>(in[start + size + 1]));
    in.erase(0, start + size + 2);
    if (kind == 1) return connect_to(address_in<asio::ip::address_v4>(address), port);
    if (kind == 4) return connect_to(address_in<asio::ip::address_v6>(address), port);
    return connect_to(address, port);
}

}  // namespace

ProxyHandshake::Step ProxyHandshake::next() {
    const bool greeting = kind_ == ProxyKind::socks && !greeted_;
    Step step = kind_ == ProxyKind::http ? ask_http(in_) : greeting ? greet_socks(in_) : ask_socks(in_);
    step.request.kind = kind_;
    greeted_ |= greeting && !step.reply.empty();
    return step;
}

std::string ProxyHandshake::take_rest() { return std::exchange(in_, {}); }

std::string ProxyHandshake::granted() const {
    return kind_ == ProxyKind::http ? "HTTP/1.1 200 Connection established\r\n\r\n" : socks_reply(0);
}

std::string ProxyHandshake::unreachable() const {
    return kind_ == ProxyKind::http ? http_reply("502 Bad Gateway") : socks_reply(4);
}

}  // namespace guise::net
