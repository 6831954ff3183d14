// The server is not there to serve: any answer that makes a client content and lets it go will do. What the
// client has sent is in the transcript, whether it was HTTP or not.
#include "net/http_answer.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace guise::net {

namespace http = boost::beast::http;

namespace {

constexpr std::uint32_t longest_header = 65'536;
constexpr std::uint64_t longest_body = 1'048'576;

std::string answer_to(http::verb method) {
    std::string answer =
        "HTTP/1.1 200 OK\r\n"
        "Content-Type: text/plain\r\n"
        "Content-Length: 6\r\n"
        "Connection: close\r\n"
        "\r\n";
    if (method != http::verb::head) answer += "guise\n";
    return answer;
}

}  // namespace

struct HttpAnswer::State {
    http::request_parser<http::string_body> parser;
    std::string waiting;  // what the parser has not consumed yet: half a header, or half a chunk's
};

HttpAnswer::HttpAnswer() : state_(std::make_unique<State>()) {
    state_->parser.eager(true);
    state_->parser.header_limit(longest_header);
    state_->parser.body_limit(longest_body);
}

HttpAnswer::~HttpAnswer() = default;

std::optional<std::string> HttpAnswer::receive(std::string_view bytes) {
    if (!state_ || bytes.empty()) return std::nullopt;
    auto& [parser, waiting] = *state_;
    waiting += bytes;
    boost::beast::error_code error;
    while (!waiting.empty() && !parser.is_done() && !error) {
        const std::size_t consumed = parser.put(boost::asio::buffer(waiting), error);
        waiting.erase(0, consumed);
        if (!error && consumed == 0) break;
    }
    if (error && error != http::error::need_more) state_.reset();
    if (!state_ || !parser.is_done()) return std::nullopt;
    const http::verb method = parser.get().method();
    state_.reset();
    return answer_to(method);
}

}  // namespace guise::net
