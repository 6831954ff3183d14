#include "tls/install_mutation.hpp"

#include "kit.hpp"
#include "tls/message_rewriter.hpp"

#include <catch2/catch.hpp>

namespace guise::tls::install_mutation_test {
namespace {

std::shared_ptr<const Presentation> room(const Mutation& mutation, bool tls13) {
    Presentation shown = kit::present();
    shown.ocsp_response = {1};
    shown.mutation = mutation;
    return with_room(shown, tls13);
}

}  // namespace

TEST_CASE("an ordinary presentation is left as it is", "[tls][mutation]") {
    CHECK_FALSE(room({}, true));
    CHECK_FALSE(room({MutationKind::heartbeat}, true));
}

TEST_CASE("a chain that is not shown is one leaf of a known size", "[tls][mutation]") {
    for (const auto kind : {MutationKind::empty_certificate, MutationKind::no_certificate}) {
        const auto hidden = room({kind}, false);
        REQUIRE(hidden);
        REQUIRE(hidden->certificates.size() == 1);
        CHECK(hidden->certificates[0].size() == hidden_leaf_size);
        CHECK(hidden->ocsp_response.empty());
    }
}

TEST_CASE("a key that is too large for the hidden leaf is told", "[tls][mutation]") {
    Presentation shown = kit::present(kit::rsa_key());
    shown.mutation.kind = MutationKind::empty_certificate;
    CHECK_FALSE(with_room(shown, true));
    Engine engine(kit::always(shown), kit::ticking());
    kit::Client client;
    kit::converse(engine, client);
    CHECK(engine.failed());
    CHECK_FALSE(engine.transcript().certificate_sent);
}

TEST_CASE("an extension has its room in the chain", "[tls][mutation]") {
    const Mutation mutation{MutationKind::extension, {0xFA, 0xDE, 0, 2, 0, 0}};
    CHECK(room(mutation, true)->certificates.back().size() == 1);
    CHECK(room(mutation, false)->certificates.back().size() == 3);
}

TEST_CASE("a large chain is its last certificate over and over", "[tls][mutation]") {
    const auto large = room({MutationKind::large_certificate}, true);
    std::size_t size = 0;
    for (const Bytes& each : large->certificates) size += each.size();
    CHECK(size >= 200'000);
    CHECK(large->certificates.front() == large->certificates.back());
}

}  // namespace guise::tls::install_mutation_test
