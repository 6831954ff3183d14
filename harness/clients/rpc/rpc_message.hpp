// One line of the adapter protocol, read and written: JSON-RPC 2.0, an object a line. Pure.
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace guise::clients {

using nlohmann::json;

/// The error codes of the protocol.
enum RpcCode : int {
    unknown_method = -32601,
    bad_params = -32602,
    not_supported = -32001,  // data.capability
    bad_environment = -32002,
    client_crashed = -32003  // data.signal
};

/// What a request was refused with.
struct RpcError {
    int code = 0;
    std::string message;
    json data;

    /// `-32602 (it needs a port)`.
    [[nodiscard]] std::string text() const;
};

/// The answer to a request of ours.
struct RpcReply {
    std::int64_t id = 0;
    json result;  // null where there is an error
    std::optional<RpcError> error;
    std::string line;  // as it came
};

/// A request of the adapter's, or, without an id, a notification.
struct RpcCall {
    json id;  // a string, an integer, or null: a notification
    std::string method;
    json params;  // an object
    std::string line;
};

/// What a line is not, as the end of a sentence: `is not JSON`.
struct RpcProblem {
    std::string what;
};

/// Reads one line, without its line end.
[[nodiscard]] std::variant<RpcReply, RpcCall, RpcProblem> parse_rpc(std::string_view line);

/// The lines that we send, without line end.
[[nodiscard]] std::string request_line(std::int64_t id, std::string_view method, const json& params);
[[nodiscard]] std::string result_line(const json& id, const json& result);

/// A text of the adapter's in quotes, in printable ASCII and at most 200 characters of it.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// The member of an object, or null.
[[nodiscard]] const json& member(const json& object, const char* name);
/// The member of an object as a text; empty where it is absent or no text.
[[nodiscard]] std::string text_member(const json& object, const char* name);

}  // namespace guise::clients
