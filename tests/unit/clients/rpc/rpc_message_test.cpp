#include "clients/rpc/rpc_message.hpp"

#include <catch2/catch.hpp>

namespace guise::clients::rpc_message_test {
namespace {

std::string problem(std::string_view line) {
    const auto message = parse_rpc(line);
    const auto* what = std::get_if<RpcProblem>(&message);
    return what ? what->what : "";
}

}  // namespace

TEST_CASE("a line is an answer, an error, a request or a notification", "[rpc-message]") {
    const auto reply = std::get<RpcReply>(parse_rpc(R"({"jsonrpc":"2.0","id":7,"result":{"a":1},"new":0})"));
    CHECK(reply.id == 7);
    CHECK(reply.result == json{{"a", 1}});
    CHECK_FALSE(reply.error);

    const auto error = std::get<RpcReply>(parse_rpc(
        R"({"jsonrpc":"2.0","id":8,"error":{"code":-32001,"message":"no","data":{"capability":"pins"}}})"));
    REQUIRE(error.error);
    CHECK(error.error->code == not_supported);
    CHECK(error.error->text() == "-32001 ('no')");
    CHECK(text_member(error.error->data, "capability") == "pins");

    const auto call =
        std::get<RpcCall>(parse_rpc(R"({"jsonrpc":"2.0","id":"q","method":"prompt.show","params":{"b":2}})"));
    CHECK(call.id == "q");
    CHECK(call.method == "prompt.show");
    CHECK(call.params == json{{"b", 2}});
    CHECK(std::get<RpcCall>(parse_rpc(R"({"jsonrpc":"2.0","method":"log"})")).id.is_null());
}

TEST_CASE("a line that is none of these says what it is not", "[rpc-message]") {
    CHECK(problem("hello") == "is not JSON");
    CHECK(problem("") == "is not JSON");
    CHECK(problem("\"\xff\"") == "is not JSON");
    CHECK(problem("[1]") == "is not a JSON object");
    CHECK(problem(R"({"id":1,"result":{}})") == R"(is without "jsonrpc": "2.0")");
    CHECK(problem(R"({"jsonrpc":"2.0","id":1})") ==
          "is neither a request, nor a notification, nor an answer");
    CHECK(problem(R"({"jsonrpc":"2.0","id":"1","result":{}})") ==
          "answers no request: its id is none of ours");
    CHECK(problem(R"({"jsonrpc":"2.0","id":[1],"method":"a"})") == "has an id that is no number and no text");
    CHECK(problem(R"({"jsonrpc":"2.0","method":"a","params":[1]})") == "has params that are no object");
    for (const char* error :
         {R"("error":"no")", R"("error":{"code":"x"})", R"("result":1,"error":{"code":1})"})
        CHECK(problem(R"({"jsonrpc":"2.0","id":1,)" + std::string(error) + "}") ==
              "has an error that is not {code, message, data}, or a result besides");
}

TEST_CASE("a line that is nested too deep is refused wherever the depth is", "[rpc-message]") {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    const auto with = [](const std::string& member) { return R"({"jsonrpc":"2.0","id":1,)" + member + "}"; };
    const std::string deep = "is nested more than 64 levels deep";
    CHECK(problem(std::string(100'000, '[')) == deep);
    CHECK(problem(nested(100'000)) == deep);
    CHECK(problem(with(R"("result":)" + nested(63))).empty());
    CHECK(problem(with(R"("result":)" + nested(64))) == deep);
    CHECK(problem(with(R"("error":{"code":1,"data":)" + nested(100'000) + "}")) == deep);
    CHECK(problem(with(R"("method":"log","params":{"text":)" + nested(100'000) + "}")) == deep);
}

TEST_CASE("what is sent is one line, whatever the texts hold", "[rpc-message]") {
    CHECK(request_line(3, "pins.get", {{"instance", "a\nb\xff"}}).find('\n') == std::string::npos);
    CHECK(json::parse(request_line(3, "pins.get", json::object())) ==
          json{{"jsonrpc", "2.0"}, {"id", 3}, {"method", "pins.get"}, {"params", json::object()}});
    CHECK(json::parse(result_line("q", {{"choice", "once"}})) ==
          json{{"jsonrpc", "2.0"}, {"id", "q"}, {"result", {{"choice", "once"}}}});
}

TEST_CASE("a quotation is short and printable", "[rpc-message]") {
    CHECK(in_quotes("a b") == "'a b'");
    CHECK(in_quotes("\x1b[1m\xc3") == R"('\x1b[1m\xc3')");
    CHECK(in_quotes(std::string(500, 'x')) == "'" + std::string(200, 'x') + "…'");
}

TEST_CASE("a member that is not there is null, and no text", "[rpc-message]") {
    CHECK(member(json(1), "a").is_null());
    CHECK(member(json{{"a", 1}}, "b").is_null());
    CHECK(text_member({{"a", 1}}, "a").empty());
}

}  // namespace guise::clients::rpc_message_test
