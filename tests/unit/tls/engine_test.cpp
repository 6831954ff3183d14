#include "tls/engine.hpp"

#include "kit.hpp"

#include <catch2/catch.hpp>

#include <random>

namespace guise::tls::engine_test {
namespace {

const Bytes clear_unknown_ca = *from_hex("15030300020230");

Engine engine_for(Presentation presentation) {
    return Engine(kit::always(std::move(presentation)), kit::ticking());
}

// The engine after it has answered a ClientHello and sent its flight.
void answer_hello(Engine& engine, kit::Client& client) {
    client.step();
    engine.receive(client.take_output());
    REQUIRE(engine.transcript().certificate_sent);
    (void)engine.take_output();
}

}  // namespace

TEST_CASE("a handshake is finished and written down", "[tls][engine]") {
    const auto versions = GENERATE(Versions::tls12, Versions::tls13);
    const auto key = GENERATE(kit::ec_key(), kit::rsa_key(), kit::make_ec_key(NID_secp521r1));
    Engine engine = engine_for(kit::present(key, versions));
    kit::Client client;
    kit::converse(engine, client);
    CHECK(client.error.empty());
    CHECK(client.finished);
    CHECK(engine.finished());
    CHECK_FALSE(engine.dead());
    const Transcript& transcript = engine.transcript();
    CHECK(transcript.speaks_tls);
    CHECK(transcript.presented == "kit");
    CHECK(transcript.hello.value().server_name == "kit.guise.test");
    CHECK(transcript.certificate_sent);
    CHECK(transcript.finished);
    CHECK_FALSE(transcript.resumed);
    CHECK(transcript.version == (versions == Versions::tls12 ? "TLSv1.2" : "TLSv1.3"));
    CHECK_THAT(transcript.cipher, Catch::StartsWith("TLS_"));
    CHECK(transcript.group == "X25519");  // the client offers no hybrid one
    CHECK(transcript.alerts.empty());
    CHECK(transcript.error.empty());
    CHECK(transcript.bytes_in > 200);
    CHECK(transcript.bytes_out > transcript.bytes_in / 2);
    CHECK(kit::has_step(transcript, Direction::received, "ClientHello"));
    CHECK(kit::has_step(transcript, Direction::sent, "Certificate"));
    CHECK(kit::has_step(transcript, Direction::received, "Finished"));
    CHECK(std::ranges::is_sorted(transcript.steps, {}, &Step::at));
}

TEST_CASE("a client that needs another group is asked for it", "[tls][engine]") {
    Engine engine = engine_for(kit::present());
    kit::Client client;
    SSL_set1_curves_list(client.ssl(), "P-521:P-256");  // it sends a share of the first only
    kit::converse(engine, client);
    CHECK(engine.finished());
    CHECK(engine.transcript().version == "TLSv1.3");
}

TEST_CASE("application data goes both ways", "[tls][engine]") {
    Engine engine = engine_for(kit::present());
    kit::Client client;
    engine.send(as_bytes("too early"));
    kit::converse(engine, client);
    client.send("GET / HTTP/1.1\r\n\r\n");
    kit::converse(engine, client);
    CHECK(engine.take_plaintext() == "GET / HTTP/1.1\r\n\r\n");
    CHECK(engine.take_plaintext().empty());
    CHECK(engine.transcript().application_bytes == 18);
    engine.send(as_bytes("guise\n"));
    engine.close_notify();
    engine.close_notify();
    kit::converse(engine, client);
    CHECK(client.plaintext == "guise\n");
    CHECK(client.alerts_seen == Bytes{0});
    client.send("more");  // our close_notify ends only our direction
    client.close_notify();
    kit::converse(engine, client);
    CHECK(engine.transcript().application == "GET / HTTP/1.1\r\n\r\nmore");
    CHECK(engine.transcript().close_notify);
    CHECK_FALSE(engine.dead());
}

TEST_CASE("of much application data the beginning is kept and all of it counted", "[tls][engine]") {
    Engine engine = engine_for(kit::present());
    kit::Client client;
    kit::converse(engine, client);
    client.send(std::string(150'000, 'x'));
    kit::converse(engine, client);
    CHECK(engine.transcript().application_bytes == 150'000);
    CHECK(engine.transcript().application.size() == 65'536);
    CHECK(engine.take_plaintext().size() == 150'000);
}

TEST_CASE("a clear alert after the ServerHello is seen and not answered", "[tls][engine]") {
    Engine engine = engine_for(kit::present(kit::ec_key(), Versions::tls13));
    kit::Client client;
    answer_hello(engine, client);
    const std::size_t cut = GENERATE(1, 5, 6, 7);
    engine.receive(ByteView(clear_unknown_ca).first(cut));
    engine.receive(ByteView(clear_unknown_ca).subspan(cut));
    CHECK(engine.take_output().empty());
    CHECK(engine.dead());
    CHECK_FALSE(engine.failed());
    const Transcript& transcript = engine.transcript();
    REQUIRE(transcript.alerts.size() == 1);
    CHECK(transcript.alerts[0].direction == Direction::received);
    CHECK(transcript.alerts[0].level == 2);
    CHECK(transcript.alerts[0].description == 48);
    CHECK(transcript.alerts[0].in_clear);
    CHECK_FALSE(transcript.finished);
}

TEST_CASE("a clear alert in one segment with the ClientHello or a ChangeCipherSpec is seen",
          "[tls][engine]") {
    Engine engine = engine_for(kit::present(kit::ec_key(), Versions::tls13));
    kit::Client client;
    client.step();
    Bytes bytes = client.take_output();
    const Bytes change = *from_hex("140303000101");
    bytes.insert(bytes.end(), change.begin(), change.end());
    bytes.insert(bytes.end(), clear_unknown_ca.begin(), clear_unknown_ca.end());
    engine.receive(bytes);
    REQUIRE(engine.transcript().alerts.size() == 1);
    CHECK(engine.transcript().alerts[0].in_clear);
}

TEST_CASE("an alert of TLS 1.2 before the encryption is not called clear", "[tls][engine]") {
    Engine engine = engine_for(kit::present(kit::ec_key(), Versions::tls12));
    kit::Client client;
    client.refusal = 45;
    kit::converse(engine, client);
    CHECK(client.error == "CERTIFICATE_VERIFY_FAILED");
    REQUIRE(engine.transcript().alerts.size() == 1);
    CHECK(engine.transcript().alerts[0].description == 45);
    CHECK_FALSE(engine.transcript().alerts[0].in_clear);
    CHECK(engine.dead());
    CHECK_FALSE(engine.failed());
}

TEST_CASE("a clear alert after the ChangeCipherSpec of TLS 1.2 is seen and not answered", "[tls][engine]") {
    Engine engine = engine_for(kit::present(kit::ec_key(), Versions::tls12));
    kit::Client client;
    kit::converse(engine, client);
    REQUIRE(engine.finished());
    engine.receive(clear_unknown_ca);
    CHECK(engine.take_output().empty());
    REQUIRE(engine.transcript().alerts.size() == 1);
    CHECK(engine.transcript().alerts[0].in_clear);
    CHECK(engine.dead());
}

TEST_CASE("an encrypted alert is seen", "[tls][engine]") {
    Engine engine = engine_for(kit::present(kit::ec_key(), Versions::tls13));
    kit::Client client;
    client.refusal = 48;
    kit::converse(engine, client);
    REQUIRE(engine.transcript().alerts.size() == 1);
    CHECK(engine.transcript().alerts[0].description == 48);
    CHECK_FALSE(engine.transcript().alerts[0].in_clear);
    CHECK_FALSE(engine.transcript().finished);
    CHECK(engine.dead());
    CHECK_FALSE(engine.failed());
}

TEST_CASE("an alert after Finished is seen", "[tls][engine]") {
    const auto versions = GENERATE(Versions::tls12, Versions::tls13);
    Engine engine = engine_for(kit::present(kit::ec_key(), versions));
    kit::Client client;
    kit::converse(engine, client);
    SSL_send_fatal_alert(client.ssl(), 42);
    kit::converse(engine, client);
    REQUIRE(engine.transcript().alerts.size() == 1);
    CHECK(engine.transcript().alerts[0].description == 42);
    CHECK(engine.transcript().finished);
    CHECK(engine.dead());
}

TEST_CASE("an alert after our own failure is seen", "[tls][engine]") {
    Engine engine = engine_for(kit::present(kit::ec_key(), Versions::tls13));
    kit::Client client;
    answer_hello(engine, client);
    engine.receive(*from_hex("1703030020" + std::string(64, '7')));  // encrypted with no key of ours
    CHECK(engine.dead());
    CHECK(engine.failed());
    CHECK_FALSE(engine.take_output().empty());
    engine.receive(clear_unknown_ca);
    REQUIRE(engine.transcript().alerts.size() == 2);
    CHECK(engine.transcript().alerts[0].direction == Direction::sent);
    CHECK(engine.transcript().alerts[1].description == 48);
    CHECK(engine.take_output().empty());
    CHECK_FALSE(engine.transcript().error.empty());
}

TEST_CASE("what is no TLS is kept as it came", "[tls][engine]") {
    const std::string request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    Engine engine = engine_for(kit::present());
    for (const char& c : request) engine.receive(as_bytes({&c, 1}));
    CHECK(engine.transcript().clear == request);
    CHECK_FALSE(engine.transcript().speaks_tls);
    CHECK(engine.dead());
    CHECK_FALSE(engine.failed());
    CHECK(engine.take_output().empty());
    engine.receive(Bytes(100'000, 'y'));
    CHECK(engine.transcript().clear.size() == 65'536);
    CHECK(engine.transcript().bytes_in == 100'000 + request.size());
}

TEST_CASE("a stream that does not begin with a handshake does not speak TLS", "[tls][engine]") {
    Engine engine = engine_for(kit::present());
    engine.receive(clear_unknown_ca);
    CHECK_FALSE(engine.transcript().speaks_tls);
    CHECK(engine.transcript().alerts.at(0).description == 48);
    CHECK_FALSE(engine.transcript().alerts.at(0).in_clear);
    CHECK(engine.dead());
}

TEST_CASE("half a record header is kept as what came", "[tls][engine]") {
    Engine engine = engine_for(kit::present());
    engine.receive(*from_hex("160301"));
    engine.ended(Ending::client_closed);
    CHECK_FALSE(engine.transcript().speaks_tls);
    CHECK(as_bytes(engine.transcript().clear).size() == 3);
}

TEST_CASE("half a ClientHello is TLS without an offer", "[tls][engine]") {
    Engine engine = engine_for(kit::present());
    kit::Client client;
    client.step();
    const Bytes hello = client.take_output();
    engine.receive(ByteView(hello).first(hello.size() / 2));
    engine.ended(Ending::client_closed);
    CHECK(engine.transcript().speaks_tls);
    CHECK_FALSE(engine.transcript().hello);
    CHECK_FALSE(engine.dead());
    CHECK(engine.transcript().ending == Ending::client_closed);
}

TEST_CASE("the first ending counts", "[tls][engine]") {
    Engine engine = engine_for(kit::present());
    CHECK(engine.transcript().ending == Ending::open);
    engine.ended(Ending::client_reset);
    const auto lasted = engine.transcript().lasted;
    engine.ended(Ending::deadline);
    CHECK(engine.transcript().ending == Ending::client_reset);
    CHECK(engine.transcript().lasted == lasted);
}

TEST_CASE("a close_notify inside the handshake ends it", "[tls][engine]") {
    Engine engine = engine_for(kit::present(kit::ec_key(), Versions::tls12));
    kit::Client client;
    answer_hello(engine, client);
    engine.receive(*from_hex("15030300020100"));
    CHECK(engine.transcript().close_notify);
    CHECK(engine.dead());
    CHECK_FALSE(engine.failed());
}

TEST_CASE("a leaf that BoringSSL refuses goes on the wire byte for byte", "[tls][engine]") {
    const auto versions = GENERATE(Versions::tls12, Versions::tls13);
    const auto key = GENERATE(kit::ec_key(), kit::rsa_key());
    Presentation shown = kit::present(key, versions);
    Bytes& leaf = shown.certificates.front();
    SECTION("with a trailing byte") { leaf.push_back(0); }
    SECTION("cut at its end") { leaf.pop_back(); }
    SECTION("without any sense") { leaf.assign(leaf.size(), 0x5a); }
    shown.certificates.push_back(kit::make_certificate(kit::other_ec_key()));
    const auto chain = shown.certificates;
    Engine engine = engine_for(std::move(shown));
    kit::Client client;
    kit::converse(engine, client);
    CHECK(kit::contains(client.seen[11], chain[0]));
    CHECK(kit::contains(client.seen[11], chain[1]));
    CHECK(engine.transcript().certificate_sent);
    CHECK_FALSE(engine.transcript().alerts.empty());
}

TEST_CASE("a swapped leaf survives a HelloRetryRequest", "[tls][engine]") {
    Presentation shown = kit::present();
    shown.certificates.front().push_back(0);
    const Bytes leaf = shown.certificates.front();
    Engine engine = engine_for(std::move(shown));
    kit::Client client;
    SSL_set1_curves_list(client.ssl(), "P-521:P-256");
    kit::converse(engine, client);
    CHECK(kit::contains(client.seen[11], leaf));
}

TEST_CASE("a staple goes with the certificate", "[tls][engine]") {
    const auto versions = GENERATE(Versions::tls12, Versions::tls13);
    Presentation shown = kit::present(kit::ec_key(), versions);
    shown.ocsp_response = Bytes(40, 0x33);
    Engine engine = engine_for(std::move(shown));
    kit::Client client;
    kit::converse(engine, client);
    const std::uint8_t* staple = nullptr;
    std::size_t size = 0;
    SSL_get0_ocsp_response(client.ssl(), &staple, &size);
    CHECK(Bytes(staple, staple + size) == Bytes(40, 0x33));
}

TEST_CASE("a client that needs another version is refused before our certificate", "[tls][engine]") {
    Engine engine = engine_for(kit::present(kit::ec_key(), Versions::tls13));
    kit::Client client;
    SSL_set_max_proto_version(client.ssl(), TLS1_2_VERSION);
    kit::converse(engine, client);
    CHECK(client.alerts_seen == Bytes{70});
    CHECK(engine.failed());
    CHECK_FALSE(engine.transcript().certificate_sent);
    CHECK(engine.transcript().error == "UNSUPPORTED_PROTOCOL");
}

TEST_CASE("a conversation of single bytes is the same conversation", "[tls][engine]") {
    const auto versions = GENERATE(Versions::tls12, Versions::tls13);
    Engine engine = engine_for(kit::present(kit::ec_key(), versions));
    kit::Client client;
    kit::converse(engine, client, 1);
    client.send("hello");
    kit::converse(engine, client, 1);
    CHECK(engine.finished());
    CHECK(engine.take_plaintext() == "hello");
    CHECK(engine.transcript().alerts.empty());
}

namespace {

// What a client sends in a whole conversation; the cut makes it vanish after `limit` bytes.
Transcript converse_up_to(std::size_t limit, Versions versions) {
    Engine engine = engine_for(kit::present(kit::ec_key(), versions));
    kit::Client client;
    std::size_t sent = 0;
    client.step();
    for (bool asked = false; sent < limit;) {
        if (client.finished && !std::exchange(asked, true)) {
            client.send("hello");
            client.close_notify();
        }
        const Bytes up = client.take_output();
        const auto part = ByteView(up).first(std::min(up.size(), limit - sent));
        engine.receive(part);
        sent += part.size();
        const Bytes down = engine.take_output();
        if (up.empty() && down.empty()) break;
        if (!down.empty()) client.receive(down);
    }
    engine.ended(Ending::client_closed);
    return engine.transcript();
}

}  // namespace

TEST_CASE("a client that vanishes after any byte leaves a clean transcript", "[tls][engine]") {
    const auto versions = GENERATE(Versions::tls12, Versions::tls13);
    const Transcript whole = converse_up_to(100'000, versions);
    REQUIRE(whole.close_notify);
    REQUIRE(whole.application == "hello");
    for (std::size_t limit = 0; limit < whole.bytes_in; ++limit) {
        const Transcript cut = converse_up_to(limit, versions);
        REQUIRE(cut.bytes_in == limit);
        CHECK(cut.ending == Ending::client_closed);
        CHECK(cut.alerts.empty());
        CHECK(cut.error.empty());
        CHECK(cut.speaks_tls == (limit >= 5));
        CHECK(cut.application.size() <= 5);
    }
}

TEST_CASE("no random bytes do harm", "[tls][engine]") {
    std::mt19937 random(3);
    const auto choose = kit::always(kit::present());
    for (int round = 0; round < 1000; ++round) {
        Engine engine(choose, kit::ticking());
        kit::Client client;
        client.step();
        Bytes bytes = client.take_output();
        if (round % 4 == 0) std::ranges::generate(bytes, [&] { return static_cast<std::uint8_t>(random()); });
        for (int flips = 0; flips < round % 4; ++flips)
            bytes[random() % bytes.size()] = static_cast<std::uint8_t>(random());
        engine.receive(bytes);
        for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
        if (round % 2) bytes[0] = 0x17, bytes[1] = bytes[2] = 3;
        engine.receive(bytes);
        engine.send(bytes);
        engine.close_notify();
        engine.ended(Ending::client_reset);
        CHECK(engine.transcript().bytes_in == 2 * bytes.size());
        CHECK_FALSE(engine.finished());
    }
}

namespace {

void put_u16(Bytes& out, std::size_t at, std::size_t value) {
    out[at] = static_cast<std::uint8_t>(value >> 8);
    out[at + 1] = static_cast<std::uint8_t>(value);
}

// The first flight of a client, its ClientHello padded (RFC 7685) until the message's body has `size` bytes.
Bytes hello_of(std::size_t size) {
    kit::Client client;
    client.step();
    Bytes message = client.take_output();
    message.erase(message.begin(), message.begin() + 5);  // the record's header
    const std::size_t padding = size - (message.size() - 4) - 4;
    std::size_t at = 4 + 2 + 32;                      // header, version, random
    at += 1U + message[at];                           // session id
    at += 2U + (message[at] << 8 | message[at + 1]);  // suites
    at += 1U + message[at];                           // compression methods
    put_u16(message, at, (message[at] << 8 | message[at + 1]) + padding + 4);
    message.insert(message.end(), {0, 21, 0, 0});
    put_u16(message, message.size() - 2, padding);
    message.resize(message.size() + padding);
    put_u16(message, 2, size);
    Bytes out;
    for (ByteView rest = message; !rest.empty();) {
        const ByteView part = rest.first(std::min<std::size_t>(rest.size(), 16'384));
        out.insert(out.end(), {22, 3, 1, 0, 0});
        put_u16(out, out.size() - 2, part.size());
        out.insert(out.end(), part.begin(), part.end());
        rest = rest.subspan(part.size());
    }
    return out;
}

}  // namespace

TEST_CASE("a ClientHello has 16 KiB and no more", "[tls][engine]") {
    const bool past = GENERATE(false, true);
    Engine engine = engine_for(kit::present());
    engine.receive(hello_of(16'384 + (past ? 1 : 0)));
    CHECK(engine.transcript().hello.has_value() == !past);
    CHECK(engine.failed() == past);
    CHECK(engine.transcript().certificate_sent == !past);
}

}  // namespace guise::tls::engine_test
