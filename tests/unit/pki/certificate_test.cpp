#include "pki/certificate.hpp"

#include "pki/inspect.hpp"
#include "pki/support.hpp"

namespace guise::pki::certificate_test {

using test::new_year;
using test::tree;

namespace {

Recipe recipe(const std::string& patch = "{}") {
    const auto plain = tree(
        "{subject: {cn: x}, issuer: self, algorithm: p256, valid: {from: -1d, to: +30d}, "
        "extensions: {basic-constraints: {ca: true}}}");
    return parse_recipe(patched(plain, tree(patch))).value();
}

// A key with its public half.
struct Pair {
    explicit Pair(Algorithm algorithm = Algorithm::p256)
        : key(make_key(algorithm)), shown(key.get(), algorithm) {}
    Key key;
    PublicKey shown;
};

Result<Bytes> signed_by_itself(const Recipe& from, const Pair& pair, std::chrono::sys_seconds now,
                               const std::vector<Edit>& edits = {}) {
    return make_certificate({from, pair.shown, from, pair.shown, pair.key.get(), now, edits});
}

// A certificate that signs itself.
Bytes made(const Recipe& from, const std::string& edits = "", std::chrono::sys_seconds now = new_year) {
    static const Pair pair;
    Problems problems;
    const auto list = edits.empty() ? std::vector<Edit>{} : parse_edits(tree(edits), problems);
    REQUIRE(problems.empty());
    return signed_by_itself(from, pair, now, list).value();
}

}  // namespace

TEST_CASE("a certificate verifies with its issuer's key and no other", "[pki][certificate]") {
    const Pair pair, above(Algorithm::rsa2048);
    const Recipe subject = recipe("{issuer: ca}"), issuer = recipe("{subject: {cn: ca}, algorithm: rsa2048}");
    const Bytes der =
        make_certificate({subject, pair.shown, issuer, above.shown, above.key.get(), new_year, {}}).value();
    const Bytes ca = signed_by_itself(issuer, above, new_year).value();
    CHECK(test::signed_by(der, ca));
    CHECK(test::signed_by(ca, ca));
    CHECK_FALSE(test::signed_by(der, der));
    CHECK(inspect(der).value().issuer == "CN=ca");
    CHECK(inspect(der).value().signature == "rsa-sha256");
}

TEST_CASE("validity counts from the clock that is handed in", "[pki][certificate]") {
    using namespace std::chrono;
    for (const sys_seconds now :
         {new_year, sys_seconds(sys_days(year(1999) / 6 / 1)), sys_seconds(sys_days(year(2049) / 12 / 15))}) {
        const CertificateFacts facts = inspect(made(recipe(), "", now)).value();
        CHECK(facts.not_before == now - days(1));
        CHECK(facts.not_after == now + days(30));
    }
}

TEST_CASE("a time that cannot be encoded is reported", "[pki][certificate]") {
    const Recipe from = recipe("{valid: {to: +4000000d}}");
    CHECK(
        test::problems(signed_by_itself(from, Pair(), new_year))
            .ends_with("expected a validity within the years 0 to 9999, found one that cannot be encoded\n"));
}

TEST_CASE("serials are positive, of one length, and never the same", "[pki][certificate]") {
    std::set<std::string> serials;
    for (int i = 0; i < 50; ++i) {
        const std::string serial = inspect(made(recipe())).value().serial;
        CHECK(serial.size() == 32);
        CHECK(from_hex(serial)->front() < 0x80);
        serials.insert(serial);
    }
    CHECK(serials.size() == 50);
    CHECK(inspect(made(recipe("{serial: \"00\"}"))).value().serial == "00");
}

TEST_CASE("version 1 is left out, others are encoded one less", "[pki][certificate]") {
    const auto version = [](const char* patch) {
        return X509_get_version(test::parse_x509(made(recipe(patch))).get());
    };
    CHECK(version("{version: 2, extensions: none}") == 1);
    CHECK(version("{version: 3}") == 2);
    CHECK(version("{version: 1, extensions: none}") == 0);
}

TEST_CASE("without a subject the alternative names are critical", "[pki][certificate]") {
    const auto critical = [](const char* patch) {
        return to_hex(made(recipe(patch))).find("0603551d110101ff") != std::string::npos;
    };
    CHECK(critical("{subject: {cn: none}, names: [{dns: a}]}"));
    CHECK_FALSE(critical("{names: [{dns: a}]}"));
}

TEST_CASE("what is edited before signing is signed", "[pki][certificate]") {
    const Bytes der = made(recipe(), "[{when: unsigned, field: subject, do: replace, hex: \"3000\"}]");
    CHECK(inspect(der).value().subject.empty());
    CHECK(test::signed_by(der, made(recipe())));
}

TEST_CASE("what is edited after signing breaks the signature", "[pki][certificate]") {
    for (const char* field : {"serial", "subject", "public-key", "extensions", "tbs", "signature"}) {
        INFO(field);
        const Bytes der =
            made(recipe(), std::string("[{when: signed, field: ") + field + ", do: flip-last-bit}]");
        CHECK_FALSE(test::signed_by(der, made(recipe())));
    }
    CHECK(inspect(made(recipe(), "[{when: signed, field: subject, do: replace, hex: \"3000\"}]"))
              .value()
              .subject.empty());
}

TEST_CASE("the outer parts are edited where they stand", "[pki][certificate]") {
    const Bytes longer = made(recipe(), "[{when: signed, field: certificate, do: append, hex: \"00ff\"}]");
    CHECK(to_hex(longer).ends_with("00ff"));
    const Bytes empty = made(recipe(), "[{when: signed, field: signature, do: replace, hex: \"\"}]");
    CHECK(to_hex(empty).ends_with("030100"));
    const Bytes other =
        made(recipe(),
             "[{when: signed, field: outer-algorithm, do: replace, hex: 300d06092a864886f70d0101020500}]");
    CHECK(inspect(other).value().signature == "1.2.840.113549.1.1.2");
}

}  // namespace guise::pki::certificate_test
