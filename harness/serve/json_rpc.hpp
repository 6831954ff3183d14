// The envelope of JSON-RPC 2.0: requests in, results and errors out.
#pragma once

#include <nlohmann/json.hpp>

#include <stdexcept>
#include <string>

namespace guise::serve {

using Json = nlohmann::ordered_json;

/// The codes of errors; those below -32000 are JSON-RPC's own.
enum class RpcCode {
    not_json = -32700,
    not_a_request = -32600,
    no_such_method = -32601,
    wrong_parameters = -32602,
    internal = -32603,
    not_possible = -32000
};

/// What goes back to the peer as an error.
struct Refusal : std::runtime_error {
    Refusal(RpcCode number, const std::string& why) : std::runtime_error(why), code(number) {}
    RpcCode code;
};

/// One request.
struct RpcRequest {
    Json id;                   // null where it has none
    bool wants_answer = true;  // it is no notification
    std::string method;
    Json params;  // an object
};

/// Reads one line. `id` is that of the request as soon as it is known, for the answer to a refusal. Throws
/// Refusal.
[[nodiscard]] RpcRequest read_request(const std::string& line, Json& id);

/// Answers, on one line without its end.
[[nodiscard]] std::string result_text(const Json& id, Json result);
[[nodiscard]] std::string error_text(const Json& id, RpcCode code, const std::string& message);

}  // namespace guise::serve
