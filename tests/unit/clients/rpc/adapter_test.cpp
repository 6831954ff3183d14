#include "clients/rpc/adapter.hpp"

#include "clients/adapters.hpp"

#include <catch2/catch.hpp>

namespace guise::clients::adapter_test {

using namespace guise::evidence;
using namespace guise::process;
namespace asio = boost::asio;

namespace {

asio::awaitable<std::string> start(Adapter& adapter) { return adapter.start(); }

asio::awaitable<std::string> start_and_stop(Adapter& adapter) {
    co_await adapter.start();
    co_return co_await adapter.shut_down();
}

std::string started(const std::string& text,
                    std::function<asio::awaitable<std::string>(Adapter&)> work = start,
                    AdapterPatience patience = generous) {
    return with_adapter<std::string>(shell(text), patience, {}, std::move(work));
}

// A shell that answers `initialize` with this result, and goes on with `after`.
std::string answering(const std::string& result, const std::string& after = "read l") {
    return R"(read l; echo '{"jsonrpc":"2.0","id":1,"result":)" + result + "}'; " + after;
}

const std::string good = R"({"protocol":1,"client":{"name":"c","version":"2"},"capabilities":{"pins":true}})";
const std::string goes = R"(read l; echo '{"jsonrpc":"2.0","id":2,"result":{}}'; )";

}  // namespace

TEST_CASE("an adapter that starts tells its client and what it can do", "[adapter]") {
    const auto work = [](Adapter& adapter) -> asio::awaitable<std::string> {
        const std::string wrong_1 = co_await adapter.start();
        CHECK(wrong_1 == "");
        CHECK(adapter.client_name() == "c");
        CHECK(adapter.client_version() == "2");
        CHECK(adapter.capabilities().pins);
        co_return adapter.broken();
    };
    CHECK(started(answering(good), work).empty());
}

TEST_CASE("an answer to initialize that is not of the protocol is quoted", "[adapter]") {
    CHECK(has(started(answering(R"({"protocol":2})")),
              "the adapter's answer to 'initialize' is not for protocol 1: '{"));
    CHECK(has(started(answering(R"({"protocol":1})")), "has no 'client' with a name and a version"));
    CHECK(has(started(answering(R"({"protocol":1,"client":{"name":"c","version":"2"}})")),
              "has no 'capabilities'"));
    CHECK(has(
        started(
            R"(read l; echo '{"jsonrpc":"2.0","id":1,"error":{"code":-32002,"message":"no X"}}'; read l)"),
        "says of 'initialize' that its environment is at fault: -32002 ('no X')"));
}

TEST_CASE("an adapter ends with 0 after shutdown", "[adapter]") {
    CHECK(started(answering(good, goes), start_and_stop).empty());
    CHECK(started(answering(good, goes + "exit 3"), start_and_stop) ==
          "the adapter ended with exit code 3 after 'shutdown', not 0");
    CHECK(started(answering(good, goes + "kill -TERM $$"), start_and_stop) ==
          "the adapter died of signal 15 after 'shutdown'");
    AdapterPatience impatient = generous;
    impatient.shutdown = 1s;
    CHECK(started(answering(good, goes + "exec sleep 60"), start_and_stop, impatient) ==
          "the adapter did not end within 1000 ms after 'shutdown'");
}

TEST_CASE("a refused request ends the adapter, a crashed client does not", "[adapter]") {
    const auto ask = [](Adapter& adapter) -> asio::awaitable<std::string> {
        co_await adapter.start();
        const std::string wrong = co_await adapter.ask("pins.get", json::object());
        CHECK((adapter.broken().empty() || adapter.broken() == wrong));
        co_return wrong + (adapter.broken().empty() ? " (alive)" : "");
    };
    const auto answer = [&](const std::string& error) {
        return started(answering(good, R"(read l; echo '{"jsonrpc":"2.0","id":2,)" + error + "}'; read l"),
                       ask);
    };
    CHECK(answer(R"("error":{"code":-32003,"message":"gone"})") ==
          "the client crashed at 'pins.get': -32003 ('gone') (alive)");
    CHECK(
        has(answer(R"("error":{"code":-32001,"data":{"capability":"pins"}})"),
            "the adapter answers 'pins.get' with 'not supported', although it declares what that needs: '{"));
    CHECK(answer(R"("error":{"code":-32602,"message":"what?"})") ==
          "the adapter refuses 'pins.get' with -32602 ('what?')");
    CHECK(has(answer(R"("result":7)"), "the adapter's answer to 'pins.get' is no object: '"));
}

TEST_CASE("what an adapter sends that nobody can take is quoted", "[adapter]") {
    const auto sends = [&](const std::string& message) {
        return started(R"(echo '{"jsonrpc":"2.0",)" + message + "}'; read l; read l");
    };
    CHECK(
        has(sends(R"("method":"sing")"), "a notification that has a method that the protocol does not have"));
    CHECK(has(sends(R"("id":1,"method":"event")"),
              "a request that has a method that the protocol does not have"));
    CHECK(has(sends(R"("method":"log")"), "a notification that has no text"));
    CHECK(has(sends(R"("method":"event","params":{"instance":"x"})"), "names no instance that is open"));
}

TEST_CASE("each instance has a name and a listener of its own", "[adapter]") {
    asio::io_context io;
    Adapter adapter(io.get_executor(), shell("read l"), "1.0");
    const std::string a = adapter.new_instance([](const RpcCall&) { return "a"; });
    const std::string b = adapter.new_instance([](const RpcCall&) { return "b"; });
    CHECK(a != b);
    adapter.forget_instance(a);
    CHECK(adapter.new_instance({}) != a);
}

}  // namespace guise::clients::adapter_test
