#include "tls/nested_transport.hpp"

#include "tls/engine.hpp"
#include "tls/kit.hpp"
#include "tls/plain_transport.hpp"

#include <catch2/catch.hpp>

#include <utility>

namespace guise::tls::nested_transport_test {
namespace {

std::unique_ptr<Engine> engine(const kit::Key& key) {
    return std::make_unique<Engine>(kit::always(kit::present(key)), kit::ticking());
}

// A server that speaks TLS inside TLS, and a client of it.
struct Pair {
    NestedTransport server{engine(kit::ec_key()), engine(kit::other_ec_key())};
    kit::Client outer;
    kit::Client inner;

    // Carries bytes both ways until neither side has more to say.
    void converse() {
        outer.step();
        for (;;) {
            if (outer.finished) inner.step();
            const Bytes inside = inner.take_output();
            if (!inside.empty()) outer.send(as_text(inside));
            const Bytes up = outer.take_output();
            if (!up.empty()) server.receive(up);
            const Bytes down = server.take_output();
            if (up.empty() && down.empty()) return;
            if (!down.empty()) outer.receive(down);
            const std::string came = std::exchange(outer.plaintext, {});
            if (!came.empty()) inner.receive(as_bytes(came));
        }
    }
};

}  // namespace

TEST_CASE("TLS inside TLS is a handshake inside the other's data", "[tls][transport]") {
    Pair pair;
    CHECK_FALSE(pair.server.finished());
    pair.converse();
    REQUIRE(pair.inner.finished);
    CHECK(pair.server.finished());
    CHECK(pair.server.secured());
    pair.inner.send("question");
    pair.converse();
    CHECK(pair.server.take_plaintext() == "question");
    pair.server.send(as_bytes("answer"));
    pair.server.close_notify();
    pair.converse();
    CHECK(pair.inner.plaintext == "answer");
    CHECK(pair.inner.alerts_seen == Bytes{0});
    CHECK(pair.outer.alerts_seen == Bytes{0});
    // Neither handshake is a part of the other's evidence.
    const Transcript& inner = pair.server.transcript();
    const Transcript& outer = pair.server.outer().transcript();
    CHECK(inner.application == "question");
    CHECK(inner.certificate_sent);
    CHECK(outer.certificate_sent);
    CHECK(outer.application.find("question") == std::string::npos);
    CHECK(outer.bytes_in > inner.bytes_in);
}

TEST_CASE("a refusal inside leaves the outer connection alive", "[tls][transport]") {
    Pair pair;
    pair.inner.refusal = 48;
    pair.converse();
    CHECK(pair.server.dead());
    CHECK_FALSE(pair.server.failed());
    CHECK_FALSE(pair.server.outer().dead());
    REQUIRE(pair.server.transcript().alerts.size() == 1);
    CHECK(pair.server.transcript().alerts[0].description == 48);
    CHECK(pair.server.outer().transcript().alerts.empty());
}

TEST_CASE("a refusal outside leaves nothing for the inner connection", "[tls][transport]") {
    Pair pair;
    pair.outer.refusal = 42;
    pair.converse();
    CHECK(pair.server.dead());
    CHECK_FALSE(pair.server.transcript().hello.has_value());
    REQUIRE(pair.server.outer().transcript().alerts.size() == 1);
    CHECK(pair.server.outer().transcript().alerts[0].description == 42);
    pair.server.ended(Ending::client_closed);
    CHECK(pair.server.transcript().ending == Ending::client_closed);
    CHECK(pair.server.outer().transcript().ending == Ending::client_closed);
}

TEST_CASE("what the inner transport says before the outer is there waits for it", "[tls][transport]") {
    NestedTransport server(engine(kit::ec_key()), std::make_unique<PlainTransport>(kit::ticking()));
    server.send(as_bytes("greeting"));
    CHECK(server.take_output().empty());
    kit::Client client;
    client.step();
    while (!client.finished) {
        server.receive(client.take_output());
        client.receive(server.take_output());
    }
    server.receive(client.take_output());
    client.receive(server.take_output());
    CHECK(client.plaintext == "greeting");
    CHECK(server.stopped() == MutationKind::none);
}

}  // namespace guise::tls::nested_transport_test
