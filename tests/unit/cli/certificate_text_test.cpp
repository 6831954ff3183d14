#include "cli/certificate_text.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace guise::cli::certificate_text_test {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::sys_seconds now{1'800'000'000s};  // 2027-01-15T08:00:00Z

const Trust trusted{"roots.pem", ""};

pki::CertificateFacts leaf() {
    pki::CertificateFacts out;
    out.subject = "CN=a.guise.test";
    out.issuer = "CN=issuing CA";
    out.serial = "0a0b";
    out.names = {"dns:a.guise.test", "ip:127.0.0.1"};
    out.not_before = now - std::chrono::days(1);
    out.not_after = now + std::chrono::days(90);
    out.key = "p256";
    out.signature = "ecdsa-sha256";
    out.sha1 = "11";
    out.sha256 = "22";
    out.key_sha256 = "33";
    return out;
}

pki::CertificateFacts root() {
    pki::CertificateFacts out = leaf();
    out.subject = out.issuer = "CN=root";
    out.is_ca = true;
    out.self_signed = true;
    out.sha256 = "44";
    return out;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string valid_until(std::chrono::sys_seconds end) {
    pki::CertificateFacts facts = leaf();
    facts.not_after = end;
    return chain_text({facts}, trusted, now);
}

}  // namespace

TEST_CASE("a certificate is told line by line", "[certificate]") {
    CHECK(chain_text({leaf()}, trusted, now) ==
          "Subject:      CN=a.guise.test\n"
          "Signer:       CA: CN=issuing CA\n"
          "Trusted:      yes, by roots.pem\n"
          "Names:        dns:a.guise.test, ip:127.0.0.1\n"
          "Valid:        2027-01-14T08:00:00Z to 2027-04-15T08:00:00Z (90 days left)\n"
          "Serial:       0a0b\n"
          "Key:          p256, signed with ecdsa-sha256\n"
          "SHA-1:        11\n"
          "SHA-256:      22\n"
          "Key SHA-256:  33\n");
}

TEST_CASE("who signs itself is its own signer", "[certificate]") {
    CHECK(has(chain_text({root()}, trusted, now), "Signer:       Self\n"));
}

TEST_CASE("a CA is told to be one", "[certificate]") {
    CHECK(has(chain_text({root()}, trusted, now), "signed with ecdsa-sha256, a CA\n"));
}

TEST_CASE("a certificate without subject and names says so", "[certificate]") {
    pki::CertificateFacts facts = leaf();
    facts.subject.clear();
    facts.names.clear();
    CHECK(has(chain_text({facts}, trusted, now), "Subject:      (empty)\n"));
    CHECK(has(chain_text({facts}, trusted, now), "Names:        none\n"));
}

TEST_CASE("an expired certificate says for how long", "[certificate]") {
    CHECK(has(valid_until(now - std::chrono::days(30)), "(EXPIRED 30 days ago)"));
    CHECK(has(valid_until(now - 1s), "(EXPIRED 0 days ago)"));
    CHECK(has(valid_until(now), "(0 days left)"));
}

TEST_CASE("a certificate from the future says when it begins", "[certificate]") {
    pki::CertificateFacts facts = leaf();
    facts.not_before = now + std::chrono::days(2);
    CHECK(has(chain_text({facts}, trusted, now), "(NOT YET VALID, in 2 days)"));
}

TEST_CASE("the rest of a chain is told shorter, with numbers", "[certificate]") {
    const std::string text = chain_text({leaf(), root()}, trusted, now);
    CHECK(has(text,
              "Chain:\n  1. CN=root\n     signer Self; 2027-01-14T08:00:00Z to 2027-04-15T08:00:00Z (90 days "
              "left)\n     SHA-256 44\n"));
}

TEST_CASE("no certificates are no text", "[certificate]") {
    CHECK(chain_text({}, trusted, now).empty());
    CHECK(chain_json({}, trusted, now) == "[]\n");
}

TEST_CASE("a chain as JSON is an array, leaf first", "[certificate]") {
    const auto json = nlohmann::ordered_json::parse(chain_json({leaf(), root()}, trusted, now));
    REQUIRE(json.size() == 2);
    CHECK(json[0].dump() ==
          R"({"subject":"CN=a.guise.test","signer":"CN=issuing CA","self_signed":false,)"
          R"("names":["dns:a.guise.test","ip:127.0.0.1"],"not_before":"2027-01-14T08:00:00Z",)"
          R"("not_after":"2027-04-15T08:00:00Z","days_left":90,"serial":"0a0b","key":"p256",)"
          R"("signature":"ecdsa-sha256","is_ca":false,"sha1":"11","sha256":"22","key_sha256":"33",)"
          R"("trusted":true,"trust_store":"roots.pem"})");
    CHECK(json[1]["signer"] == "Self");
}

TEST_CASE("an expired certificate has less than no days left", "[certificate]") {
    pki::CertificateFacts facts = leaf();
    facts.not_after = now - 1s;
    CHECK(nlohmann::json::parse(chain_json({facts}, trusted, now))[0]["days_left"] == -1);
}

TEST_CASE("a chain that leads nowhere says why", "[certificate]") {
    const Trust untrusted{"roots.pem", "self signed certificate"};
    CHECK(has(chain_text({leaf()}, untrusted, now),
              "Trusted:      no, by roots.pem: self signed certificate\n"));
    const auto json = nlohmann::json::parse(chain_json({leaf(), root()}, untrusted, now));
    CHECK(json[0]["trusted"] == false);
    CHECK(json[0]["trust_store"] == "roots.pem");
    CHECK(json[0]["untrusted_because"] == "self signed certificate");
    CHECK_FALSE(json[1].contains("trusted"));
}

}  // namespace guise::cli::certificate_text_test
