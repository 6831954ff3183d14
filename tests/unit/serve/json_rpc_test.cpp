#include "serve/json_rpc.hpp"

#include <catch2/catch.hpp>

namespace guise::serve::json_rpc_test {
namespace {

RpcCode code_of(const std::string& line) {
    Json id;
    try {
        (void)read_request(line, id);
    } catch (const Refusal& why) {
        return why.code;
    }
    return RpcCode::internal;
}

std::string nested(std::size_t depth) {
    return R"({"jsonrpc":"2.0","id":1,"method":"list","params":{"only":)" + std::string(depth - 2, '[') +
           std::string(depth - 2, ']') + "}}";
}

}  // namespace

TEST_CASE("a request has a method, an id and parameters", "[rpc]") {
    Json id;
    const RpcRequest request =
        read_request(R"({"jsonrpc":"2.0","id":"a","method":"list","params":{"only":[]}})", id);
    CHECK(request.method == "list");
    CHECK(request.id == "a");
    CHECK(request.wants_answer);
    CHECK(request.params.contains("only"));
}

TEST_CASE("a request without an id wants no answer, and one without parameters has none", "[rpc]") {
    Json id;
    const RpcRequest request = read_request(R"({"jsonrpc":"2.0","method":"list"})", id);
    CHECK_FALSE(request.wants_answer);
    CHECK(request.params == Json::object());
    CHECK(id.is_null());
}

TEST_CASE("the id of a wrong request is known", "[rpc]") {
    Json id;
    CHECK_THROWS_AS(read_request(R"({"jsonrpc":"1.0","id":7,"method":"list"})", id), Refusal);
    CHECK(id == 7);
}

TEST_CASE("a request may be 64 levels deep, and no deeper", "[rpc]") {
    Json id;
    CHECK(read_request(nested(64), id).method == "list");
    CHECK(code_of(nested(65)) == RpcCode::not_json);
    CHECK(code_of(std::string(500'000, '[')) == RpcCode::not_json);
    CHECK(code_of(std::string(1'000, '{') + "\"a\":1") == RpcCode::not_json);
}

TEST_CASE("brackets in a text are no levels", "[rpc]") {
    Json id;
    const std::string text = "\\\"" + std::string(100, '[');
    CHECK(read_request(R"({"jsonrpc":"2.0","id":1,"method":")" + text + "\"}", id).method.size() == 101);
}

TEST_CASE("an answer is one line, whatever its message is made of", "[rpc]") {
    CHECK(result_text(1, {{"a", "b\n"}}) == R"({"jsonrpc":"2.0","id":1,"result":{"a":"b\n"}})");
    const Json error = Json::parse(error_text(nullptr, RpcCode::internal, "no UTF-8: \xff"));
    CHECK(error["error"]["code"] == -32603);
    CHECK(error["id"].is_null());
}

}  // namespace guise::serve::json_rpc_test
