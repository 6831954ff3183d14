#include "service/line_dialogue.hpp"

#include "pki/base64.hpp"
#include "service/kit.hpp"

namespace guise::service::line_dialogue_test {
namespace {

const std::string canary = kit::canary;

LineDialogue smtp(std::optional<Starttls> starttls = {}) {
    Facts facts = kit::facts();
    facts.starttls = starttls;
    LineDialogue out(kit::smtp(), facts);
    CHECK(out.open(false).send == "220 vms.guise.test ESMTP\r\n");
    return out;
}

std::string said(LineDialogue& dialogue, const std::string& line) {
    return dialogue.receive(line + "\r\n").send;
}

}  // namespace

TEST_CASE("lines are answered in any cut, with either end", "[service][lines]") {
    const std::size_t cut = GENERATE(1, 7, 1000);
    auto dialogue = smtp();
    std::string text = "EHLO a\r\nNOOP\nQUIT\r\nNOOP\r\n";
    std::string out;
    for (; !text.empty(); text.erase(0, cut)) out += dialogue.receive(text.substr(0, cut)).send;
    CHECK(out == "250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n250 ok\r\n221 bye\r\n");
}

TEST_CASE("a line may end the dialogue", "[service][lines]") {
    auto dialogue = smtp();
    CHECK(dialogue.receive("quit\r\n").then == Then::close);
    CHECK(said(dialogue, "NOOP").empty());
}

TEST_CASE("a line may ask for TLS, and what follows it is handed back", "[service][lines]") {
    auto dialogue = smtp();
    const Reply reply = dialogue.receive("STARTTLS\r\n\x16\x03\x01");
    CHECK(reply.send == "220 ready\r\n");
    CHECK(reply.then == Then::tls);
    CHECK(reply.rest == "\x16\x03\x01");
    CHECK(dialogue.open(true).send.empty());
    CHECK(said(dialogue, "EHLO a") == "250 AUTH PLAIN LOGIN\r\n");
    CHECK(said(dialogue, "STARTTLS") == "250 ok\r\n");
}

TEST_CASE("a visit may hide STARTTLS or refuse it", "[service][lines]") {
    auto hidden = smtp(Starttls::hidden);
    CHECK(said(hidden, "EHLO a") == "250 AUTH PLAIN LOGIN\r\n");
    auto refused = smtp(Starttls::refused);
    CHECK(said(refused, "EHLO a") == "250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n");
    CHECK(said(refused, "STARTTLS") == "454 TLS not available\r\n");
}

TEST_CASE("a password in base64 is heard", "[service][lines]") {
    auto dialogue = smtp();
    const std::string plain = std::string("\0guise\0", 7) + canary;
    CHECK(said(dialogue, "AUTH PLAIN " + pki::to_base64(as_bytes(plain))) == "235 ok\r\n");
    REQUIRE(dialogue.received().requests.size() == 1);
    CHECK(dialogue.received().requests[0].secret);
    CHECK(dialogue.received().requests[0].rule == 4U);
    CHECK_FALSE(dialogue.received().secret_proven);
}

TEST_CASE("a login in steps is followed", "[service][lines]") {
    auto dialogue = smtp();
    CHECK(said(dialogue, "AUTH LOGIN") == "334 user\r\n");
    CHECK(said(dialogue, pki::to_base64(as_bytes("guise"))) == "334 password\r\n");
    CHECK(said(dialogue, pki::to_base64(as_bytes(canary))) == "235 ok\r\n");
    CHECK(dialogue.received().requests.back().secret);
    CHECK(said(dialogue, "NOOP") == "250 ok\r\n");
}

TEST_CASE("a line that is not the expected step is a line like any other", "[service][lines]") {
    auto dialogue = smtp();
    said(dialogue, "AUTH LOGIN");
    said(dialogue, "user");
    CHECK(said(dialogue, "two words") == "250 ok\r\n");
    CHECK_FALSE(dialogue.received().requests.back().secret);
}

TEST_CASE("a text up to its end is passed over, and yet heard", "[service][lines]") {
    auto dialogue = smtp();
    CHECK(said(dialogue, "DATA") == "354 go on\r\n");
    CHECK(said(dialogue, "QUIT").empty());
    CHECK(said(dialogue, canary).empty());
    CHECK(dialogue.received().requests.back().secret);
    CHECK(said(dialogue, ".") == "250 queued\r\n");
    CHECK(said(dialogue, "NOOP") == "250 ok\r\n");
}

TEST_CASE("a service that starts with TLS greets after the handshake", "[service][lines]") {
    LineDialogue dialogue(kit::smtp(), kit::facts());
    CHECK(dialogue.open(true).send == "220 vms.guise.test ESMTP\r\n");
    CHECK(said(dialogue, "EHLO a") == "250 AUTH PLAIN LOGIN\r\n");
}

TEST_CASE("a line that no rule knows is not answered", "[service][lines]") {
    LineDialogue dialogue(kit::service("service: test\nurl: u\nspeaks: lines\nstarts: tls\n"), {});
    CHECK(dialogue.open(true).send.empty());
    CHECK(said(dialogue, "hello").empty());
    CHECK_FALSE(dialogue.received().requests.back().rule);
}

TEST_CASE("a line at the limit is answered, and one past it ends the dialogue", "[service][lines]") {
    auto dialogue = smtp();
    CHECK(said(dialogue, std::string(65'535, 'x')) == "250 ok\r\n");  // and the CR
    CHECK(said(dialogue, std::string(65'536, 'x')).empty());
    CHECK(said(dialogue, "NOOP").empty());
    auto endless = smtp();
    CHECK(endless.receive(std::string(65'537, 'x')).send.empty());
    CHECK(said(endless, "").empty());
}

TEST_CASE("of many and long lines a bounded part is kept, and all are answered", "[service][lines]") {
    auto dialogue = smtp();
    const std::string line(10'000, 'x');
    for (int i = 0; i < 1'001; ++i) CHECK(said(dialogue, line) == "250 ok\r\n");
    CHECK(dialogue.received().requests.size() == 1'000);
    CHECK(dialogue.received().requests.back().target == line.substr(0, 4'096));
}

}  // namespace guise::service::line_dialogue_test
