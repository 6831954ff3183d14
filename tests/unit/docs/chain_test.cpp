#include "docs/chain.hpp"

#include "docs/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::docs::chain_test {
namespace {

// The chain of the first visit of a case.
SeenChain chain_of(const std::string& id) {
    const scenario::Scenario* scenario = page_kit::inputs().catalogue.find(id);
    REQUIRE(scenario);
    return look_at(page_kit::inputs().library, *scenario,
                   std::get<scenario::Connect>(scenario->visits.front().action).present);
}

}  // namespace

TEST_CASE("a chain is seen from its anchor down to its leaf", "[chain]") {
    const SeenChain chain = chain_of("trust/ca-signed[tls=1.3]");
    REQUIRE(chain.path.size() == 3);
    CHECK(chain.path[0].recipe == "root");
    CHECK(chain.path[0].anchor);
    CHECK(chain.path[0].sent == Sent::kept);
    CHECK(chain.path[2].recipe == "leaf");
    CHECK(chain.path[2].sent == Sent::sent);
    CHECK(chain.anchored);
}

TEST_CASE("a defect sits on the certificate that it changes, with its level there", "[chain]") {
    const SeenChain leaf = chain_of("validity/expired[position=leaf,tls=1.3]");
    CHECK(leaf.path[2].defects == std::vector<std::string>{"expired (must)"});
    CHECK(leaf.path[1].defects.empty());
    CHECK(leaf.path[2].facts.back() == "p256, valid -400d to -30d");
    const SeenChain root = chain_of("validity/expired[position=root,tls=1.3]");
    CHECK(root.path[0].defects == std::vector<std::string>{"expired (may)"});
}

TEST_CASE("an order that is not the path's is told", "[chain]") {
    CHECK(chain_of("trust/ca-signed[tls=1.3]").order.empty());
    const SeenChain chain = chain_of("trust/root-sent");
    CHECK(chain.order == std::vector<std::string>{"1. leaf", "2. intermediate", "3. root"});
    CHECK(chain.path[0].sent == Sent::sent);
    CHECK(page_kit::has(chain.sentence(), "sent in this order: 1. leaf, 2. intermediate, 3. root"));
}

TEST_CASE("what is not sent breaks the path to the anchor", "[chain]") {
    const SeenChain chain = chain_of("trust/missing-intermediate");
    CHECK(chain.path[1].sent == Sent::missing);
    CHECK_FALSE(chain.anchored);
    CHECK(page_kit::has(chain.sentence(), "intermediate, which is not sent"));
    CHECK(page_kit::has(chain.sentence(), "No path leads to an anchor of the client's."));
}

TEST_CASE("a defect of the handshake is on no certificate", "[chain]") {
    const SeenChain chain = chain_of("handshake/wrong-signature[tls=1.3]");
    CHECK(chain.handshake == std::vector<std::string>{"no-proof (must)"});
    for (const SeenCertificate& one : chain.path) CHECK(one.defects.empty());
}

TEST_CASE("what signs itself is told, and trusted only where it was installed", "[chain]") {
    const SeenChain chain = chain_of("trust/self-signed");
    REQUIRE(chain.path.size() == 1);
    CHECK_FALSE(chain.path[0].anchor);
    CHECK(chain.path[0].facts.back() == "signed by itself");
    scenario::Scenario installed = *page_kit::inputs().catalogue.find("trust/self-signed");
    installed.trust = {{"self-signed", "a"}};
    CHECK(look_at(page_kit::inputs().library, installed, {.leaf = "self-signed"}).path[0].anchor);
}

TEST_CASE("a signature that does not verify is between its certificate and the one above", "[chain]") {
    pki::Present present{.leaf = "leaf"};
    present.defects.push_back({.name = "bad-signature", .at = pki::Position::intermediate});
    const SeenChain chain =
        look_at(page_kit::inputs().library, *page_kit::inputs().catalogue.find("trust/self-signed"), present);
    CHECK(chain.path[1].unverifiable);
    CHECK_FALSE(chain.path[2].unverifiable);
}

TEST_CASE("of many names a few are told, and of a repeated one how often", "[chain]") {
    const auto facts =
        facts_of(page_kit::inputs().library.recipes.at("many-names-leaf"), pki::Position::leaf);
    CHECK(page_kit::has(facts.front(), "n{number}.elsewhere.guise.test (998 times), {host}"));
    const auto few =
        facts_of(yaml::parse("names: [{dns: a}, {dns: b}, {dns: c}, {dns: d}, {dns: e}]", "test").value(),
                 pki::Position::leaf);
    CHECK(page_kit::has(few.front(), "a, b, c, d and 1 more"));
}

TEST_CASE("the constraints of a CA are told", "[chain]") {
    const auto facts = facts_of(page_kit::inputs().library.recipes.at("constrained-intermediate"),
                                pki::Position::intermediate);
    CHECK(page_kit::has(facts.back(), "names: "));
}

}  // namespace guise::docs::chain_test
