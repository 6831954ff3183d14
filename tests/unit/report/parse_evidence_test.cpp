#include "report/parse_evidence.hpp"

#include "report/evidence_json.hpp"

#include <catch2/catch.hpp>

using namespace guise;
using namespace guise::report;
using namespace std::chrono_literals;

namespace {

// Every field away from its default.
judge::VisitEvidence full() {
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
    connection.error = "BAD_RECORD";
    connection.peer = "127.0.0.1:4000";
    connection.lasted = 5000us;
    judge::VisitEvidence out;
    out.connections = {connection, tls::Transcript{}};
    out.process = {{"curl", "\xfe"}, 60, std::nullopt, false, "", "out\xff", "err", 12ms};
    out.canary = "canary-1";
    out.client_deadline = 10s;
    out.adapter = true;
    return out;
}

}  // namespace

TEST_CASE("all evidence is read as it was written", "[parse]") {
    const auto json = to_json(full());
    CHECK(to_json(parse_evidence(json)).dump() == json.dump());
}

TEST_CASE("a death by signal is read as one", "[parse]") {
    judge::VisitEvidence evidence;
    evidence.process.signal = 11;
    evidence.process.killed = true;
    const auto read = parse_evidence(to_json(evidence));
    CHECK(read.process.signal == 11);
    CHECK(read.process.killed);
    CHECK_FALSE(read.process.exit_code.has_value());
}

TEST_CASE("an ending that is none is named", "[parse]") {
    auto json = to_json(full());
    json["connections"][0]["ending"] = "happily";
    CHECK_THROWS_WITH(parse_evidence(json), Catch::Contains("'happily' is not one of open"));
}
