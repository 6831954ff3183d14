#include "evidence/json/parse_client.hpp"

#include "evidence/json/client_json.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace guise::evidence::parse_client_test {

using namespace std::chrono_literals;

namespace {

nlohmann::ordered_json written(const evidence::ClientRecord& client) {
    nlohmann::ordered_json evidence = nlohmann::ordered_json::object();
    add_client(evidence, client);
    return evidence;
}

// Every field away from its default.
evidence::ClientRecord full() {
    evidence::ClientRecord out;
    out.process = {{"curl", "\xfe"}, 60, std::nullopt, true, "no such file", "out\xff", "err", 12ms};
    out.prompts = {{"warn",
                    {{"server", "a.guise.test"}, {"signer", "\xff"}},
                    {"expired", "\xff"},
                    true,
                    {"connect", "once", "decline"},
                    true,
                    "once",
                    "Go on\xff?",
                    120ms},
                   {}};
    out.events = {{"rejected\xff", "a.guise.test:443", {"expired"}, "log", 7ms}, {}};
    out.reports_events = out.reports_prompts = true;
    out.claim = {"refused", "expired", "the leaf\xff"};
    out.pins = {{"aa", "bb"}};
    out.exit_means = "refused";
    out.outside = "/srv/known\xff";
    out.adapter_error = "wrote '\xff'";
    out.unsupported = "once\xff";
    return out;
}

}  // namespace

TEST_CASE("all of a client is read as it was written", "[parse]") {
    CHECK(written(parse_client(written(full()))).dump() == written(full()).dump());
}

TEST_CASE("a question is read with what it showed", "[parse]") {
    const evidence::ClientRecord read = parse_client(written(full()));
    REQUIRE(read.prompts.size() == 2);
    const evidence::PromptRecord& prompt = read.prompts[0];
    CHECK(prompt.kind == "warn");
    CHECK(prompt.shown == full().prompts[0].shown);
    CHECK(prompt.faults == full().prompts[0].faults);
    CHECK(prompt.shows_faults);
    CHECK(prompt.choices == full().prompts[0].choices);
    CHECK(prompt.explicit_trust);
    CHECK(prompt.answered == "once");
    CHECK(prompt.text == "Go on\xff?");
    CHECK(prompt.at == 120ms);
}

TEST_CASE("an event is read with where it came from", "[parse]") {
    const evidence::ClientRecord read = parse_client(written(full()));
    REQUIRE(read.events.size() == 2);
    CHECK(read.events[0].name == "rejected\xff");
    CHECK(read.events[0].server == "a.guise.test:443");
    CHECK(read.events[0].faults == full().events[0].faults);
    CHECK(read.events[0].source == "log");
    CHECK(read.events[0].at == 7ms);
}

TEST_CASE("what the client says of itself is read", "[parse]") {
    const evidence::ClientRecord read = parse_client(written(full()));
    CHECK(read.reports_events);
    CHECK(read.reports_prompts);
    REQUIRE(read.claim);
    CHECK(read.claim->outcome == "refused");
    CHECK(read.exit_means == "refused");
    CHECK(read.outside == "/srv/known\xff");
    CHECK(read.claim->reason == "expired");
    CHECK(read.claim->detail == "the leaf\xff");
    CHECK(read.pins == full().pins);
    CHECK(read.adapter_error == "wrote '\xff'");
    CHECK(read.unsupported == "once\xff");
}

TEST_CASE("a client of which only its process is known is read as one", "[parse]") {
    const evidence::ClientRecord read = parse_client(written({}));
    CHECK(read.prompts.empty());
    CHECK(read.events.empty());
    CHECK_FALSE(read.reports_events);
    CHECK_FALSE(read.reports_prompts);
    CHECK_FALSE(read.claim);
    CHECK_FALSE(read.pins);
    CHECK(read.adapter_error.empty());
    CHECK(read.unsupported.empty());
}

TEST_CASE("a memory that is empty is read as known", "[parse]") {
    evidence::ClientRecord client;
    client.pins.emplace();
    const evidence::ClientRecord read = parse_client(written(client));
    REQUIRE(read.pins);
    CHECK(read.pins->empty());
}

TEST_CASE("a death by signal is read as one", "[parse]") {
    evidence::ClientRecord client;
    client.process.signal = 11;
    client.process.killed = true;
    const auto read = parse_client(written(client));
    CHECK(read.process.signal == 11);
    CHECK(read.process.killed);
    CHECK_FALSE(read.process.exit_code.has_value());
}

}  // namespace guise::evidence::parse_client_test
