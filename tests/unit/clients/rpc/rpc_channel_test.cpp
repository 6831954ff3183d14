#include "clients/rpc/rpc_channel.hpp"

#include "clients/adapters.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/post.hpp>
#include <catch2/catch.hpp>

namespace guise::clients::rpc_channel_test {

using namespace guise::evidence;
using namespace guise::process;
namespace asio = boost::asio;
using Work = std::function<asio::awaitable<std::string>(RpcChannel&)>;

namespace {

// What `work` returns with a channel to `sh -c text`, whose calls are all right but `bad`.
std::string with_channel(const std::string& text, Work work, RpcLimits limits = {}) {
    asio::io_context io;
    RpcChannel channel(
        io.get_executor(), shell(text),
        [](const RpcCall& call) { return call.method == "bad" ? "is bad" : ""; }, limits);
    std::string out;
    asio::co_spawn(io, work(channel), [&](std::exception_ptr thrown, std::string value) {
        io.stop();
        if (thrown) std::rethrow_exception(thrown);
        out = std::move(value);
    });
    io.run();
    return out;
}

asio::awaitable<std::string> ask(RpcChannel& channel) {
    const RpcAnswer answer = co_await channel.request("ping", json::object(), 60s);
    if (!answer.broken.empty()) co_return answer.broken;
    co_return answer.error ? answer.error->text() : answer.result.dump();
}

std::string ask_of(const std::string& text, RpcLimits limits = {}) { return with_channel(text, ask, limits); }

}  // namespace

TEST_CASE("a request gets its answer", "[rpc-channel]") {
    CHECK(ask_of(R"(read l; echo '{"jsonrpc":"2.0","id":1,"result":{"a":1}}'; read l)") == R"({"a":1})");
    CHECK(ask_of(R"(read l; echo '{"jsonrpc":"2.0","id":1,"error":{"code":-32602}}'; read l)") == "-32602");
}

TEST_CASE("what an adapter tells meanwhile does not disturb", "[rpc-channel]") {
    CHECK(ask_of(R"(echo '{"jsonrpc":"2.0","method":"log","params":{"text":"x"}}'
                    read l; echo '{"jsonrpc":"2.0","id":1,"result":{}}'; read l)") == "{}");
}

TEST_CASE("answers find their requests in any order", "[rpc-channel]") {
    const auto two = [](RpcChannel& channel) -> asio::awaitable<std::string> {
        const auto first = channel.begin("a", json::object(), 60s);
        const auto second = channel.begin("b", json::object(), 60s);
        co_await channel.wait(first);
        co_await channel.wait(second);
        co_return first->answer->result.dump() + second->answer->result.dump();
    };
    CHECK(with_channel(R"(read a; read b; echo '{"jsonrpc":"2.0","id":2,"result":2}'
                          echo '{"jsonrpc":"2.0","id":1,"result":1}'; read l)",
                       two) == "12");
}

TEST_CASE("garbage is quoted", "[rpc-channel]") {
    CHECK(ask_of("echo hello; read l; read l") == "the adapter wrote a line that is not JSON: 'hello'");
    CHECK(ask_of("echo '[]'; read l; read l") == "the adapter wrote a line that is not a JSON object: '[]'");
}

TEST_CASE("an answer to nothing is quoted", "[rpc-channel]") {
    CHECK(ask_of(R"(read l; echo '{"jsonrpc":"2.0","id":9,"result":{}}'; read l)") ==
          "the adapter answered the id 9, for which no request waits: "
          "'{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{}}'");
}

TEST_CASE("a line beyond the limit is cut and quoted", "[rpc-channel]") {
    const std::string wrong = ask_of("head -c 3000000 /dev/zero | tr '\\0' x; read l; read l");
    CHECK(wrong == "the adapter wrote a line of more than 1 MiB: '" + std::string(200, 'x') + "…'");
}

TEST_CASE("what the handler of a call objects to is quoted", "[rpc-channel]") {
    CHECK(ask_of(R"(echo '{"jsonrpc":"2.0","method":"bad"}'; read l; read l)") ==
          "the adapter sent a notification that is bad: '{\"jsonrpc\":\"2.0\",\"method\":\"bad\"}'");
    CHECK(ask_of(R"(echo '{"jsonrpc":"2.0","id":1,"method":"bad"}'; read l; read l)") ==
          "the adapter sent a request that is bad: '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"bad\"}'");
}

TEST_CASE("an adapter that ends says how, and its last words", "[rpc-channel]") {
    CHECK(ask_of("read l; echo first >&2; echo 'no display ' >&2; exit 7") ==
          "the adapter ended with exit code 7; its last words: 'no display'");
    CHECK(ask_of("read l; kill -SEGV $$") == "the adapter died of signal 11 (Segmentation fault)");
    CHECK(ask_of("read l; printf '{\"jso'; exit 0") ==
          "the adapter ended with exit code 0 in the middle of the line '{\"jso'");
}

TEST_CASE("an adapter that cannot be started breaks the channel at once", "[rpc-channel]") {
    asio::io_context io;
    Launch launch;
    launch.argv = {"no-such-program"};
    const RpcChannel channel(io.get_executor(), launch, {});
    CHECK(channel.broken() == "the adapter could not be started: 'no-such-program' is not in PATH");
}

TEST_CASE("silence ends at the deadline, and the adapter with it", "[rpc-channel]") {
    const auto silent = [](RpcChannel& channel) -> asio::awaitable<std::string> {
        const RpcAnswer answer = co_await channel.request("ping", json::object(), 20ms);
        CHECK(channel.process().record().killed);
        const RpcAnswer late = co_await channel.request("ping", json::object(), 60s);
        CHECK(late.broken == answer.broken);
        co_return answer.broken;
    };
    CHECK(with_channel("exec sleep 60", silent) == "the adapter did not answer 'ping' within 20 ms");
}

TEST_CASE("a deadline can be moved while somebody waits", "[rpc-channel]") {
    const auto hurried = [](RpcChannel& channel) -> asio::awaitable<std::string> {
        const auto pending = channel.begin("ping", json::object(), 60s);
        const asio::any_io_executor executor = co_await asio::this_coro::executor;
        asio::post(executor, [pending] { RpcChannel::due_at(*pending, RpcChannel::Clock::now()); });
        co_return co_await channel.wait(pending) ? "answered" : "due";
    };
    CHECK(with_channel("exec sleep 60", hurried) == "due");
}

TEST_CASE("a flood is stopped, by number and by size", "[rpc-channel]") {
    const std::string line = R"({"jsonrpc":"2.0","method":"log","params":{"text":"x"}})";
    const std::string flood = "read l; while echo '" + line + "'; do :; done";
    CHECK(ask_of(flood, {.calls = 10}) == "the adapter floods: 11 messages with " +
                                              std::to_string(11 * line.size()) +
                                              " octets in one visit, the last one '" + line + "'");
    CHECK(has(ask_of(flood, {.octets = 100}), "the adapter floods: 2 messages with"));
}

TEST_CASE("after shutdown the end is no fault", "[rpc-channel]") {
    const auto shut_down = [](RpcChannel& channel) -> asio::awaitable<std::string> {
        co_await channel.request("shutdown", json::object(), 60s);
        const bool ended = co_await channel.wait_end(60s);
        CHECK(ended);
        co_return channel.broken();
    };
    CHECK(with_channel(R"(read l; echo '{"jsonrpc":"2.0","id":1,"result":{}}')", shut_down).empty());
}

TEST_CASE("cancelling who waits kills the adapter", "[rpc-channel]") {
    asio::io_context io;
    RpcChannel channel(io.get_executor(),
                       shell("echo '{\"jsonrpc\":\"2.0\",\"method\":\"log\"}'; exec sleep 60"),
                       [&](const RpcCall&) {
                           io.stop();
                           return "";
                       });
    asio::cancellation_signal stop;
    std::string broken;
    asio::co_spawn(io, channel.request("ping", json::object(), 60s),
                   asio::bind_cancellation_slot(
                       stop.slot(), [&](std::exception_ptr, RpcAnswer answer) { broken = answer.broken; }));
    io.run();
    stop.emit(asio::cancellation_type::terminal);
    io.restart();
    io.run();
    CHECK(broken == "the run was stopped");
    CHECK(channel.process().record().killed);
}

}  // namespace guise::clients::rpc_channel_test
