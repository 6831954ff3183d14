#include "evidence/json/parse_evidence.hpp"

#include "evidence/json/evidence_json.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace guise::evidence::parse_evidence_test {

using namespace std::chrono_literals;

namespace {

// Every field away from its default.
evidence::VisitEvidence full() {
    tls::Transcript connection;
    connection.presented = "validity/expired visit 1";
    connection.hello = tls::ClientHello{"host.guise.test", {"h2", "\xff"}, {0x0304}, {0x1301}, {29},
                                        {0x0403},          {0, 43},        true};
    connection.speaks_tls = connection.certificate_sent = connection.finished = connection.resumed = true;
    connection.version = "TLSv1.3";
    connection.cipher = "TLS_AES_128_GCM_SHA256";
    connection.alerts = {{tls::Direction::received, 2, 45, true, 1200us},
                         {tls::Direction::sent, 1, 0, false, 1300us}};
    connection.steps = {{tls::Direction::received, "ClientHello", 517, 100us}};
    connection.ending = tls::Ending::client_reset;
    connection.close_notify = true;
    connection.bytes_in = 524;
    connection.bytes_out = 1800;
    connection.application = std::string("GET /\0\xff", 7);
    connection.application_bytes = 7;
    connection.clear = "\x80";
    connection.secret_proven = true;
    connection.hello_secret = "as it is";
    connection.application_secret = connection.clear_secret = "in a form that follows it";
    connection.visit = 3;
    connection.error = "BAD_RECORD";
    connection.peer = "127.0.0.1:4000";
    connection.began = 700us;
    connection.lasted = 5000us;
    evidence::VisitEvidence out;
    out.connections = {connection, tls::Transcript{}};
    out.client.process.argv = {"curl"};
    out.client.claim.emplace().outcome = "refused";
    out.canary = "canary-1";
    out.client_deadline = 10s;
    out.adapter = true;
    out.presented = {"a.guise.test", 8443, "CN=\xff", "\xff", true, std::chrono::sys_seconds(1800000000s),
                     "a1",           "b2"};
    out.chain.resize(2);
    out.chain[0].subject = "CN=a";
    out.chain[0].issuer = "CN=b";
    out.chain[0].names = {"dns:a.test", "ip:127.0.0.1"};
    out.chain[0].not_before = out.chain[0].not_after = std::chrono::sys_seconds(1800000000s);
    out.chain[0].key = "p256";
    out.chain[0].signature = "ecdsa-sha256";
    out.chain[0].is_ca = out.chain[0].self_signed = true;
    out.chain[0].serial = "0a";
    out.chain[0].sha256 = out.chain[1].sha256 = "c3";
    out.swapped = "validity/expired visit 1 swap";
    out.swapped_chain = out.chain;
    out.first = "validity/expired visit 1 first";
    out.asides = {{"in a request to its proxy", "in base64"}};
    out.fetched = {{{pki::Channel::crl, pki::Position::leaf}, "leaf.crl", std::chrono::milliseconds(7)}};
    return out;
}

}  // namespace

TEST_CASE("all evidence is read as it was written", "[parse]") {
    const auto json = to_json(full());
    CHECK(to_json(parse_evidence(json)).dump() == json.dump());
}

TEST_CASE("what the client was shown is read as it was", "[parse]") {
    const evidence::VisitEvidence read = parse_evidence(to_json(full()));
    REQUIRE(read.presented);
    CHECK(read.presented->host == "a.guise.test");
    CHECK(read.presented->port == 8443);
    CHECK(read.presented->issuer == "CN=\xff");
    CHECK(read.presented->issuer_name == "\xff");
    CHECK(read.presented->self_signed);
    CHECK(read.presented->not_after == full().presented->not_after);
    CHECK(read.presented->sha1 == "a1");
    CHECK(read.presented->sha256 == "b2");
    CHECK(read.swapped == "validity/expired visit 1 swap");
    CHECK(read.first == "validity/expired visit 1 first");
}

TEST_CASE("evidence that says nothing of what was shown is read", "[parse]") {
    const evidence::VisitEvidence read = parse_evidence(to_json(evidence::VisitEvidence{}));
    CHECK_FALSE(read.presented);
    CHECK(read.swapped.empty());
}

TEST_CASE("a time that is none is named", "[parse]") {
    auto json = to_json(full());
    json["presented"]["not_after"] = "tomorrow";
    CHECK_THROWS_WITH(parse_evidence(json), Catch::Contains("'tomorrow' is no time"));
}

TEST_CASE("an ending that is none is named", "[parse]") {
    auto json = to_json(full());
    json["connections"][0]["ending"] = "happily";
    CHECK_THROWS_WITH(parse_evidence(json), Catch::Contains("'happily' is not one of open"));
}

}  // namespace guise::evidence::parse_evidence_test
