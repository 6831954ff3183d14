#include "service/http_rules.hpp"

#include "pki/base64.hpp"
#include "pki/digest.hpp"
#include "service/kit.hpp"

namespace guise::service::http_rules_test {

using Catch::Contains;

namespace {

const std::string canary = kit::canary;

Request request(std::string method, std::string target, std::string body = "",
                std::vector<std::pair<std::string, std::string>> headers = {}) {
    return {std::move(method), std::move(target), std::move(headers), std::move(body)};
}

Request with_authorization(std::string target, std::string value) {
    return request("GET", std::move(target), "", {{"authorization", std::move(value)}});
}

std::string digest(const std::string& password, const std::string& target) {
    const auto hash = [](const std::string& text) { return to_hex(pki::md5(as_bytes(text))); };
    const std::string response =
        hash(hash("guise:VMS:" + password) + ":n:00000001:c:auth:" + hash("GET:" + target));
    return R"(Digest username="guise", realm="VMS", nonce="n", nc=00000001, cnonce="c", qop=auth, uri=")" +
           target + "\", response=\"" + response + '"';
}

struct Server {
    HttpRules rules{kit::vms(), kit::facts()};
    Answer operator()(const Request& asked) { return rules.answer(asked); }
    const ReceivedRequest& last() { return rules.received().requests.back(); }
};

}  // namespace

TEST_CASE("the first rule that matches answers, its placeholders filled", "[service][http]") {
    Server server;
    const Answer answer = server(request("GET", "/api/moduleInformation?x=/y"));
    CHECK(answer.status == 200);
    CHECK(answer.type == "application/json");
    CHECK_FALSE(answer.close);
    CHECK(answer.body == "{\"reply\":{\"id\":\"" + *value_of("uuid:server", kit::facts()) +
                             "\",\"version\":\"5.1.0.0\",\"protoVersion\":5100,\"sslAllowed\":true,"
                             "\"port\":7001,\"at\":[\"vms.guise.test:7001\"]}}");
    CHECK(server.last().rule == 0U);
}

TEST_CASE("a visit may claim another version", "[service][http]") {
    Facts facts = kit::facts();
    facts.version = "4.1.0.0";
    HttpRules rules(kit::vms(), facts);
    CHECK_THAT(rules.answer(request("GET", "/api/moduleInformation")).body,
               Contains("\"version\":\"4.1.0.0\""));
    CHECK_THAT(rules.answer(request("GET", "/rest/v2/servers/*/info")).body, !Contains("4.1.0.0"));
}

TEST_CASE("the certificate that the server claims is a text of the answer", "[service][http]") {
    CHECK(Server()(request("GET", "/rest/v2/servers/*/info")).body ==
          R"([{"certificatePem":"the chain\n"}])");
}

TEST_CASE("a request that no rule knows is not found", "[service][http]") {
    Server server;
    const Answer answer = server(request("PUT", "/elsewhere"));
    CHECK(answer.status == 404);
    CHECK(answer.body.empty());
    CHECK_FALSE(server.last().rule);
}

TEST_CASE("a login with the secret gets a token, and is no proof beyond the bytes", "[service][http]") {
    Server server;
    const Answer answer = server(
        request("POST", "/rest/v1/login/sessions", R"({"username":"guise","password":")" + canary + "\"}"));
    CHECK(answer.body == "{\"token\":\"" + *value_of("canary:token", kit::facts()) + "\"}");
    CHECK(server.last().secret);
    CHECK_FALSE(server.rules.received().secret_proven);
}

TEST_CASE("a login that was sent in chunks is a proof, for the chunks may cut the secret",
          "[service][http]") {
    Server server;
    server(request("POST", "/rest/v1/login/sessions", "{\"password\":\"" + canary + "\"}",
                   {{"transfer-encoding", "chunked"}}));
    CHECK(server.rules.received().secret_proven);
}

TEST_CASE("without the secret a rule that has `unless` answers, with it the next", "[service][http]") {
    Server server;
    CHECK(server(request("GET", "/rest/v1/users")).status == 401);
    CHECK(server(with_authorization("/rest/v1/users", "Bearer wrong")).status == 401);
    CHECK_FALSE(server.last().secret);
    CHECK(server(with_authorization("/rest/v1/users", "bearer " + canary)).body == R"({"inside":true})");
    CHECK(server.last().secret);
    CHECK(server.last().rule == 5U);
    CHECK_FALSE(server.rules.received().secret_proven);
}

TEST_CASE("the token that the server gave is no less than the secret", "[service][http]") {
    Server server;
    const std::string token = *value_of("canary:token", kit::facts());
    CHECK(server(with_authorization("/rest/v1/users", "Bearer " + token)).status == 200);
    CHECK(server.last().secret);
    CHECK(server.rules.received().secret_proven);
}

TEST_CASE("a digest is asked for, and proves the secret", "[service][http]") {
    const std::string target = "/api/moduleInformationAuthenticated";
    Server server;
    const Answer asked = server(request("GET", target));
    CHECK(asked.status == 401);
    REQUIRE(asked.headers.size() == 2);
    CHECK(asked.headers[0].first == "WWW-Authenticate");
    CHECK_THAT(asked.headers[0].second, Contains("realm=\"VMS\""));
    CHECK(server(with_authorization(target, digest("another", target))).status == 401);
    CHECK_FALSE(server.rules.received().secret_proven);
    CHECK(server(with_authorization(target, digest(canary, target))).status == 200);
    CHECK(server.last().secret);
    CHECK(server.rules.received().secret_proven);
}

TEST_CASE("a digest proves the secret wherever it is sent", "[service][http]") {
    Server server;
    server(with_authorization("/elsewhere", digest(canary, "/elsewhere")));
    CHECK(server.rules.received().secret_proven);
}

TEST_CASE("the secret is heard in any part of a request", "[service][http]") {
    Server server;
    const std::string basic = "Basic " + pki::to_base64(as_bytes("guise:" + canary));
    server(GENERATE_COPY(request("GET", "/x?auth=" + canary), request("POST", "/x", canary),
                         with_authorization("/x", basic)));
    CHECK(server.last().secret);
}

TEST_CASE("a request is public where the profile says so and it carries nothing", "[service][http]") {
    Server server;
    server(request("GET", "/api/moduleInformation?a=b"));
    CHECK(server.last().is_public);
    server(request("GET", "/api/moduleInformation", "body"));
    CHECK_FALSE(server.last().is_public);
    server(request("GET", "/api/moduleInformation?" + canary));
    CHECK_FALSE(server.last().is_public);
    server(request("GET", "/api/other"));
    CHECK_FALSE(server.last().is_public);
}

TEST_CASE("a server without a case knows no secret", "[service][http]") {
    HttpRules rules(kit::vms(), {});
    CHECK(rules.answer(with_authorization("/rest/v1/users", "Bearer ")).status == 401);
    CHECK(rules.answer(with_authorization("/rest/v1/users", "Bearer canary-")).status == 401);
    CHECK(rules.answer(request("POST", "/rest/v1/login/sessions", R"({"password":""})")).status == 200);
    CHECK_FALSE(rules.received().requests.back().secret);
    CHECK_FALSE(rules.received().secret_proven);
}

TEST_CASE("only the first requests are remembered", "[service][http]") {
    Server server;
    for (std::size_t i = 0; i < Received::most_kept + 5; ++i) server(request("GET", "/"));
    CHECK(server.rules.received().requests.size() == Received::most_kept);
}

TEST_CASE("a secret in a body that is nested too deep to be read is seen all the same", "[service][http]") {
    Server server;
    const std::string deep = std::string(100'000, '[') + '"' + canary + '"' + std::string(100'000, ']');
    server(request("POST", "/rest/v1/login/sessions", deep));
    CHECK(server.last().secret);
}

}  // namespace guise::service::http_rules_test
