#include "clients/rpc/rpc_message.hpp"

#include "base/bounded_json.hpp"

#include <fmt/format.h>

namespace guise::clients {
namespace {

constexpr std::size_t longest_quote = 200;

bool is_id(const json& id) { return id.is_string() || id.is_number_integer(); }

std::variant<RpcReply, RpcCall, RpcProblem> parse_reply(const json& message, std::string_view line) {
    const json& id = member(message, "id");
    if (!id.is_number_integer()) return RpcProblem{"answers no request: its id is none of ours"};
    RpcReply reply{id.get<std::int64_t>(), member(message, "result"), std::nullopt, std::string(line)};
    if (!message.contains("error")) return reply;
    const json& error = member(message, "error");
    const json& code = member(error, "code");
    if (!code.is_number_integer() || message.contains("result"))
        return RpcProblem{"has an error that is not {code, message, data}, or a result besides"};
    reply.error = RpcError{code.get<int>(), text_member(error, "message"), member(error, "data")};
    return reply;
}

}  // namespace

std::string RpcError::text() const {
    return message.empty() ? std::to_string(code) : fmt::format("{} ({})", code, in_quotes(message));
}

std::variant<RpcReply, RpcCall, RpcProblem> parse_rpc(std::string_view line) {
    const auto parsed = parse_json<json>(line);
    if (!parsed) return RpcProblem{parsed.error().what};
    const json& message = *parsed;
    if (!message.is_object()) return RpcProblem{"is not a JSON object"};
    if (text_member(message, "jsonrpc") != "2.0") return RpcProblem{R"(is without "jsonrpc": "2.0")"};
    if (message.contains("result") || message.contains("error")) return parse_reply(message, line);
    const json& method = member(message, "method");
    if (!method.is_string()) return RpcProblem{"is neither a request, nor a notification, nor an answer"};
    const json& id = member(message, "id");
    if (message.contains("id") && !is_id(id)) return RpcProblem{"has an id that is no number and no text"};
    const json& params = member(message, "params");
    if (!params.is_null() && !params.is_object()) return RpcProblem{"has params that are no object"};
    return RpcCall{id, method.get<std::string>(), params.is_null() ? json::object() : params,
                   std::string(line)};
}

// What we send of other people's texts, file names for one, need not be UTF-8.
std::string request_line(std::int64_t id, std::string_view method, const json& params) {
    return json{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}}.dump(
        -1, ' ', false, json::error_handler_t::replace);
}

std::string result_line(const json& id, const json& result) {
    return json{{"jsonrpc", "2.0"}, {"id", id}, {"result", result}}.dump();
}

std::string in_quotes(std::string_view text) {
    std::string out = "'";
    for (const char c : text.substr(0, longest_quote)) {
        const auto octet = static_cast<unsigned char>(c);
        if (octet >= 0x20 && octet < 0x7f)
            out += c;
        else
            out += fmt::format("\\x{:02x}", octet);
    }
    out += text.size() > longest_quote ? "…'" : "'";
    return out;
}

const json& member(const json& object, const char* name) {
    static const json nothing;
    if (!object.is_object()) return nothing;
    const auto found = object.find(name);
    return found == object.end() ? nothing : *found;
}

std::string text_member(const json& object, const char* name) {
    const json& value = member(object, name);
    return value.is_string() ? value.get<std::string>() : std::string();
}

}  // namespace guise::clients
