#include "pki/mint.hpp"

#include "pki/inspect.hpp"
#include "pki/support.hpp"

#include <openssl/evp.h>

namespace guise::pki::mint_test {

using std::chrono::days;
using std::chrono::hours;
using test::new_year;
using test::repository;
using test::setting;
using test::signed_by;

namespace {

// A mint with its keys: one run.
struct Run {
    KeyPool keys;
    Mint mint{repository(), keys, "7"};

    Chain chain(const Present& present, const std::string& scope = "case",
                std::chrono::sys_seconds now = new_year) {
        return mint.mint(present, scope, setting(now), {"root"}).value();
    }
    Bytes leaf(const Present& present, const std::string& scope = "case",
               std::chrono::sys_seconds now = new_year) {
        return chain(present, scope, now).path.front().der;
    }
};

Present with_defect(const std::string& name, std::optional<Position> at = {}) {
    return {.leaf = test::leaf_for(name, at), .defects = {{.name = name, .at = at, .parameters = {}}}};
}

// Every signature of the path verifies, the root's own included.
bool verifies(const Chain& chain) {
    for (std::size_t i = 0; i < chain.path.size(); ++i)
        if (!signed_by(chain.path[i].der, chain.path[std::min(i + 1, chain.path.size() - 1)].der))
            return false;
    return true;
}

}  // namespace

TEST_CASE("every recipe of the repository is minted, and every signature verifies", "[pki][mint]") {
    Run run;
    for (const auto& [name, tree] : repository().recipes) {
        INFO(name);
        const Chain chain = run.chain({.leaf = name});
        CHECK(chain.path.size() == repository().path(name).size());
        CHECK(verifies(chain) == !tree.find("curve"));  // nothing verifies with a forged curve
        for (const Minted& one : chain.path) CHECK(inspect(one.der).has_value());
    }
}

TEST_CASE("every defect of the repository is minted, and only bad signatures do not verify", "[pki][mint]") {
    Run run;
    for (const auto& [name, defect] : repository().defects)
        for (const auto& [position, level] : defect.level) {
            INFO(name << " at " << word(position));
            const Chain chain = run.chain(with_defect(name, position));
            if (defect.stage == Stage::parse) continue;  // BoringSSL may not read it at all
            if (name == "md4") continue;                 // nor does it verify with that
            CHECK(verifies(chain) == !defect.faults.contains(Fault::bad_signature));
        }
}

TEST_CASE("a defect with another issuer shows the path of that issuer", "[pki][mint]") {
    Run run;
    const Chain chain = run.chain(with_defect("leaf-as-ca"));
    CHECK(verifies(chain));
    REQUIRE(chain.presentation->certificates.size() == 2);
    const CertificateFacts leaf = inspect(chain.path[0].der).value(), ca = inspect(chain.path[1].der).value();
    CHECK(leaf.issuer == ca.subject);
    CHECK_FALSE(ca.self_signed);
}

TEST_CASE("a description says what the mint says", "[pki][mint]") {
    Run run;
    std::vector<Present> requests{{.leaf = "generated"}, {.leaf = "private-leaf"}, {.leaf = "self-signed"}};
    for (const auto& [name, defect] : repository().defects)
        for (const auto& [position, level] : defect.level) requests.push_back(with_defect(name, position));
    for (const Present& request : requests)
        for (const auto age : {days(0), days(45)}) {
            (void)run.chain(request, std::to_string(age.count()));
            const Chain made = run.chain(request, std::to_string(age.count()), new_year + age);
            const Chain told = Mint::describe(repository(), request, {"root"}, age).value();
            CHECK(told.faults == made.faults);
            CHECK(told.stage == made.stage);
            CHECK(told.computed_missing == made.computed_missing);
            CHECK_FALSE(told.presentation);
            REQUIRE(told.path.size() == made.path.size());
            for (std::size_t i = 0; i < told.path.size(); ++i) {
                CHECK(told.path[i].recipe == made.path[i].recipe);
                CHECK(told.path[i].position == made.path[i].position);
                CHECK(told.path[i].der.empty());
            }
        }
}

TEST_CASE("equal requests are one certificate, also when the clock has moved on", "[pki][mint]") {
    Run run;
    const Present request{.leaf = "leaf", .with = test::tree("{valid: {to: +1d}}")};
    const Chain first = run.chain(request);
    const Chain later = run.chain(request, "case", new_year + days(2));
    CHECK(first.presentation->certificates == later.presentation->certificates);
    CHECK(first.faults.empty());
    CHECK(later.faults == std::map<Fault, Level>{{Fault::expired, Level::must}});
}

TEST_CASE("another key, issue, host or case is another certificate", "[pki][mint]") {
    Run run;
    const Present request{.leaf = "self-signed"};
    const Bytes first = run.leaf(request);
    CHECK(run.leaf({.leaf = "self-signed", .key = "b"}) != first);
    CHECK(run.leaf({.leaf = "self-signed", .issue = 2}) != first);
    CHECK(run.leaf(request, "other case") != first);
    Setting elsewhere = setting();
    elsewhere.host = "other.guise.test";
    CHECK(run.mint.mint(request, "case", elsewhere, {}).value().path.front().der != first);
}

TEST_CASE("a key label is one key in a case, and another in the next", "[pki][mint]") {
    Run run;
    const auto key = [&](const Present& present, const std::string& scope = "case") {
        return inspect(run.leaf(present, scope)).value().key_sha256;
    };
    const std::string a = key({.leaf = "self-signed"});
    CHECK(key({.leaf = "self-signed", .issue = 2}) == a);
    CHECK(key({.leaf = "leaf"}) == a);
    CHECK(key({.leaf = "leaf", .key = "b"}) != a);
    CHECK(key({.leaf = "self-signed"}, "other case") != a);
}

TEST_CASE("issuers are shared by the cases of a run", "[pki][mint]") {
    Run run;
    const Chain one = run.chain({.leaf = "leaf"}), other = run.chain({.leaf = "leaf"}, "other case");
    CHECK(one.path[1].der == other.path[1].der);
    CHECK(one.path[2].der == other.path[2].der);
    CHECK(run.mint.anchor("root", setting()).value() == one.path[2].der);
}

TEST_CASE("a case whose clock is ahead gets issuers of its time and leaves none to the others",
          "[pki][mint]") {
    Run run;
    const Chain ahead = run.chain({.leaf = "leaf"}, "ahead", new_year + days(40));
    const Chain now = run.chain({.leaf = "leaf"}, "now", new_year);
    CHECK(inspect(ahead.path[1].der).value().not_before == new_year + days(39));
    CHECK(inspect(now.path[1].der).value().not_before == new_year - days(1));
    CHECK(signed_by(ahead.path[0].der, now.path[1].der));  // the same key all the same
}

TEST_CASE("the leaf and its intermediates are sent, and the root is not", "[pki][mint]") {
    Run run;
    const auto sent = [&](const Present& present) { return run.chain(present).presentation->certificates; };
    const Chain chain = run.chain({.leaf = "leaf"});
    CHECK(sent({.leaf = "leaf"}) == std::vector<Bytes>{chain.path[0].der, chain.path[1].der});
    CHECK(sent({.leaf = "root-leaf"}).size() == 1);
    CHECK(sent({.leaf = "self-signed"}).size() == 1);
    CHECK(sent(with_defect("missing-intermediate")).size() == 1);
}

TEST_CASE("the presentation's key is the leaf's", "[pki][mint]") {
    Run run;
    const Chain chain = run.chain({.leaf = "leaf"});
    const auto leaf = test::parse_x509(chain.path.front().der);
    CHECK(X509_check_private_key(leaf.get(), chain.presentation->key.get()) == 1);
    CHECK(chain.presentation->signature == tls::SignatureFault::none);
    CHECK_FALSE(chain.presentation->other_key);
}

TEST_CASE("without proof the handshake is signed with another key of the same kind", "[pki][mint]") {
    Run run;
    const Chain chain = run.chain(with_defect("no-proof"));
    const auto& shown = *chain.presentation;
    CHECK(verifies(chain));
    CHECK(shown.signature == tls::SignatureFault::wrong_key);
    REQUIRE(shown.other_key);
    CHECK(EVP_PKEY_id(shown.other_key.get()) == EVP_PKEY_id(shown.key.get()));
    CHECK(public_key_info(shown.other_key.get()) != public_key_info(shown.key.get()));
}

TEST_CASE("a root with a defect keeps its name and its key", "[pki][mint]") {
    Run run;
    const Chain good = run.chain({.leaf = "leaf"}), bad = run.chain(with_defect("expired", Position::root));
    const auto before = inspect(good.path.back().der).value(), after = inspect(bad.path.back().der).value();
    CHECK(after.subject == before.subject);
    CHECK(after.key_sha256 == before.key_sha256);
    CHECK(after.not_after == new_year - days(30));
    CHECK(signed_by(good.path[1].der, bad.path[2].der));
    CHECK(run.chain({.leaf = "leaf"}, "next").path.back().der == good.path.back().der);
}

TEST_CASE("the NUL of a name survives", "[pki][mint]") {
    Run run;
    const CertificateFacts facts = inspect(run.leaf(with_defect("nul-in-san"))).value();
    CHECK(facts.names == std::vector<std::string>{"dns:srv.guise.test\\00.attacker.test"});
}

TEST_CASE("the names of a case with several hosts are all in its certificates", "[pki][mint]") {
    Run run;
    Setting several = setting();
    several.other_hosts = {"other.guise.test"};
    const Chain chain = run.mint.mint({.leaf = "leaf"}, "case", several, {"root"}).value();
    CHECK(inspect(chain.path.front().der).value().names ==
          std::vector<std::string>{"dns:srv.guise.test", "dns:other.guise.test", "ip:127.0.0.1"});
}

TEST_CASE("names in capitals are made for all hosts, wildcards for the first", "[pki][mint]") {
    Run run;
    Setting several = setting();
    several.other_hosts = {"localhost"};
    const auto names = [&](const std::string& list) {
        const Present request{.leaf = "leaf", .with = test::tree("{names: " + list + "}")};
        const auto chain = run.mint.mint(request, "case", several, {"root"});
        return inspect(chain.value().path.front().der).value().names;
    };
    using Texts = std::vector<std::string>;
    CHECK(names("[{dns: \"{host-upper}\"}]") == Texts{"dns:SRV.GUISE.TEST", "dns:LOCALHOST"});
    CHECK(names("[{dns: \"*.{parent}\"}]") == Texts{"dns:*.guise.test"});
    CHECK(names("[{dns: \"{grandparent}\"}]") == Texts{"dns:test"});
}

TEST_CASE("other key and signature algorithms are minted where a patch asks for them", "[pki][mint]") {
    Run run;
    for (const char* algorithm : {"p384", "p521", "ed25519", "rsa2048"}) {
        const Present request{.leaf = "self-signed",
                              .with = test::tree(std::string("{algorithm: ") + algorithm + "}")};
        const Chain chain = run.chain(request);
        CHECK(inspect(chain.path.front().der).value().key == algorithm);
        CHECK(inspect(chain.path.front().der).value().self_signed);
        CHECK(verifies(chain));
    }
    for (const char* signature : {"rsa-sha1", "rsa-md5", "rsa-pss-sha256", "rsa-sha512"}) {
        const std::string patch = std::string("{algorithm: rsa2048, signature: ") + signature + "}";
        const CertificateFacts facts =
            inspect(run.leaf({.leaf = "self-signed", .with = test::tree(patch)})).value();
        CHECK(facts.signature == signature);
        CHECK(facts.self_signed);
    }
}

TEST_CASE("an identity has no order of defects and no places", "[pki][mint]") {
    const Present one{.leaf = "leaf", .defects = {{.name = "expired"}, {.name = "wrong-name"}}};
    const Present other{
        .leaf = "leaf", .defects = {{.name = "wrong-name"}, {.name = "expired"}}, .where = {"x", 1, 1}};
    CHECK(one.identity() == other.identity());
    CHECK(one.identity() != with_defect("expired").identity());
    CHECK(with_defect("expired").identity() != with_defect("expired", Position::root).identity());
    CHECK(Present{.leaf = "a", .key = "b"}.identity() != Present{.leaf = "ab", .key = ""}.identity());
}

TEST_CASE("an anchor is a recipe that signs itself", "[pki][mint]") {
    Run run;
    CHECK(inspect(run.mint.anchor("private-root", setting()).value()).value().self_signed);
    CHECK(test::problems(run.mint.anchor("leaf", setting())) ==
          "expected a recipe that signs itself, found 'leaf'\n");
    CHECK(run.mint.anchor("nothing", setting()).has_error());
}

TEST_CASE("a setting that does not fit is reported", "[pki][mint]") {
    Run run;
    Setting named = setting();
    named.address = "localhost";
    CHECK(test::problems(run.mint.mint({.leaf = "leaf"}, "case", named, {}))
              .ends_with("expected an IP address, found 'localhost'\n"));
}

TEST_CASE("two runs share no issuer", "[pki][mint]") {
    Run one, other;
    CHECK(inspect(one.chain({.leaf = "leaf"}).path.back().der).value().key_sha256 !=
          inspect(other.chain({.leaf = "leaf"}).path.back().der).value().key_sha256);
}

TEST_CASE("a fault of the handshake leaves the certificate as it is", "[pki][mint]") {
    Run run;
    const Chain good = run.chain({.leaf = "leaf"}), bad = run.chain(with_defect("no-proof"));
    CHECK(good.presentation->certificates == bad.presentation->certificates);
    CHECK(good.presentation->signature == tls::SignatureFault::none);
}

TEST_CASE("what was made for a case is let go, and nothing of another's", "[pki][mint]") {
    Run run;
    const Chain gone = run.chain({.leaf = "leaf"}, "case/1");
    const Bytes kept = run.leaf({.leaf = "leaf"}, "case/10");
    run.mint.forget("case/1");
    CHECK(run.leaf({.leaf = "leaf"}, "case/10") == kept);
    const Chain again = run.chain({.leaf = "leaf"}, "case/1");
    CHECK(again.path.front().der != gone.path.front().der);
    CHECK(again.path.back().der == gone.path.back().der);  // the root is the run's
    CHECK(verifies(gone));
}

TEST_CASE("a chain is sent in the order that the request says", "[pki][mint]") {
    Run run;
    const auto send = [](const std::string& list) {
        Problems problems;
        return parse_sending(test::tree(list), problems);
    };
    const auto sent = [&](const std::string& list) {
        const Chain chain = run.chain({.leaf = "deep-leaf", .send = send(list)});
        std::string out;
        for (const Bytes& der : chain.presentation->certificates)
            for (std::size_t i = 0; i < chain.path.size(); ++i)
                if (chain.path[i].der == der) out += std::to_string(i);
        return out;
    };
    CHECK(sent("[leaf, intermediates]") == "012");
    CHECK(sent("[leaf, intermediates-reversed, root]") == "0213");
    CHECK(sent("[leaf, leaf, issuer]") == "001");
    CHECK(sent("[intermediates-reversed, leaf]") == "210");
}

TEST_CASE("another leaf that is sent along is the one that the scenario shows elsewhere", "[pki][mint]") {
    Run run;
    const Bytes pinned = run.leaf({.leaf = "self-signed", .key = "a"}, "case");
    const Present changed{.leaf = "self-signed",
                          .key = "b",
                          .send = {{Part::leaf, {}, {}, {}}, {std::nullopt, "self-signed", "a", {}}}};
    const auto sent = run.chain(changed, "case").presentation->certificates;
    REQUIRE(sent.size() == 2);
    CHECK(sent[0] != pinned);
    CHECK(sent[1] == pinned);
}

TEST_CASE("with the issuer first the key is the leaf's all the same", "[pki][mint]") {
    Run run;
    const auto shown = run.chain(with_defect("issuer-first")).presentation;
    const auto leaf = test::parse_x509(shown->certificates.back());
    CHECK(X509_check_private_key(leaf.get(), shown->key.get()) == 1);
}

TEST_CASE("two certificates of one issuer have one name and one key, and the leaf verifies with both",
          "[pki][mint]") {
    Run run;
    const Chain chain = run.chain({.leaf = "crossed-leaf", .defects = {{.name = "crossed-trusted-first"}}});
    const auto& sent = chain.presentation->certificates;
    REQUIRE(sent.size() == 3);
    const auto good = inspect(sent[1]).value(), other = inspect(sent[2]).value();
    CHECK(good.subject == other.subject);
    CHECK(good.key_sha256 == other.key_sha256);
    CHECK(good.issuer != other.issuer);
    CHECK(signed_by(sent[0], sent[1]));
    CHECK(signed_by(sent[0], sent[2]));
    CHECK(signed_by(sent[2], run.mint.anchor("private-root", setting()).value()));
}

TEST_CASE("ten thousand names are made in one list", "[pki][mint]") {
    Run run;
    const auto facts = inspect(run.leaf(with_defect("ten-thousand-names"))).value();
    REQUIRE(facts.names.size() == 10000);
    CHECK(facts.names.front() == "dns:n0001.elsewhere.guise.test");
    CHECK(facts.names[9998] == "dns:srv.guise.test");
}

TEST_CASE("a checked chain has a staple, and says where its other statements are", "[pki][mint]") {
    Run run;
    Setting here = setting();
    here.published = "127.0.0.1:4711/x";
    const Chain chain = run.mint.mint({.leaf = "checked-leaf"}, "case", here, {"root"}).value();
    CHECK_FALSE(chain.presentation->ocsp_response.empty());
    REQUIRE(chain.publications.size() == 4);  // a response and a list for each certificate below the root
    for (const Publication& each : chain.publications) {
        const Bytes& der = chain.path[each.topic.position == Position::leaf ? 0 : 1].der;
        INFO(each.path);
        CHECK_FALSE(each.der.empty());
        CHECK(as_text(der).find("http://127.0.0.1:4711/x/" + each.path) != std::string_view::npos);
    }
    CHECK(verifies(chain));
}

TEST_CASE("what cannot be reached is published nowhere", "[pki][mint]") {
    Run run;
    const Chain chain = run.chain({.leaf = "checked-leaf", .defects = {{.name = "unreachable-crl"}}});
    CHECK(chain.publications.size() == 3);
    CHECK(as_text(chain.path.front().der).find("http://127.0.0.1:9/") != std::string_view::npos);
}

TEST_CASE("a chain of which nothing is said has no staple", "[pki][mint]") {
    Run run;
    const Chain chain = run.chain({.leaf = "leaf"});
    CHECK(chain.presentation->ocsp_response.empty());
    CHECK(chain.publications.empty());
    const Chain silent = run.chain({.leaf = "promising-leaf", .defects = {{.name = "no-staple"}}});
    CHECK(silent.presentation->ocsp_response.empty());
    CHECK(silent.publications.size() == 4);
}

TEST_CASE("a request is planned anew for who has not asked for a status, and is the same certificate",
          "[pki][mint]") {
    Run run;
    Present asked{.leaf = "leaf", .defects = {{.name = "staple-revoked", .at = {}, .parameters = {}}}};
    Present unasked = asked;
    unasked.unasked = true;
    const Chain one = run.chain(asked), other = run.chain(unasked);
    CHECK(one.path.front().der == other.path.front().der);
    CHECK(one.faults != other.faults);
}

TEST_CASE("more requests than are kept planned are all made, and the first is still the same",
          "[pki][mint]") {
    Run run;
    const Bytes first = run.leaf({.leaf = "leaf"});
    for (int issue = 2; issue <= 130; ++issue) CHECK(run.leaf({.leaf = "leaf", .issue = issue}) != first);
    CHECK(run.leaf({.leaf = "leaf"}) == first);
}

TEST_CASE("a request in more settings than are kept is made in each, and the first is still the same",
          "[pki][mint]") {
    Run run;
    const auto chain_at = [&](const std::string& place) {
        Setting where = setting();
        where.published = place;
        return run.mint.mint({.leaf = "checked-leaf"}, "case " + place, where, {"root"}).value();
    };
    const Chain first = chain_at("127.0.0.1:1/x");
    for (int port = 2; port <= 130; ++port) {
        const Chain other = chain_at("127.0.0.1:" + std::to_string(port) + "/x");
        CHECK(other.path[1].der != first.path[1].der);  // the intermediate says where its list is
        CHECK(verifies(other));
    }
    CHECK(chain_at("127.0.0.1:1/x").path[1].der == first.path[1].der);
}

}  // namespace guise::pki::mint_test
