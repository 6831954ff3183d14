#include "clients/rpc/rpc_notes.hpp"

#include <catch2/catch.hpp>

namespace guise::clients::rpc_notes_test {

using namespace guise::evidence;

TEST_CASE("a question is read with all that it shows", "[rpc-notes]") {
    PromptRecord prompt;
    const json params = json::parse(R"({"kind": "warn", "server": {"host": "h", "port": 443},
        "certificate": {"signer": "self", "sha256": "AB:CD", "expires": "2030-01-01T00:00:00Z",
                        "faults": ["expired"]},
        "choices": ["connect", "decline"], "needs": "explicit-trust", "text": "Sure?"})");
    CHECK(read_prompt(params, prompt).empty());
    CHECK(prompt.kind == "warn");
    CHECK(prompt.shown == std::map<std::string, std::string>{{"server", "h"},
                                                             {"port", "443"},
                                                             {"signer", "self"},
                                                             {"sha256", "AB:CD"},
                                                             {"expires", "2030-01-01T00:00:00Z"}});
    CHECK(prompt.shows_faults);
    CHECK(prompt.faults == std::vector<std::string>{"expired"});
    CHECK(prompt.choices == std::vector<std::string>{"connect", "decline"});
    CHECK(prompt.explicit_trust);
    CHECK(prompt.text == "Sure?");
}

TEST_CASE("a question that shows nothing is one too", "[rpc-notes]") {
    PromptRecord prompt;
    CHECK(read_prompt({{"kind", "ask"}}, prompt).empty());
    CHECK(prompt.shown.empty());
    CHECK_FALSE(prompt.shows_faults);
    CHECK_FALSE(prompt.explicit_trust);
}

TEST_CASE("a question of the wrong shape says what is wrong", "[rpc-notes]") {
    const auto wrong = [](const char* text) {
        PromptRecord prompt;
        return read_prompt(json::parse(text), prompt);
    };
    CHECK(wrong("{}") == "has a kind that is none of ask, warn, error");
    CHECK(wrong(R"({"kind":"ask","certificate":1})") == "has a 'certificate' that is no object");
    CHECK(wrong(R"({"kind":"ask","certificate":{"sha1":1}})") ==
          "has a 'sha1' of the certificate that is no text");
    CHECK(wrong(R"({"kind":"ask","certificate":{"faults":"x"}})") ==
          "has 'faults' that are no list of names");
    CHECK(wrong(R"({"kind":"ask","choices":{}})") == "has 'choices' that are no list of names");
    CHECK(wrong(R"({"kind":"ask","choices":["maybe"]})") ==
          "has a choice that is none of connect, once, decline");
    CHECK(wrong(R"({"kind":"ask","needs":"luck"})") == "has 'needs' that is not 'explicit-trust'");
}

TEST_CASE("the answer is the script's where it is offered, and decline where not", "[rpc-notes]") {
    PromptRecord prompt;
    prompt.choices = {"connect"};
    CHECK(answer_to(prompt, "connect") == "connect");
    CHECK(answer_to(prompt, "once") == "decline");
    CHECK(answer_to(prompt, "decline") == "decline");
    CHECK(answer_to(prompt, "ignore") == "ignore");
}

TEST_CASE("an event is read with its server and its faults", "[rpc-notes]") {
    EventRecord event;
    CHECK(read_event({{"name", "Error"}, {"server", {{"host", "h"}, {"port", 1}}}, {"faults", {"expired"}}},
                     event)
              .empty());
    CHECK(event.name == "Error");
    CHECK(event.server == "h:1");
    CHECK(event.faults == std::vector<std::string>{"expired"});
    CHECK(event.source == "adapter");
    CHECK(read_event(json::object(), event) == "has no name");
    CHECK(read_event({{"name", "a"}, {"faults", 1}}, event) == "has 'faults' that are no list of names");
}

TEST_CASE("a claim is of the protocol's closed sets", "[rpc-notes]") {
    Claim claim;
    CHECK(read_claim({{"outcome", "refused"}, {"reason", "expired"}, {"detail", "d"}, {"connections", 2}},
                     claim)
              .empty());
    CHECK(claim.outcome == "refused");
    CHECK(claim.reason == "expired");
    CHECK(claim.detail == "d");
    CHECK(read_claim({{"outcome", "connected"}}, claim).empty());
    CHECK(read_claim({{"outcome", "fine"}}, claim) ==
          "has an outcome that is none of connected, refused, cancelled, failed");
    CHECK(read_claim({{"outcome", "refused"}, {"reason", "mood"}}, claim) ==
          "has a reason that the protocol does not have");
    CHECK(read_claim({{"outcome", "refused"}, {"connections", -1}}, claim) ==
          "has 'connections' that is no count");
}

TEST_CASE("pins are digests in lower-case hex", "[rpc-notes]") {
    const std::string key(64, 'a');
    std::vector<std::string> pins;
    CHECK(read_pins({{"pins", {{{"server", "s"}, {"key", key}}}}}, pins).empty());
    CHECK(pins == std::vector<std::string>{key});
    CHECK(read_pins(json::object(), pins) == "has no list 'pins'");
    for (const std::string& wrong : {std::string(64, 'A'), std::string(62, 'a'), std::string("x")})
        CHECK(read_pins({{"pins", {{{"key", wrong}}}}}, pins) ==
              "has a pin whose key is not the lower-case hex of a SHA-256");
}

}  // namespace guise::clients::rpc_notes_test
