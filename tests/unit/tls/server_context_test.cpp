#include "tls/server_context.hpp"

#include "kit.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

namespace guise::tls::server_context_test {

TEST_CASE("a choice of nothing gets unrecognized_name", "[tls][context]") {
    Engine engine([](const ClientHello&) { return nullptr; }, kit::ticking());
    kit::Client client;
    kit::converse(engine, client);
    CHECK(client.alerts_seen == Bytes{112});
    const Transcript& transcript = engine.transcript();
    REQUIRE(transcript.alerts.size() == 1);
    CHECK(transcript.alerts[0].direction == Direction::sent);
    CHECK(transcript.alerts[0].description == 112);
    CHECK(transcript.error == "nothing to present for 'kit.guise.test'");
    CHECK(engine.dead());
    CHECK(engine.failed());
    CHECK_FALSE(transcript.certificate_sent);
}

TEST_CASE("an exception of the choice ends the handshake and goes no further", "[tls][context]") {
    Engine engine(
        [](const ClientHello&) -> std::shared_ptr<const Presentation> { throw std::logic_error("oops"); },
        kit::ticking());
    kit::Client client;
    kit::converse(engine, client);
    CHECK(engine.dead());
    CHECK(engine.transcript().error == "choosing a presentation: oops");
}

TEST_CASE("what cannot be presented gets internal_error", "[tls][context]") {
    Presentation shown = kit::present();
    shown.certificates.front().resize(10);
    Engine engine(kit::always(shown), kit::ticking());
    kit::Client client;
    kit::converse(engine, client);
    CHECK(client.alerts_seen == Bytes{80});
    CHECK_THAT(engine.transcript().error, Catch::Contains("the leaf cannot be sent"));
}

TEST_CASE("http/1.1 is chosen from a client's protocols, and nothing else is", "[tls][context]") {
    const auto chosen = [](std::string offer) {
        Engine engine(kit::always(kit::present()), kit::ticking());
        kit::Client client;
        SSL_set_alpn_protos(client.ssl(), reinterpret_cast<const std::uint8_t*>(offer.data()), offer.size());
        kit::converse(engine, client);
        CHECK(engine.finished());
        const std::uint8_t* name = nullptr;
        unsigned size = 0;
        SSL_get0_alpn_selected(client.ssl(), &name, &size);
        return std::string(as_text({name, size}));
    };
    CHECK(chosen("\x02h2\x08http/1.1") == "http/1.1");
    CHECK(chosen("\x02h2").empty());
}

TEST_CASE("no client gets a ticket", "[tls][context]") {
    for (const auto versions : {Versions::tls12, Versions::tls13}) {
        Engine engine(kit::always(kit::present(kit::ec_key(), versions)), kit::ticking());
        kit::Client client;
        kit::converse(engine, client);
        CHECK(engine.finished());
        CHECK_FALSE(client.seen.contains(4));
    }
}

}  // namespace guise::tls::server_context_test
