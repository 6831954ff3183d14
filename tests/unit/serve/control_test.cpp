#include "serve/control.hpp"

#include "net/fetch_chain.hpp"
#include "server/kit.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <future>

namespace guise::serve::control_test {

using namespace guise::server;
using namespace std::chrono_literals;

namespace {

struct Place {
    TemporaryFolder folder;
    boost::asio::io_context io;
    ChainProvider provider = kit::make_provider();
    Control control{io.get_executor(), provider, "test", folder.path()};

    Json line(const std::string& text) { return Json::parse(kit::run_until_done(io, control.answer(text))); }
    Json ask(const std::string& method, const Json& params) {
        return line(Json{{"jsonrpc", "2.0"}, {"id", 7}, {"method", method}, {"params", params}}.dump());
    }
    Json result(const std::string& method, const Json& params) {
        const Json answer = ask(method, params);
        if (!answer.contains("result")) FAIL(answer.dump());
        return answer["result"];
    }
    Json error(const std::string& method, const Json& params) { return ask(method, params).at("error"); }
};

}  // namespace

TEST_CASE("a scenario is presented with all that a client needs", "[control]") {
    Place place;
    const Json shown = place.result("present", {{"scenario", "trust/self-signed"}});
    CHECK(shown["handle"] == 1);
    CHECK(shown["url"] == "https://localhost:" + std::to_string(shown["port"].get<int>()) + "/");
    CHECK(shown["host"] == "self-signed.trust.guise.test");
    CHECK(kit::content_of(shown["trust"].get<std::string>()) == shown["trust_pem"].get<std::string>());
    CHECK(shown["canary"].get<std::string>().starts_with("canary-"));
}

TEST_CASE("a file with variants is presented by its first", "[control]") {
    Place place;
    CHECK(place.result("present", {{"scenario", "trust/ca-signed"}})["scenario"] ==
          "trust/ca-signed[tls=1.2]");
    CHECK(place.result("present", {{"scenario", "trust/ca-signed[tls=1.3]"}})["scenario"] ==
          "trust/ca-signed[tls=1.3]");
    // The first of the file, and not of the alphabet.
    CHECK(place.result("present", {{"scenario", "validity/expired"}})["scenario"] ==
          "validity/expired[position=leaf,tls=1.2]");
}

TEST_CASE("a number that is none, or too large, is refused", "[control]") {
    Place place;
    for (const Json& port : {Json(80000), Json(1.9), Json(-1), Json("8443")})
        CHECK(place.error("present", {{"scenario", "trust/self-signed"}, {"port", port}})["message"] ==
              "port: expected an integer from 0 to 65535, found " + port.dump());
    CHECK(place.error("present", {{"scenario", "trust/self-signed"}, {"id", 1}})["message"] ==
          "expected one of port, scenario, visit, found the parameter 'id'");
    CHECK(place.line(R"({"jsonrpc": 2.0, "id": 1, "method": "list"})").at("error")["code"] == -32600);
    CHECK(place.line(R"({"jsonrpc": "2.0", "id": 1, "method": "list", "params": 3})").at("error")["code"] ==
          -32600);
}

TEST_CASE("what the client did is observed, waited for, and reported for the last time", "[control]") {
    Place place;
    const Json shown = place.result("present", {{"scenario", "trust/self-signed"}});
    const Json handle{{"handle", shown["handle"]}};
    CHECK(place.result("observe", handle)["outcome"] == "no-connection");
    auto client = std::async(std::launch::async, [port = shown["port"].get<std::uint16_t>()] {
        return net::fetch_chain("localhost", port);
    });
    const Json seen = place.result("wait", {{"handle", 1}, {"timeout_ms", 20'000}, {"evidence", true}});
    CHECK(client.get().has_value());
    CHECK(seen["timed_out"] == false);
    CHECK(seen["outcome"] == "refused-late");
    CHECK(seen["decision"] == "refuse");
    CHECK(seen["leaked"] == false);
    CHECK(seen["connections"] == 1);
    CHECK(seen["evidence"].size() == 1);
    CHECK(place.result("close", handle)["outcome"] == "refused-late");
    CHECK(place.error("observe", handle)["code"] == -32602);
}

TEST_CASE("a wait that reaches its limit says so", "[control]") {
    Place place;
    place.result("present", {{"scenario", "trust/self-signed"}});
    CHECK(place.result("wait", {{"handle", 1}, {"timeout_ms", 1}})["timed_out"] == true);
}

TEST_CASE("another scenario is swapped in at the same address", "[control]") {
    Place place;
    const Json before = place.result("present", {{"scenario", "trust/self-signed"}});
    const Json after = place.result("swap", {{"handle", 1}, {"scenario", "validity/not-yet-valid"}});
    CHECK(after["port"] == before["port"]);
    CHECK(after["host"] == before["host"]);
    CHECK(after["scenario"] == "validity/not-yet-valid");
    CHECK(after["canary"] != before["canary"]);
    CHECK(place.error("swap", {{"handle", 1}})["message"] == "validity/not-yet-valid has no further visit");
}

TEST_CASE("the scenarios are listed", "[control]") {
    Place place;
    CHECK(place.result("list", Json::object()).size() == kit::inputs().catalogue.all().size());
    const Json some = place.result("list", {{"only", {"trust/self-signed"}}});
    REQUIRE(some.size() == 1);
    CHECK(some[0]["control"] == "trust/ca-signed");
}

TEST_CASE("a line that is no request is answered with what it was", "[control]") {
    Place place;
    CHECK(place.line("hello")["error"]["code"] == -32700);
    CHECK_THAT(place.line("hello")["error"]["message"].get<std::string>(), Catch::EndsWith(": hello"));
    CHECK(place.line("[]")["error"]["code"] == -32600);
    CHECK(place.line(R"({"jsonrpc":"1.0","id":1,"method":"list"})")["error"]["code"] == -32600);
    CHECK(place.line(R"({"jsonrpc":"2.0","id":1,"method":"list","params":[]})")["error"]["code"] == -32600);
    CHECK(place.line(R"({"jsonrpc":"2.0","id":"a","method":5})")["id"] == "a");
}

TEST_CASE("what cannot be done says what was expected", "[control]") {
    Place place;
    CHECK(place.error("dance", Json::object())["code"] == -32601);
    CHECK(place.error("present", {{"scenario", "no/such"}})["message"] ==
          "scenario: expected the id of a scenario, found 'no/such'");
    CHECK(place.error("present", {{"scenario", 5}})["message"] == "scenario: expected another type, found 5");
    CHECK(place.error("present", {{"scenario", "trust/self-signed"}, {"colour", 1}})["message"] ==
          "expected one of port, scenario, visit, found the parameter 'colour'");
    CHECK(place.error("present", {{"scenario", "trust/self-signed"}, {"visit", 2}})["code"] == -32602);
    CHECK(place.error("wait", {{"handle", 9}})["message"] ==
          "handle: expected one that `present` gave, found 9");
}

TEST_CASE("a notification has no answer", "[control]") {
    Place place;
    CHECK(
        kit::run_until_done(place.io, place.control.answer(R"({"jsonrpc":"2.0","method":"list"})")).empty());
}

TEST_CASE("what is thrown is an answer for its caller", "[control]") {
    Place place;
    Control lost{place.io.get_executor(), place.provider, "test", ""};  // no path can be made of this folder
    const auto ask = [&](const std::string& line) {
        return Json::parse(kit::run_until_done(place.io, lost.answer(line)));
    };
    const Json answer =
        ask(R"({"jsonrpc":"2.0","id":5,"method":"present","params":{"scenario":"trust/self-signed"}})");
    CHECK(answer["id"] == 5);
    CHECK(answer["error"]["code"] == -32603);
    CHECK_THAT(answer["error"]["message"].get<std::string>(), Catch::StartsWith("internal error: "));
    CHECK(ask(R"({"jsonrpc":"2.0","id":6,"method":"list"})").contains("result"));
}

TEST_CASE("a wait has a longest time, which every clock can count", "[control]") {
    Place place;
    place.result("present", {{"scenario", "trust/self-signed"}});
    for (const Json& limit :
         {Json(86'400'001), Json(9'223'372'036'854'775'807), Json(18'446'744'073'709'551'615U)})
        CHECK(place.error("wait", {{"handle", 1}, {"timeout_ms", limit}})["message"] ==
              "timeout_ms: expected an integer from 0 to 86400000, found " + limit.dump());
    CHECK(place.result(
              "wait", {{"handle", 1}, {"connections", 0}, {"timeout_ms", 86'400'000}})["timed_out"] == false);
}

TEST_CASE("a text that is no UTF-8 is refused in an answer that is", "[control]") {
    Place place;
    CHECK(place.line("\"\xff\"")["error"]["code"] == -32700);
}

TEST_CASE("a notification that is refused has no answer either", "[control]") {
    Place place;
    CHECK(
        kit::run_until_done(place.io, place.control.answer(R"({"jsonrpc":"2.0","method":"dance"})")).empty());
}

}  // namespace guise::serve::control_test
