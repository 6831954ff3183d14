#include "tls/chain_probe.hpp"

#include "tls/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::tls::chain_probe_test {
namespace {

// Carries bytes both ways until neither side has more to say.
void converse(Engine& engine, ChainProbe& probe) {
    for (;;) {
        const Bytes up = probe.take_output();
        if (!up.empty()) engine.receive(up);
        const Bytes down = engine.take_output();
        if (up.empty() && down.empty()) return;
        if (!down.empty()) probe.receive(down);
    }
}

}  // namespace

TEST_CASE("a probe sees the certificates as the server sent them", "[tls][probe]") {
    const auto versions = GENERATE(Versions::tls12, Versions::tls13);
    const Presentation shown = kit::present(kit::ec_key(), versions);
    Engine engine(kit::always(shown), kit::ticking());
    ChainProbe probe("kit.guise.test");
    converse(engine, probe);
    CHECK(probe.done());
    CHECK(probe.failure().empty());
    CHECK(probe.shown().certificates == shown.certificates);
    CHECK(probe.shown().version == (versions == Versions::tls12 ? "TLSv1.2" : "TLSv1.3"));
    CHECK(engine.transcript().hello->server_name == "kit.guise.test");
}

TEST_CASE("a probe takes keys of every kind", "[tls][probe]") {
    const auto key = GENERATE(kit::rsa_key(), kit::make_ed25519_key(), kit::make_ec_key(NID_secp384r1),
                              kit::make_ec_key(NID_secp521r1));
    const Presentation shown = kit::present(key);
    Engine engine(kit::always(shown), kit::ticking());
    ChainProbe probe("kit.guise.test");
    converse(engine, probe);
    CHECK(probe.failure().empty());
    CHECK(probe.shown().certificates == shown.certificates);
}

TEST_CASE("a probe sends no name for an address", "[tls][probe]") {
    const auto* address = GENERATE("127.0.0.1", "::1", "");
    Engine engine(kit::always(kit::present()), kit::ticking());
    ChainProbe probe(address);
    converse(engine, probe);
    CHECK(engine.transcript().hello->server_name.empty());
}

TEST_CASE("a probe sees the certificates of a server that cannot prove its key", "[tls][probe]") {
    Presentation shown = kit::present();
    shown.signature = SignatureFault::corrupted;
    Engine engine(kit::always(shown), kit::ticking());
    ChainProbe probe("kit.guise.test");
    converse(engine, probe);
    CHECK(probe.done());
    CHECK(probe.failure() == "BAD_SIGNATURE");
    CHECK(probe.shown().certificates == shown.certificates);
}

TEST_CASE("a probe says why there was no handshake", "[tls][probe]") {
    ChainProbe probe("kit.guise.test");
    CHECK_FALSE(probe.take_output().empty());
    probe.receive(as_bytes("HTTP/1.1 400 Bad Request\r\n\r\n"));
    CHECK(probe.done());
    CHECK_FALSE(probe.failure().empty());
    CHECK(probe.shown().certificates.empty());
}

}  // namespace guise::tls::chain_probe_test
