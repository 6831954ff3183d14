#include "net/http_reader.hpp"

#include "base/ascii.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <utility>

namespace guise::net {

namespace http = boost::beast::http;

namespace {

constexpr std::uint32_t longest_header = 65'536;
constexpr std::uint64_t longest_body = 1'048'576;
constexpr std::ptrdiff_t most_fields = 256;
constexpr unsigned http_1_0 = 10;

using Parser = http::request_parser<http::string_body>;

std::unique_ptr<Parser> new_parser() {
    auto parser = std::make_unique<Parser>();
    parser->eager(true);
    parser->header_limit(longest_header);
    parser->body_limit(longest_body);
    return parser;
}

service::Request to_request(http::request<http::string_body> message) {
    service::Request out;
    out.method = std::string(message.method_string());
    out.target = std::string(message.target());
    for (const auto& field : message)
        out.headers.emplace_back(lower(field.name_string()), std::string(field.value()));
    out.http_1_0 = message.version() <= http_1_0;
    out.keep_alive = message.keep_alive();
    out.body = std::move(message.body());
    return out;
}

}  // namespace

struct HttpReader::State {
    std::unique_ptr<Parser> parser;  // of the request that has begun; null between requests
    std::string waiting;  // what the parser has not consumed yet: half a header, half a chunk's, or more
};

HttpReader::HttpReader() : state_(std::make_unique<State>()) {}

HttpReader::~HttpReader() = default;

void HttpReader::receive(std::string_view bytes) {
    if (state_) state_->waiting += bytes;
}

std::optional<service::Request> HttpReader::next() {
    if (!state_) return std::nullopt;
    auto& [parser, waiting] = *state_;
    if (waiting.empty()) return std::nullopt;
    if (!parser) parser = new_parser();
    boost::beast::error_code error;
    while (!waiting.empty() && !parser->is_done() && !error) {
        const std::size_t consumed = parser->put(boost::asio::buffer(waiting), error);
        waiting.erase(0, consumed);
        if (!error && consumed == 0) break;
    }
    // The parser has no limit for the line of a chunk, and takes nothing of it before its end.
    const bool endless = !parser->is_done() && waiting.size() > longest_header;
    if (endless || (error && error != http::error::need_more)) state_.reset();
    if (!state_ || !parser->is_done()) return std::nullopt;
    auto message = std::exchange(parser, nullptr)->release();
    if (std::distance(message.begin(), message.end()) <= most_fields) return to_request(std::move(message));
    state_.reset();
    return std::nullopt;
}

bool HttpReader::between_requests() const { return state_ && !state_->parser && state_->waiting.empty(); }

std::string to_text(const service::Answer& answer, const service::Request& request) {
    const auto status = static_cast<http::status>(answer.status);
    std::string out =
        fmt::format("HTTP/1.1 {} {}\r\n", answer.status, std::string(http::obsolete_reason(status)));
    for (const auto& [name, value] : answer.headers) out += fmt::format("{}: {}\r\n", name, value);
    if (!answer.type.empty()) out += fmt::format("Content-Type: {}\r\n", answer.type);
    if (status != http::status::no_content && status != http::status::not_modified)
        out += fmt::format("Content-Length: {}\r\n", answer.body.size());
    if (answer.close || !request.keep_alive)
        out += "Connection: close\r\n";
    else if (request.http_1_0)
        out += "Connection: keep-alive\r\n";
    out += "\r\n";
    return request.method == "HEAD" ? out : out + answer.body;
}

}  // namespace guise::net
