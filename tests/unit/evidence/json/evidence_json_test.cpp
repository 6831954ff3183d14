#include "evidence/json/evidence_json.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace guise::evidence::evidence_json_test {

using namespace std::chrono_literals;

TEST_CASE("a connection nobody spoke on is written with every field", "[evidence]") {
    CHECK(
        to_json(tls::Transcript{}).dump() ==
        R"({"presented":"","peer":"","speaks_tls":false,"certificate_sent":false,"finished":false,)"
        R"("version":"","cipher":"","group":"","resumed":false,"ending":"open","close_notify":false,"bytes_in":0,)"
        R"("bytes_out":0,"application":"","application_bytes":0,"clear":"","error":"","began_us":0,"lasted_us":0,)"
        R"("hello":null,"alerts":[],"steps":[]})");
}

TEST_CASE("an alert is written with its number and its name", "[evidence]") {
    tls::Transcript connection;
    connection.alerts = {{tls::Direction::received, 2, 45, true, 12us}};
    CHECK(to_json(connection)["alerts"].dump() ==
          R"([{"direction":"received","level":2,"description":45,"name":"certificate_expired",)"
          R"("in_clear":true,"at_us":12}])");
}

TEST_CASE("a ClientHello is written with all that the client offered", "[evidence]") {
    tls::Transcript connection;
    connection.hello =
        tls::ClientHello{"a.guise.test", {"h2", "http/1.1"}, {772, 771}, {4865}, {29}, {1027}, {0, 10}, true};
    CHECK(to_json(connection)["hello"].dump() ==
          R"({"server_name":"a.guise.test","alpn":["h2","http/1.1"],"versions":[772,771],)"
          R"("cipher_suites":[4865],"groups":[29],"signature_schemes":[1027],"extensions":[0,10],)"
          R"("offers_resumption":true,"ja4":"t13d0102h2_0f2cb44170f4_1128d980f6b5"})");
}

TEST_CASE("a ClientHello without ALPN has a list of none", "[evidence]") {
    tls::Transcript connection;
    connection.hello.emplace();
    CHECK(to_json(connection)["hello"]["alpn"].dump() == "[]");
}

TEST_CASE("names in a ClientHello that are no UTF-8 are kept as base64", "[evidence]") {
    tls::Transcript connection;
    connection.hello.emplace();
    connection.hello->server_name = "\xff";
    connection.hello->alpn = {"\xff\xfe"};
    const auto hello = to_json(connection)["hello"];
    CHECK(hello["server_name"]["base64"] == "/w==");
    CHECK(hello["alpn"][0]["base64"] == "//4=");
}

TEST_CASE("what a client sent is kept to the byte, inside TLS and outside", "[evidence]") {
    tls::Transcript connection;
    connection.application = "GET / HTTP/1.1\r\n";
    connection.clear = std::string("\x80\0", 2);
    CHECK(to_json(connection)["application"] == "GET / HTTP/1.1\r\n");
    CHECK(to_json(connection)["clear"]["base64"] == "gAA=");
}

TEST_CASE("a proof of the secret is written where there was one", "[evidence]") {
    tls::Transcript connection;
    CHECK_FALSE(to_json(connection).contains("secret_proven"));
    CHECK_FALSE(to_json(connection).contains("visit"));
    connection.secret_proven = true;
    CHECK(to_json(connection)["secret_proven"] == true);
}

TEST_CASE("the steps of a conversation keep their order", "[evidence]") {
    tls::Transcript connection;
    connection.steps = {{tls::Direction::received, "ClientHello", 517, 3us},
                        {tls::Direction::sent, "ServerHello", 90, 5us}};
    CHECK(to_json(connection)["steps"].dump() ==
          R"([{"direction":"received","what":"ClientHello","bytes":517,"at_us":3},)"
          R"({"direction":"sent","what":"ServerHello","bytes":90,"at_us":5}])");
}

TEST_CASE("the evidence of a visit holds its connections, its client and its canary", "[evidence]") {
    evidence::VisitEvidence evidence;
    evidence.connections.resize(2);
    evidence.canary = "canary-1";
    evidence.client_deadline = 10s;
    evidence.adapter = true;
    auto json = to_json(evidence);
    CHECK(json["connections"].size() == 2);
    CHECK(json["process"].is_object());
    json.erase("connections");
    json.erase("process");
    CHECK(json.dump() == R"({"canary":"canary-1","client_deadline_s":10,"adapter":true})");
}

TEST_CASE("a visit without connections has a list of none", "[evidence]") {
    CHECK(to_json(evidence::VisitEvidence{})["connections"].dump() == "[]");
}

TEST_CASE("what the client was shown is written with the times and names that it holds", "[evidence]") {
    evidence::VisitEvidence evidence;
    evidence.presented = {
        "a.guise.test", 8443, "CN=Root \xc3\xa9",
        "\xe9",         true, std::chrono::sys_days(std::chrono::year(2127) / 1 / 31) + 86399s,
        "a1",           "b2"};
    CHECK(to_json(evidence)["presented"].dump() ==
          "{\"host\":\"a.guise.test\",\"port\":8443,\"issuer\":\"CN=Root \xc3\xa9\","
          R"("issuer_name":{"base64":"6Q=="},"self_signed":true,"not_after":"2127-01-31T23:59:59Z",)"
          R"("sha1":"a1","sha256":"b2","subject":""})");
}

TEST_CASE("what is shown after a swap is written where something is", "[evidence]") {
    evidence::VisitEvidence evidence;
    CHECK_FALSE(to_json(evidence).contains("swapped"));
    evidence.swapped = "trust/changed visit 2 swap";
    CHECK(to_json(evidence)["swapped"] == "trust/changed visit 2 swap");
}

TEST_CASE("each certificate that was shown is written, and of one that cannot be read its digest",
          "[evidence]") {
    evidence::VisitEvidence evidence;
    CHECK_FALSE(to_json(evidence).contains("chain"));
    pki::CertificateFacts leaf;
    leaf.subject = "CN=a";
    leaf.issuer = "CN=r";
    leaf.names = {"dns:a.test"};
    leaf.key = "p256";
    leaf.signature = "ecdsa-sha256";
    leaf.serial = "0a";
    leaf.sha256 = "b2";
    pki::CertificateFacts unreadable;
    unreadable.sha256 = "c3";
    evidence.chain = {leaf, unreadable};
    CHECK(to_json(evidence)["chain"].dump() ==
          R"([{"subject":"CN=a","issuer":"CN=r","names":["dns:a.test"],"not_before":"1970-01-01T00:00:00Z",)"
          R"("not_after":"1970-01-01T00:00:00Z","key":"p256","signature":"ecdsa-sha256","is_ca":false,)"
          R"("self_signed":false,"serial":"0a","sha256":"b2"},{"sha256":"c3"}])");
}

}  // namespace guise::evidence::evidence_json_test
