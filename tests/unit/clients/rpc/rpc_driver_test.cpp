#include "clients/rpc/rpc_driver.hpp"

#include "base/temporary_folder.hpp"
#include "clients/adapters.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <catch2/catch.hpp>

#include <filesystem>

namespace guise::clients::rpc_driver_test {

using namespace guise::evidence;
using namespace guise::process;
namespace asio = boost::asio;

namespace {

using Drive = std::function<asio::awaitable<ClientRecord>(Adapter&, const VisitPlace&)>;

// What `drive` returns with the adapter of this name, at a port where no one listens.
ClientRecord drive_with(const std::string& name, Drive drive, AdapterPatience patience = generous) {
    const TemporaryFolder home;
    VisitPlace place;
    place.port = 1;
    place.host = "a.guise.test";
    place.home = home.path().string();
    place.deadline = 60s;
    return with_adapter<ClientRecord>(script(name), patience, {},
                                      [&](Adapter& adapter) -> asio::awaitable<ClientRecord> {
                                          co_await adapter.start();
                                          co_return co_await drive(adapter, place);
                                      });
}

Attempt attempt_at(const VisitPlace& place, const std::string& answer = "decline",
                   const std::string& server = "a") {
    Attempt attempt;
    attempt.place = place;
    attempt.answer = answer;
    attempt.server = server;
    return attempt;
}

asio::awaitable<ClientRecord> one_visit(Adapter& adapter, Attempt attempt) {
    RpcDriver driver(adapter, 50ms);
    attempt.place.events = "http://127.0.0.1:1/";
    co_await driver.open("strict", attempt.place);
    ClientRecord record = co_await driver.connect(std::move(attempt));
    co_await driver.close();
    co_return record;
}

ClientRecord visit(const std::string& name, const std::string& answer = "decline",
                   const std::string& server = "a", AdapterPatience patience = generous) {
    return drive_with(
        name,
        [&](Adapter& adapter, const VisitPlace& place) {
            return one_visit(adapter, attempt_at(place, answer, server));
        },
        patience);
}

}  // namespace

TEST_CASE("a visit is recorded with question, event, claim and pins", "[rpc-driver]") {
    const ClientRecord record = visit("asks", "connect");
    CHECK(record.adapter_error.empty());
    CHECK(record.unsupported.empty());
    REQUIRE(record.prompts.size() == 1);
    CHECK(record.prompts[0].kind == "ask");
    CHECK(record.prompts[0].answered == "connect");
    CHECK(record.prompts[0].shown.at("server") == "a.guise.test");
    REQUIRE(record.events.size() == 1);
    CHECK(record.events[0].name == "Certificate Error");
    CHECK(record.events[0].server == "a.guise.test:1");
    CHECK(record.events[0].source == "adapter");
    CHECK(record.reports_events);
    CHECK(record.reports_prompts);
    REQUIRE(record.claim);
    CHECK(record.claim->outcome == "connected");
    CHECK(record.claim->detail == "as the user says");
    REQUIRE(record.pins);
    CHECK(record.pins->size() == 1);
    CHECK_FALSE(record.process.exit_code);
    CHECK(has(record.process.output, "prompt.show"));
}

TEST_CASE("the answers of the script reach the client", "[rpc-driver]") {
    CHECK(visit("asks", "once").claim->outcome == "connected");
    const ClientRecord declined = visit("asks", "decline");
    CHECK(declined.claim->outcome == "refused");
    CHECK(declined.claim->reason == "declined");
}

TEST_CASE("an answer that is not offered becomes decline, and is recorded so", "[rpc-driver]") {
    const ClientRecord warned = visit("asks", "once", "warned");
    CHECK(warned.prompts.at(0).answered == "decline");
    CHECK(warned.prompts.at(0).explicit_trust);
    CHECK(warned.claim->outcome == "refused");
    CHECK(visit("asks", "connect", "stuck").prompts.at(0).answered == "decline");
}

TEST_CASE("a question that is ignored stays open until the attempt is cancelled", "[rpc-driver]") {
    const ClientRecord record = visit("asks", "ignore");
    CHECK(record.adapter_error.empty());
    CHECK(record.prompts.at(0).answered == "ignore");
    CHECK(record.claim->outcome == "cancelled");
    CHECK(record.process.lasted >= 50ms);
}

TEST_CASE("a client that goes on by itself after an ignored question is seen to", "[rpc-driver]") {
    const ClientRecord record = visit("asks", "ignore", "goes-on");
    CHECK(record.adapter_error.empty());
    CHECK(record.claim->outcome == "connected");
}

TEST_CASE("one adapter serves client after client, and several at once", "[rpc-driver]") {
    const ClientRecord last =
        drive_with("plain", [](Adapter& adapter, VisitPlace place) -> asio::awaitable<ClientRecord> {
            RpcDriver other(adapter);
            const std::string wrong_1 = co_await other.open("disabled", place);
            CHECK(wrong_1 == "");
            CHECK(other.mode() == "disabled");
            for (int i = 0; i < 3; ++i) {
                RpcDriver driver(adapter);
                place.state = place.home + "/state-" + std::to_string(i);
                const std::string wrong_2 = co_await driver.open("", place);
                CHECK(wrong_2 == "");
                CHECK(driver.mode() == "strict");
                CHECK(std::filesystem::is_directory(place.state));
                const std::string wrong_3 = co_await driver.restart();
                CHECK(wrong_3 == "");
                const std::string wrong_4 = co_await driver.set_mode("disabled");
                CHECK(wrong_4 == "");
                CHECK(driver.mode() == "disabled");
                const std::string wrong_5 = co_await driver.forget(place, "a");
                CHECK(wrong_5 == "");
                const ClientRecord record = co_await driver.connect(attempt_at(place));
                CHECK(record.claim->outcome == "failed");
                CHECK(record.pins == std::vector<std::string>{});
                co_await driver.close();
            }
            ClientRecord record = co_await other.connect(attempt_at(place));
            const std::string wrong_6 = co_await adapter.shut_down();
            CHECK(wrong_6 == "");
            co_return record;
        });
    CHECK(last.adapter_error.empty());
    CHECK(last.claim->outcome == "failed");
}

TEST_CASE("an attempt that outlasts its deadline is cancelled", "[rpc-driver]") {
    asio::io_context io;
    const asio::ip::tcp::acceptor silent(io, {asio::ip::address_v4::loopback(), 0});
    AdapterPatience patience = generous;
    patience.grace = 10ms;
    const auto drive = [&](Adapter& adapter, VisitPlace place) {
        place.port = silent.local_endpoint().port();
        place.deadline = 0s;
        return one_visit(adapter, attempt_at(place));
    };
    const ClientRecord record = drive_with("plain", drive, patience);
    CHECK(record.adapter_error.empty());
    CHECK(record.claim->outcome == "cancelled");
}

TEST_CASE("what an adapter does wrong stands in the record, in its own words", "[rpc-driver]") {
    const auto error = [](const char* name) { return visit(name).adapter_error; };
    CHECK(error("dies") == "the adapter ended with exit code 7; its last words: 'cannot open the window'");
    CHECK(error("garbage") == R"(the adapter wrote a line that is not JSON: 'connecting \x1b[1mnow\x1b[0m')");
    CHECK(has(error("wrong_id"), "for which no request waits: '{"));
    CHECK(has(error("capability_refused"), "the adapter answers 'pins.get' with 'not supported', although"));
    CHECK(has(error("flood"), "the adapter floods: 1001 messages"));
}

TEST_CASE("a dead adapter leaves its exit in the record of the process", "[rpc-driver]") {
    const ClientRecord record = visit("dies");
    CHECK(record.process.exit_code == 7);
    CHECK(record.process.errors == "no display\ncannot open the window\n");
    CHECK_FALSE(record.claim);
    CHECK_FALSE(record.pins);
}

TEST_CASE("an adapter that answers no attempt and no cancelling is given up", "[rpc-driver]") {
    AdapterPatience patience = generous;
    patience.grace = patience.cancel = 20ms;
    const ClientRecord record = drive_with(
        "hangs",
        [](Adapter& adapter, VisitPlace place) {
            place.deadline = 0s;
            return one_visit(adapter, attempt_at(place));
        },
        patience);
    CHECK(record.adapter_error == "the adapter did not answer 'client.cancel' within 20 ms");
    CHECK(record.process.killed);
}

TEST_CASE("after its first fault an adapter is asked nothing more", "[rpc-driver]") {
    const ClientRecord record =
        drive_with("dies", [](Adapter& adapter, const VisitPlace& place) -> asio::awaitable<ClientRecord> {
            ClientRecord first = co_await one_visit(adapter, attempt_at(place));
            RpcDriver next(adapter);
            const std::string wrong_7 = co_await next.open("strict", place);
            CHECK(wrong_7 == first.adapter_error);
            const std::string wrong_8 = co_await next.restart();
            CHECK(wrong_8 == first.adapter_error);
            co_await next.close();
            co_return first;
        });
    CHECK_FALSE(record.adapter_error.empty());
}

}  // namespace guise::clients::rpc_driver_test
