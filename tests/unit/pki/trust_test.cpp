#include "pki/trust.hpp"

#include "pki/support.hpp"

namespace guise::pki::trust_test {

using namespace guise::pki::test;

namespace {

struct Made {
    std::vector<Bytes> sent;
    Bytes root;
};

Made make(const std::string& recipe) {
    const Chain chain = minted(recipe);
    return {chain.presentation->certificates, chain.path.back().der};
}

}  // namespace

TEST_CASE("a chain that leads to an anchor is trusted", "[pki][trust]") {
    const auto* recipe = GENERATE("leaf", "root-leaf");
    const Made made = make(recipe);
    CHECK(why_untrusted(made.sent, {made.root}, new_year).empty());
}

TEST_CASE("another root of the same name is no anchor", "[pki][trust]") {
    CHECK_FALSE(why_untrusted(make("leaf").sent, {make("leaf").root}, new_year).empty());
}

TEST_CASE("a chain without its intermediate leads nowhere", "[pki][trust]") {
    const Made made = make("leaf");
    CHECK(why_untrusted({made.sent[0]}, {made.root}, new_year) == "unable to get local issuer certificate");
}

TEST_CASE("trust ends with the dates", "[pki][trust]") {
    const Made made = make("leaf");
    CHECK(why_untrusted(made.sent, {made.root}, new_year + std::chrono::days(40)) ==
          "certificate has expired");
}

TEST_CASE("what is no certificate is not trusted", "[pki][trust]") {
    CHECK(why_untrusted({Bytes{1, 2, 3}}, {Bytes{4}}, new_year) == "not a certificate");
    CHECK(why_untrusted({}, {}, new_year) == "not a certificate");
}

}  // namespace guise::pki::trust_test
