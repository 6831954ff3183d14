#include "serve/json_rpc.hpp"

#include "base/bounded_json.hpp"
#include "report/json.hpp"

#include <fmt/format.h>

namespace guise::serve {

namespace {

Refusal not_a_request(const char* expected, const std::string& line) {
    return {RpcCode::not_a_request, fmt::format("expected {}, found: {}", expected, line.substr(0, 200))};
}

std::string answer_text(const Json& id, const char* key, Json value) {
    const Json out{{"jsonrpc", "2.0"}, {"id", id}, {key, std::move(value)}};
    return report::json_text(out);
}

}  // namespace

RpcRequest read_request(const std::string& line, Json& id) {
    const auto parsed = parse_json<Json>(line);
    if (!parsed)
        throw Refusal(RpcCode::not_json,
                      fmt::format("the line {}: {}", parsed.error().what, line.substr(0, 200)));
    const Json& request = *parsed;
    RpcRequest out;
    if (request.is_object() && request.contains("id")) id = request["id"];
    out.id = id;
    out.wants_answer = request.is_object() && request.contains("id");
    const bool shaped = request.is_object() && request.contains("jsonrpc") && request["jsonrpc"] == "2.0" &&
                        request.contains("method") && request["method"].is_string() &&
                        (!request.contains("params") || request["params"].is_object());
    if (!shaped) throw not_a_request("{jsonrpc: \"2.0\", id, method, params: {…}}", line);
    out.method = request["method"];
    out.params = request.value("params", Json::object());
    return out;
}

std::string result_text(const Json& id, Json result) { return answer_text(id, "result", std::move(result)); }

std::string error_text(const Json& id, RpcCode code, const std::string& message) {
    return answer_text(id, "error", {{"code", static_cast<int>(code)}, {"message", message}});
}

}  // namespace guise::serve
