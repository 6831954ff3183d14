#include "pki/ready.hpp"

#include "pki/support.hpp"

namespace guise::pki::ready_test {

using test::repository;
using test::setting;

namespace {

PlannedCertificate planned(const std::string& recipe) {
    return {recipe, Position::leaf, repository().recipes.at(recipe), {}};
}

Ready made(const std::string& recipe, const Setting& where = setting()) {
    return ready(planned(recipe), where, "7").value();
}

}  // namespace

TEST_CASE("a certificate is filled with the host, the address and the name of the run", "[pki][ready]") {
    const Ready leaf = made("leaf");
    CHECK(leaf.name == "leaf");
    REQUIRE_FALSE(leaf.recipe.names.empty());
    CHECK(leaf.recipe.names.front().text == "srv.guise.test");
    CHECK(content_of(made("root")) != content_of(ready(planned("root"), setting(), "8").value()));
}

TEST_CASE("a name of the host is made for each of several", "[pki][ready]") {
    Setting where = setting();
    where.other_hosts = {"localhost"};
    CHECK(made("leaf", where).recipe.names.size() == made("leaf").recipe.names.size() + 1);
}

TEST_CASE("equal contents are equal texts, and nothing else is", "[pki][ready]") {
    CHECK(content_of(made("intermediate")) == content_of(made("intermediate")));
    CHECK(content_of(made("intermediate")) != content_of(made("root")));
    PlannedCertificate edited = planned("leaf");
    edited.edits.push_back(test::tree("[{when: signed, field: signature, do: truncate}]"));
    CHECK(content_of(ready(edited, setting(), "7").value()) != content_of(made("leaf")));
    Ready told = made("leaf");
    told.addresses[Channel::crl] = "http://127.0.0.1:9/x";
    CHECK(content_of(told) != content_of(made("leaf")));
}

TEST_CASE("what an issuer gives to those below it is its name and the kind of its key", "[pki][ready]") {
    const Ready issuer = made("intermediate");
    CHECK(issuer_content_of(issuer) == issuer_content_of(made("intermediate")));
    Ready other = issuer;
    other.name = "another";
    CHECK(issuer_content_of(other) != issuer_content_of(issuer));
    other = issuer;
    other.recipe.subject = made("root").recipe.subject;
    CHECK(issuer_content_of(other) != issuer_content_of(issuer));
    other = issuer;
    other.recipe.algorithm = Algorithm::p384;
    CHECK(issuer_content_of(other) != issuer_content_of(issuer));
}

TEST_CASE("an edit that does not fit is reported", "[pki][ready]") {
    PlannedCertificate wrong = planned("leaf");
    wrong.edits.push_back(test::tree("[{field: nowhere}]"));
    CHECK(ready(wrong, setting(), "7").has_error());
}

TEST_CASE("statements that are fetched get an address of the chain's own", "[pki][ready]") {
    Ready leaf = made("leaf");
    leaf.recipe.statements[Channel::staple] = {};
    leaf.recipe.statements[Channel::crl] = {};
    leaf.recipe.statements[Channel::ocsp].form = Form::unreachable;
    Ready other = leaf;
    give_addresses(leaf, "a chain", setting());
    give_addresses(other, "another chain", setting());
    CHECK(leaf.addresses.at(Channel::crl) == "http://127.0.0.1:9/" + leaf.paths.at(Channel::crl));
    CHECK(leaf.paths.at(Channel::crl) != other.paths.at(Channel::crl));
    CHECK_FALSE(leaf.paths.contains(Channel::ocsp));  // it is not served
    CHECK(leaf.addresses.contains(Channel::ocsp));
    CHECK_FALSE(leaf.addresses.contains(Channel::staple));
}

}  // namespace guise::pki::ready_test
