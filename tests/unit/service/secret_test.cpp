#include "service/secret.hpp"

#include "pki/base64.hpp"
#include "service/kit.hpp"

using namespace guise;
using namespace guise::service;

namespace {
const std::string canary = kit::canary;
bool found(const std::string& text) { return holds_secret(text, canary); }
}  // namespace

TEST_CASE("a secret is found as it is", "[service][secret]") {
    CHECK(found("password=" + canary + "&x"));
    CHECK_FALSE(found(canary.substr(1)));
    CHECK_FALSE(found(""));
}

TEST_CASE("a secret is found in base64, whatever stands around it", "[service][secret]") {
    const std::string before =
        GENERATE(as<std::string>{}, "", "u", "us", "guise:", std::string("\0guise\0", 7), "a:b:c:d");
    const std::string after = GENERATE(as<std::string>{}, "", ".", "..", "...");
    CHECK(found("Authorization: Basic " + pki::to_base64(as_bytes(before + canary + after)) + "\r\n"));
    CHECK_FALSE(found(pki::to_base64(as_bytes(before + canary.substr(0, canary.size() - 1) + after))));
}

TEST_CASE("a secret is found in the alphabet for addresses", "[service][secret]") {
    const std::string secret = "?~>?~>?~>?~>";
    REQUIRE(pki::to_base64(as_bytes(secret)) == "P34+P34+P34+P34+");
    CHECK(holds_secret("P34+P34+P34+P34+", secret));
    CHECK(holds_secret("P34-P34-P34-P34-", secret));
}

TEST_CASE("no text holds an empty secret, and short ones are not guessed at", "[service][secret]") {
    CHECK_FALSE(holds_secret("anything", ""));
    CHECK(holds_secret("abc", "b"));
    CHECK_FALSE(holds_secret("YWJj", "abc"));
}
