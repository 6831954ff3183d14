#include "clients/terminal/dialogue.hpp"

#include "clients/scripted.hpp"

namespace guise::clients::dialogue_test {

using namespace guise::evidence;
using namespace guise::process;
using namespace std::chrono_literals;

namespace {

Dialogue user(std::string answer, std::vector<Say> say = {}) {
    return Dialogue({{trust_prompt()}, std::move(say), std::move(answer)});
}

}  // namespace

TEST_CASE("a question is answered once all of it is there", "[dialogue]") {
    Dialogue dialogue = user("connect");
    CHECK(dialogue.receive("Trust loc", 1ms).send == "");
    CHECK(dialogue.receive("alhost?", 2ms).send == "");
    CHECK(dialogue.receive(" ", 3ms).send == "yes\n");
    CHECK(dialogue.receive("fine\n", 4ms).send == "");
    REQUIRE(dialogue.prompts().size() == 1);
    const PromptRecord& prompt = dialogue.prompts()[0];
    CHECK(prompt.kind == "ask");
    CHECK(prompt.shown.at("server") == "localhost");
    CHECK(prompt.choices == std::vector<std::string>{"connect", "once", "decline"});
    CHECK(prompt.answered == "connect");
    CHECK(prompt.text == "Trust localhost? ");
    CHECK(prompt.at == 3ms);
    CHECK_FALSE(prompt.explicit_trust);
    CHECK_FALSE(prompt.shows_faults);
}

TEST_CASE("a question in the middle of a text is none", "[dialogue]") {
    Dialogue dialogue = user("connect");
    CHECK(dialogue.receive("Trust localhost? I do.\n", 0ms).send == "");
    CHECK(dialogue.prompts().empty());
}

TEST_CASE("of several questions the first whose text matches is meant", "[dialogue]") {
    Prompt changed = trust_prompt();
    changed.kind = PromptKind::warn;
    changed.text = pattern("has changed");
    changed.answers[Answer::connect] = "YES\n";
    const std::vector<Prompt> prompts{changed, trust_prompt()};
    Dialogue first({prompts, {}, "connect"});
    CHECK(first.receive("noise\nThe key has changed!\nTrust it? ", 0ms).send == "YES\n");
    CHECK(first.prompts()[0].kind == "warn");
    CHECK(first.prompts()[0].explicit_trust);
    CHECK(first.prompts()[0].text == "has changed!\nTrust it? ");
    Dialogue second({prompts, {}, "connect"});
    CHECK(second.receive("Trust it? ", 0ms).send == "yes\n");
}

TEST_CASE("a question that is asked again is answered again, but not for ever", "[dialogue]") {
    Dialogue dialogue = user("once");
    for (std::size_t i = 0; i < Dialogue::most_prompts; ++i)
        CHECK(dialogue.receive("Trust it? ", 0ms).send == "once\n");
    CHECK(dialogue.receive("Trust it? ", 0ms).send == "");
    CHECK(dialogue.prompts().size() == Dialogue::most_prompts);
}

TEST_CASE("what a question does not offer is declined, and the record says so", "[dialogue]") {
    Prompt prompt = trust_prompt();
    prompt.answers.erase(Answer::once);
    Dialogue dialogue({{prompt}, {}, "once"});
    CHECK(dialogue.receive("Trust it? ", 0ms).send == "no\n");
    CHECK(dialogue.prompts()[0].answered == "decline");
    CHECK(dialogue.prompts()[0].choices == std::vector<std::string>{"connect", "decline"});
    prompt.answers.erase(Answer::decline);
    Dialogue stuck({{prompt}, {}, "once"});
    CHECK(stuck.receive("Trust it? ", 0ms).walks_away);
    CHECK(stuck.prompts()[0].answered == "ignore");
}

TEST_CASE("a user who ignores a question says nothing any more", "[dialogue]") {
    Dialogue dialogue = user("ignore", {{std::nullopt, "GET /"}});
    CHECK(dialogue.receive("Trust it? ", 0ms).walks_away);
    CHECK(dialogue.receive("Trust it? ", 0ms).send == "");
    CHECK(dialogue.shook_hands().send == "");
    REQUIRE(dialogue.prompts().size() == 1);
    CHECK(dialogue.prompts()[0].answered == "ignore");
}

TEST_CASE("what is to be said is said in its order, each after its sign", "[dialogue]") {
    Dialogue dialogue = user(
        "connect",
        {{pattern("ready"), "1"}, {std::nullopt, "2"}, {pattern("ready"), "3"}, {pattern("ready"), "4"}});
    CHECK(dialogue.shook_hands().send == "");
    CHECK(dialogue.receive("rea", 0ms).send == "");
    CHECK(dialogue.receive("dy", 0ms).send == "12");
    CHECK(dialogue.receive("ready", 0ms).send == "3");
    CHECK(dialogue.receive("ready Trust it? ", 0ms).send == "yes\n4");
    CHECK(dialogue.receive("ready", 0ms).send == "");
}

TEST_CASE("an answer does not hide the text that something is said after", "[dialogue]") {
    Dialogue dialogue = user("connect", {{pattern("welcome"), "a"}, {pattern("bye"), "b"}});
    CHECK(dialogue.receive("welcome and bye. Trust it? ", 0ms).send == "yes\nab");
}

TEST_CASE("what a question shows has the names of its groups", "[dialogue]") {
    Prompt prompt = trust_prompt();
    prompt.fields = {{"fingerprint", pattern("Fingerprint: (?P<sha1>[0-9A-F:]+)")},
                     {"signer", pattern("Issuer: (?P<issuer>.+)")},
                     {"expires", pattern("until (?P<not_after>.+)")},
                     {"subject", pattern("Hostname: (.+)")},
                     {"colour", pattern("Colour: (.+)")}};
    CHECK(shown_by(prompt,
                   "Hostname: localhost \r\nIssuer: nobody\nFingerprint: AB:CD\nuntil Dec  1 23:40:26 2026 "
                   "GMT\nTrust me? ") ==
          std::map<std::string, std::string>{{"server", "me"},
                                             {"sha1", "AB:CD"},
                                             {"signer", "nobody"},
                                             {"expires", "2026-12-01T23:40:26Z"},
                                             {"subject", "localhost"}});
    CHECK(shown_by(prompt, "until tomorrow").at("expires") == "tomorrow");
}

TEST_CASE("an endless text is forgotten from its beginning", "[dialogue]") {
    Dialogue dialogue = user("connect");
    for (int i = 0; i < 100; ++i) CHECK(dialogue.receive(std::string(16 * 1024, '.'), 0ms).send == "");
    CHECK(dialogue.receive("\nTrust it? ", 0ms).send == "yes\n");
    CHECK(dialogue.prompts()[0].text.size() <= 16 * 1024);
}

}  // namespace guise::clients::dialogue_test
