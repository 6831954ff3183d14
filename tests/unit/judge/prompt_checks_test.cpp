#include "judge/prompt_checks.hpp"

#include "judge/kit.hpp"

namespace guise::judge::prompt_checks_test {
namespace {

using namespace test;
using evidence::PromptRecord;

const Presented real{.host = "a.test",
                     .port = 4433,
                     .issuer = "CN=Root,O=Demo",
                     .issuer_name = "Root",
                     .self_signed = false,
                     .not_after = std::chrono::sys_days{std::chrono::year(2027) / 1 / 31},
                     .sha1 = "aabbcc",
                     .sha256 = "ddeeff",
                     .subject = "CN=a.test,O=Demo"};

PromptRecord warning(std::map<std::string, std::string> shown = {{"sha1", "AA:BB:CC"}}) {
    PromptRecord out = question("warn", "decline");
    out.shown = std::move(shown);
    return out;
}

std::vector<Check> checked(std::vector<PromptRecord> prompts, const std::string& present = expired,
                           const std::optional<Presented>& presented = real, const std::string& more = {}) {
    Observation seen = observe(asked({shown()}, std::move(prompts)), {});
    seen.presented = presented;
    const Met met{Story(shows(present, more)), seen.decision.value(), seen};
    std::vector<Check> out;
    add_prompt_checks(met.explained(), out);
    return out;
}
std::string untrue(std::map<std::string, std::string> shown,
                   const std::optional<Presented>& presented = real) {
    const Check check = made(checked({warning(std::move(shown))}, expired, presented), "prompt-true");
    return check.verdict == Verdict::fail ? check.observed : "";
}

TEST_CASE("a question that says what was presented is true", "[judge][prompt]") {
    const Check check = made(checked({warning()}), "prompt-true");
    CHECK(check.verdict == Verdict::pass);
    CHECK(check.observed == "nothing untrue");
    CHECK(untrue({{"sha256", "SHA-256: dd:ee:ff"},
                  {"expires", "2027-01-31T00:00:00Z"},
                  {"signer", "Root"},
                  {"server", "a.test"},
                  {"port", "4433"}})
              .empty());
    CHECK(untrue({{"signer", "CN=Root,O=Demo"}, {"server", "a.test:4433"}}).empty());
}

TEST_CASE("a question that says something else is untrue, and is told with it", "[judge][prompt]") {
    CHECK(untrue({{"sha1", "AA:BB:CD"}}) == "one that says sha1 AA:BB:CD");
    CHECK(untrue({{"sha256", "00"}}) == "one that says sha256 00");
    CHECK(untrue({{"expires", "2028-01-31T00:00:00Z"}}) == "one that says expires 2028-01-31T00:00:00Z");
    CHECK(untrue({{"signer", "Other"}, {"server", "b.test"}}) == "one that says signer Other, server b.test");
    CHECK(untrue({{"port", "443"}}) == "one that says port 443");
}

TEST_CASE("a subject is shown as a whole or by its common name", "[judge][prompt]") {
    CHECK(untrue({{"subject", "CN=a.test,O=Demo"}}).empty());
    CHECK(untrue({{"subject", "O = Demo, CN = a.test"}}).empty());
    CHECK(untrue({{"subject", "a.test"}}).empty());
    CHECK(untrue({{"subject", "CN=b.test,O=Demo"}}) == "one that says subject CN=b.test,O=Demo");
    Presented odd = real;
    odd.subject = "CN=a\\00.test";
    CHECK(untrue({{"subject", "CN=a"}}, odd).empty());
}

TEST_CASE("another port beside the server's name is untrue", "[judge][prompt]") {
    CHECK(untrue({{"server", "a.test:443"}}) == "one that says server a.test:443");
}

TEST_CASE("a fault that a question invents is untrue", "[judge][prompt]") {
    PromptRecord prompt = warning();
    prompt.faults = {"expired", "wrong-name", "changed"};
    CHECK(made(checked({prompt}), "prompt-true").observed == "one that says fault wrong-name, fault changed");
    prompt.faults = {"expired"};
    CHECK(made(checked({prompt}), "prompt-true").verdict == Verdict::pass);
}

TEST_CASE("only what signed itself is its own signer", "[judge][prompt]") {
    CHECK(untrue({{"signer", "self"}}) == "one that says signer self");
    Presented own = real;
    own.self_signed = true;
    CHECK(untrue({{"signer", "self"}}, own).empty());
}

TEST_CASE("what a question says in a form of its own is not held against it", "[judge][prompt]") {
    CHECK(untrue({{"expires", "next week"}}).empty());
    CHECK(untrue({}).empty());
}

TEST_CASE("the second of two questions must be true as well", "[judge][prompt]") {
    CHECK(made(checked({warning(), warning({{"sha1", "00"}})}), "prompt-true").verdict == Verdict::fail);
}

TEST_CASE("without a readable certificate nothing is held against a question", "[judge][prompt]") {
    CHECK(made(checked({warning()}, expired, std::nullopt), "prompt-true").verdict ==
          Verdict::not_applicable);
}

TEST_CASE("a question shows what its profile asks of its kind", "[judge][prompt]") {
    CHECK(made(checked({warning()}), "prompt-shows").verdict == Verdict::pass);
    PromptRecord bare = warning({});
    bare.shows_faults = false;
    const Check check = made(checked({bare}), "prompt-shows");
    CHECK(check.verdict == Verdict::note);
    CHECK(check.expected == "a question that shows fingerprints, faults");
    CHECK(check.observed == "one that does not show fingerprints, faults");
    PromptRecord plain = question("ask", "decline");
    plain.shown.clear();
    CHECK(made(checked({plain}, key_a), "prompt-shows").observed == "one that does not show signer");
    plain.shown["signer"] = "self";
    CHECK(made(checked({plain}, key_a), "prompt-shows").verdict == Verdict::pass);
}

TEST_CASE("of several faults each must be shown", "[judge][prompt]") {
    const std::string both = "{leaf: self-signed, defect: expired}";
    PromptRecord prompt = warning();
    prompt.faults = {"expired"};
    CHECK(made(checked({prompt}, both), "prompt-shows").observed == "one that does not show faults");
    prompt.faults = {"expired", "unknown-issuer"};
    CHECK(made(checked({prompt}, both), "prompt-shows").verdict == Verdict::pass);
}

TEST_CASE("a warning needs explicit trust, a plain question does not", "[judge][prompt]") {
    CHECK(made(checked({warning()}), "prompt-trust").verdict == Verdict::pass);
    PromptRecord click = warning();
    click.explicit_trust = false;
    CHECK(made(checked({click}), "prompt-trust").verdict == Verdict::note);
    CHECK_FALSE(find(checked({question("ask", "decline")}, key_a), "prompt-trust"));
}

TEST_CASE("one question at a time, where several connections are made", "[judge][prompt]") {
    CHECK(made(checked({warning()}, expired, real, ", connections: 2"), "one-prompt").verdict ==
          Verdict::pass);
    const Check check =
        made(checked({warning(), warning()}, expired, real, ", connections: 2"), "one-prompt");
    CHECK(check.verdict == Verdict::fail);
    CHECK(check.observed == "2 questions");
    CHECK_FALSE(find(checked({warning(), warning()}), "one-prompt"));
}

std::vector<Check> refusing(std::vector<PromptRecord> messages, bool reports) {
    VisitEvidence evidence = visit({refused()});
    evidence.client.prompts = std::move(messages);
    evidence.client.reports_prompts = reports;
    const Met met{Story(shows(expired), "strict"), Decision::refuse, observe(evidence, {})};
    std::vector<Check> out;
    add_prompt_checks(met.explained(), out);
    return out;
}

TEST_CASE("a refusal offers no way to go on", "[judge][prompt]") {
    PromptRecord message = question("error", "");
    CHECK(made(refusing({}, true), "no-way-on").verdict == Verdict::pass);
    CHECK(made(refusing({message}, true), "no-way-on").verdict == Verdict::pass);
    message.choices = {"decline", "once"};
    const Check check = made(refusing({message}, true), "no-way-on");
    CHECK(check.verdict == Verdict::fail);
    CHECK(check.observed == "a message that offers to connect");
}

TEST_CASE("where no question would be seen, none is no evidence", "[judge][prompt]") {
    CHECK(made(refusing({}, false), "no-way-on").verdict == Verdict::not_applicable);
}

}  // namespace
}  // namespace guise::judge::prompt_checks_test
