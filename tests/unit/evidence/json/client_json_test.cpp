#include "evidence/json/client_json.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace guise::evidence::client_json_test {

using namespace std::chrono_literals;

namespace {

nlohmann::ordered_json added(const evidence::ClientRecord& client) {
    nlohmann::ordered_json evidence = nlohmann::ordered_json::object();
    add_client(evidence, client);
    return evidence;
}

}  // namespace

TEST_CASE("a process that ended by itself has an exit code and no signal", "[client]") {
    evidence::ProcessRecord process;
    process.argv = {"curl", "-q"};
    process.exit_code = 60;
    process.output = "out";
    process.errors = "err";
    process.lasted = 15ms;
    CHECK(to_json(process).dump() ==
          R"({"argv":["curl","-q"],"exit_code":60,"signal":null,"killed":false,"start_error":"",)"
          R"("output":"out","errors":"err","lasted_ms":15})");
}

TEST_CASE("a process that was killed has a signal and no exit code", "[client]") {
    evidence::ProcessRecord process;
    process.signal = 9;
    process.killed = true;
    CHECK(to_json(process)["exit_code"].is_null());
    CHECK(to_json(process)["signal"] == 9);
    CHECK(to_json(process)["killed"] == true);
}

TEST_CASE("arguments and outputs of a process that are no UTF-8 are kept as base64", "[client]") {
    evidence::ProcessRecord process;
    process.argv = {"\xff"};
    process.output = "\xff\xfe";
    process.errors = "\xff\xfe\xfd";
    CHECK(to_json(process)["argv"][0]["base64"] == "/w==");
    CHECK(to_json(process)["output"]["base64"] == "//4=");
    CHECK(to_json(process)["errors"]["base64"] == "//79");
}

TEST_CASE("of a client that only has a process nothing else is written", "[client]") {
    const auto evidence = added({});
    CHECK(evidence.size() == 1);
    CHECK(evidence["process"]["argv"].dump() == "[]");
}

TEST_CASE("a question is written with what it showed, its choices and its answer", "[client]") {
    evidence::ClientRecord client;
    client.prompts = {{"warn",
                       {{"server", "a.guise.test"}, {"signer", "\xff"}},
                       {"expired"},
                       true,
                       {"connect", "decline"},
                       true,
                       "decline",
                       "Go on?",
                       120ms}};
    CHECK(added(client)["prompts"].dump() ==
          R"([{"kind":"warn","shown":{"server":"a.guise.test","signer":{"base64":"/w=="}},)"
          R"("faults":["expired"],"shows_faults":true,"choices":["connect","decline"],)"
          R"("explicit_trust":true,"answered":"decline","text":"Go on?","at_ms":120}])");
}

TEST_CASE("a message that says nothing is written with every field", "[client]") {
    evidence::ClientRecord client;
    client.prompts.resize(1);
    CHECK(added(client)["prompts"].dump() ==
          R"([{"kind":"","shown":{},"faults":[],"shows_faults":false,"choices":[],)"
          R"("explicit_trust":false,"answered":"","text":"","at_ms":0}])");
}

TEST_CASE("an event is written with its server, its faults and where it came from", "[client]") {
    evidence::ClientRecord client;
    client.events = {{"certificate-rejected", "a.guise.test:443", {"expired", "\xff"}, "sink", 7ms}};
    CHECK(added(client)["events"].dump() ==
          R"([{"name":"certificate-rejected","server":"a.guise.test:443",)"
          R"("faults":["expired",{"base64":"/w=="}],"source":"sink","at_ms":7}])");
}

TEST_CASE("questions and events keep their order", "[client]") {
    evidence::ClientRecord client;
    client.prompts.resize(2);
    client.prompts[1].text = "second";
    client.events.resize(2);
    client.events[1].name = "second";
    CHECK(added(client)["prompts"][1]["text"] == "second");
    CHECK(added(client)["events"][1]["name"] == "second");
}

TEST_CASE("what could have been seen of the client is written where it could", "[client]") {
    evidence::ClientRecord client;
    client.reports_events = true;
    CHECK(added(client)["reports_events"] == true);
    CHECK_FALSE(added(client).contains("reports_prompts"));
    client.reports_prompts = true;
    CHECK(added(client)["reports_prompts"] == true);
}

TEST_CASE("what the client claims is written in its own words", "[client]") {
    evidence::ClientRecord client;
    client.claim = {"refused", "pin-mismatch", "\xff"};
    CHECK(added(client)["claim"].dump() ==
          R"({"outcome":"refused","reason":"pin-mismatch","detail":{"base64":"/w=="}})");
}

TEST_CASE("a memory that is known to be empty is not one that is unknown", "[client]") {
    evidence::ClientRecord client;
    CHECK_FALSE(added(client).contains("pins"));
    client.pins.emplace();
    CHECK(added(client)["pins"].dump() == "[]");
    client.pins = {{"aa", "bb"}};
    CHECK(added(client)["pins"].dump() == R"(["aa","bb"])");
}

TEST_CASE("a fault of the adapter and a lack of the client are quoted", "[client]") {
    evidence::ClientRecord client;
    client.adapter_error = "wrote no JSON: '\xff'";
    client.unsupported = "once";
    CHECK(added(client)["adapter_error"]["base64"].is_string());
    CHECK(added(client)["unsupported"] == "once");
}

}  // namespace guise::evidence::client_json_test
