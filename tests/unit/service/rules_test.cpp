#include "service/rules.hpp"

#include "service/kit.hpp"

#include <tuple>

namespace guise::service::rules_test {

using namespace std::string_literals;
using Catch::Contains;

namespace {

yaml::Value value(const std::string& text) { return yaml::parse(text, "f").value(); }

std::string http_refusal(const std::string& rule) {
    Problems problems;
    std::ignore = read_http_rules(value('[' + rule + ']'), {{"known", ""}}, problems);
    return problems.text();
}

std::string line_refusal(const std::string& rule) {
    Problems problems;
    std::ignore = read_line_rules(value('[' + rule + ']'), problems);
    return problems.text();
}

}  // namespace

TEST_CASE("a rule for requests is read whole", "[service][rules]") {
    Problems problems;
    const auto rules =
        read_http_rules(value("[{match: GET /a, status: 204, secret: [bearer, http-digest, \"json:x\"], "
                              "challenge: {digest: {realm: r, qop: auth}}}, {match: '* **', secret: bearer, "
                              "unless: secret, then: close}]"),
                        {}, problems);
    REQUIRE(problems.empty());
    REQUIRE(rules.size() == 2);
    CHECK(rules[0].method == "GET");
    CHECK(rules[0].path == "/a");
    CHECK(rules[0].status == 204);
    CHECK(rules[0].secrets.size() == 3);
    CHECK(rules[0].secrets[2].field == "x");
    CHECK(rules[0].challenge->realm == "r");
    CHECK_FALSE(rules[0].close);
    CHECK(rules[1].unless_secret);
    CHECK(rules[1].close);
    CHECK(rules[1].status == 200);
}

TEST_CASE("a rule for requests that cannot be read is said with its place", "[service][rules]") {
    CHECK_THAT(http_refusal("{status: 200}"), Contains("the key 'match'"));
    const auto match = GENERATE("GET", "get /a", "GET a", "'/a'", "[GET /a]");
    CHECK_THAT(http_refusal("{match: "s + match + "}"), Contains("f:1:10: expected a request such as"));
    CHECK_THAT(http_refusal("{match: GET /, status: 99}"), Contains("a status from 200 to 599, found 99"));
    CHECK_THAT(http_refusal("{match: GET /, status: ok}"), Contains("a whole number"));
    CHECK_THAT(http_refusal("{match: GET /, secret: cookie}"), Contains("one of json:FIELD"));
    CHECK_THAT(http_refusal("{match: GET /, secret: 'json:'}"), Contains("one of json:FIELD"));
    CHECK_THAT(http_refusal("{match: GET /, unless: secret}"), Contains("a rule with the key 'secret'"));
    CHECK_THAT(http_refusal("{match: GET /, secret: bearer, unless: never}"), Contains("expected secret"));
    CHECK_THAT(http_refusal("{match: GET /, challenge: {digest: {realm: r, qop: auth}}}"),
               Contains("a rule with the key 'secret'"));
    CHECK_THAT(http_refusal("{match: GET /, secret: bearer, challenge: {digest: {realm: r, qop: x}}}"),
               Contains("expected auth, found 'x'"));
    CHECK_THAT(http_refusal("{match: GET /, json: {a: ['{known}', '{unknown}']}}"), Contains("'{unknown}'"));
    CHECK_THAT(http_refusal("{match: GET /, then: tls}"), Contains("expected close, found 'tls'"));
    CHECK_THAT(http_refusal("{match: GET /, body: x}"), Contains("unknown key 'body'"));
}

TEST_CASE("a rule for lines is read whole", "[service][rules]") {
    Problems problems;
    const auto rules = read_line_rules(
        value("[{match: '(?i)^a$', send: b, only: hidden, then: tls, secret: [base64], "
              "next: [{match: x, send: c}], until: '^z$', reply: r}, {match: '^a$', send: b}]"),
        problems);
    REQUIRE(problems.empty());
    REQUIRE(rules.size() == 2);
    CHECK(rules[0].match.search("A"));
    CHECK_FALSE(rules[1].match.search("A"));
    CHECK(rules[0].only == Starttls::hidden);
    CHECK(rules[0].then == LineThen::tls);
    CHECK(rules[0].secret.contains(LineSecret::base64));
    CHECK(rules[0].next.size() == 1);
    CHECK(rules[0].reply == "r");
}

TEST_CASE("a rule for lines that cannot be read is said with its place", "[service][rules]") {
    CHECK_THAT(line_refusal("{match: '(', send: x}"), Contains("f:1:10: expected a regular expression"));
    CHECK_THAT(line_refusal("{match: x}"), Contains("the key 'send'"));
    CHECK_THAT(line_refusal("{match: x, send: '{nobody}'}"), Contains("'{nobody}'"));
    CHECK_THAT(line_refusal("{match: x, send: b, then: wait}"), Contains("one of tls, close"));
    CHECK_THAT(line_refusal("{match: x, send: b, only: never}"), Contains("one of hidden, refused"));
    CHECK_THAT(line_refusal("{match: x, send: b, until: z}"), Contains("the key 'reply'"));
    CHECK_THAT(line_refusal("{match: x, send: b, reply: z}"), Contains("unknown key 'reply'"));
    CHECK_THAT(line_refusal("{match: x, send: b, next: [{send: z}]}"), Contains("the key 'match'"));
}

}  // namespace guise::service::rules_test
