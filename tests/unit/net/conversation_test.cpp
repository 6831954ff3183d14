#include "net/conversation.hpp"

#include "service/kit.hpp"

namespace guise::net::conversation_test {

namespace kit = guise::service::kit;

TEST_CASE("a service of HTTP is answered in plain text only where the visit wants it",
          "[net][conversation]") {
    const Conversation quiet = converse(kit::vms(), kit::facts());
    CHECK(quiet.dialogue);
    CHECK_FALSE(quiet.starts_plain);
    CHECK_FALSE(quiet.plain_text);
    CHECK(converse(kit::vms(), kit::facts(), true).plain_text);
    const auto never = kit::service("service: test\nurl: u\nspeaks: http\nstarts: tls\nrules: []\n");
    CHECK_FALSE(converse(never, {}, true).plain_text);
}

TEST_CASE("a service of lines may start in plain text", "[net][conversation]") {
    const Conversation lines = converse(kit::smtp(), kit::facts());
    CHECK(lines.starts_plain);
    CHECK_THAT(lines.dialogue->open(false).send, Catch::StartsWith("220 vms.guise.test"));
}

TEST_CASE("a service of bytes has no dialogue", "[net][conversation]") {
    const auto bytes = kit::service("service: test\nurl: u\nspeaks: bytes\nstarts: tls\n");
    CHECK_FALSE(converse(bytes, kit::facts()).dialogue);
}

}  // namespace guise::net::conversation_test
