#include "pki/status.hpp"

#include "pki/der.hpp"
#include "pki/digest.hpp"
#include "pki/names.hpp"
#include "pki/support.hpp"

#include <openssl/bytestring.h>

namespace guise::pki::status_test {

using test::new_year;

namespace {

std::string problems_of(const std::string& text, Channel channel) {
    Problems problems;
    (void)parse_statement(test::tree(text), channel, problems);
    return problems.text();
}

Statement statement(const std::string& text, Channel channel = Channel::staple) {
    Problems problems;
    Statement out = parse_statement(test::tree(text), channel, problems);
    REQUIRE(problems.empty());
    return out;
}

// An issuer with its key, and a certificate's serial.
struct Issuer {
    Key key = make_key(Algorithm::p256);
    PublicKey shown{key.get(), Algorithm::p256};
    Bytes name = encode_subject({"the issuer", {}});
    Bytes serial = der::integer(77);

    StatementParts parts(const Statement& said) const {
        return {.statement = said,
                .serial = serial,
                .issuer_name = name,
                .issuer_key = shown.identifier,
                .signer_name = name,
                .signer_key = shown.identifier,
                .signer_certificate = {},
                .key = key.get(),
                .algorithm = SignatureAlgorithm::ecdsa_sha256,
                .now = new_year};
    }
};

// Reads DER from the front, element by element.
struct Reader {
    explicit Reader(Bytes from) : bytes(std::move(from)) { CBS_init(&cbs, bytes.data(), bytes.size()); }
    Bytes content(unsigned tag) {
        CBS out;
        REQUIRE(CBS_get_asn1(&cbs, &out, tag));
        return {CBS_data(&out), CBS_data(&out) + CBS_len(&out)};
    }
    Bytes element() {
        CBS out;
        unsigned tag = 0;
        std::size_t header = 0;
        REQUIRE(CBS_get_any_asn1_element(&cbs, &out, &tag, &header));
        return {CBS_data(&out), CBS_data(&out) + CBS_len(&out)};
    }
    [[nodiscard]] bool empty() const { return CBS_len(&cbs) == 0; }
    Bytes bytes;
    CBS cbs{};
};

// What is signed, its algorithm, its signature, and the rest, of a response or a list.
struct Signed {
    explicit Signed(const Bytes& sequence) {
        Reader reader(Reader(sequence).content(CBS_ASN1_SEQUENCE));
        data = reader.element();
        algorithm = reader.element();
        signature = reader.content(CBS_ASN1_BITSTRING);
        signature.erase(signature.begin());
        if (!reader.empty()) rest = reader.element();
    }
    [[nodiscard]] bool holds(const Key& key) const {
        return verifies(key.get(), SignatureAlgorithm::ecdsa_sha256, data, signature);
    }
    Bytes data, algorithm, signature, rest;
};

// The BasicOCSPResponse in a successful response.
Bytes basic_of(const Bytes& response) {
    const Bytes all = Reader(response).content(CBS_ASN1_SEQUENCE);
    Reader reader(all);
    CHECK(reader.element() == der::enumerated(0));
    const Bytes tagged = reader.content(der::context_constructed(0));
    const Bytes typed = Reader(tagged).content(CBS_ASN1_SEQUENCE);
    Reader below(typed);
    CHECK(below.element() == der::oid("1.3.6.1.5.5.7.48.1.1").value());
    return below.content(CBS_ASN1_OCTETSTRING);
}

bool contains(const Bytes& all, const Bytes& part) {
    return std::search(all.begin(), all.end(), part.begin(), part.end()) != all.end();
}

}  // namespace

TEST_CASE("a statement that says nothing is good, the issuer's own, and of these days", "[pki][status]") {
    const Statement said = statement("{}");
    CHECK(said.standing == Standing::good);
    CHECK(said.signer == "issuer");
    CHECK(said.form == Form::whole);
    CHECK(said.from == std::chrono::hours(-1));
    CHECK(said.to == std::chrono::hours(72));
}

TEST_CASE("what a channel cannot say is refused there", "[pki][status]") {
    CHECK(problems_of("{status: unknown}", Channel::crl) ==
          "test.yaml:1:10: expected one of good, revoked, found 'unknown'\n");
    CHECK(problems_of("{form: unreachable}", Channel::staple) ==
          "test.yaml:1:8: expected one of whole, truncated, bad-signature, try-later, found 'unreachable'\n");
    CHECK(problems_of("{form: try-later}", Channel::crl) ==
          "test.yaml:1:8: expected one of whole, truncated, bad-signature, unreachable, found 'try-later'\n");
    CHECK(problems_of("{form: try-later, status: unknown}", Channel::ocsp).empty());
    CHECK(problems_of("{serial: 123, by: me}", Channel::crl).find("hexadecimal") != std::string::npos);
}

TEST_CASE("a response is signed by its issuer, and is about the certificate", "[pki][status]") {
    const Issuer issuer;
    const Statement said = statement("{status: good, from: -1d, to: +1d}");
    const Signed basic(basic_of(make_ocsp_response(issuer.parts(said)).value()));
    CHECK(basic.holds(issuer.key));
    CHECK(basic.algorithm == signature_identifier(SignatureAlgorithm::ecdsa_sha256));
    CHECK(basic.rest.empty());
    CHECK(contains(basic.data, issuer.serial));
    CHECK(contains(basic.data, sha1(issuer.name)));
    CHECK(contains(basic.data, der::generalized_time(new_year - std::chrono::hours(24)).value()));
    CHECK(contains(basic.data, der::generalized_time(new_year + std::chrono::hours(24)).value()));
    CHECK(contains(basic.data, der::element(der::context(0), {})));
}

TEST_CASE("each standing has an encoding of its own", "[pki][status]") {
    const Issuer issuer;
    const auto data = [&](const std::string& text) {
        const Statement said = statement(text);
        return Signed(basic_of(make_ocsp_response(issuer.parts(said)).value())).data;
    };
    const Bytes since = der::generalized_time(new_year - std::chrono::hours(1)).value();
    const Bytes reason = der::element(der::context_constructed(0), der::enumerated(1));
    const Bytes revoked = der::element(der::context_constructed(1), der::join({since, reason}));
    CHECK(contains(data("{status: revoked}"), revoked));
    CHECK(contains(data("{status: unknown}"), der::element(der::context(2), {})));
    CHECK_FALSE(contains(data("{status: unknown}"), revoked));
    CHECK(contains(data("{serial: '4242'}"), der::integer(0x4242)));
    CHECK_FALSE(contains(data("{serial: '4242'}"), issuer.serial));
}

TEST_CASE("whoever signs in the issuer's place brings its certificate along", "[pki][status]") {
    const Issuer issuer, other;
    const Statement said = statement("{}");
    StatementParts parts = issuer.parts(said);
    parts.key = other.key.get();
    parts.signer_key = other.shown.identifier;
    parts.signer_certificate = der::sequence({der::integer(1)});
    const Signed basic(basic_of(make_ocsp_response(parts).value()));
    CHECK(basic.holds(other.key));
    CHECK_FALSE(basic.holds(issuer.key));
    CHECK(contains(basic.data, other.shown.identifier));
    CHECK(basic.rest == der::element(der::context_constructed(0), der::sequence({parts.signer_certificate})));
}

TEST_CASE("a statement can be spoiled in one way at a time", "[pki][status]") {
    const Issuer issuer;
    const auto made = [&](const std::string& text) {
        const Statement said = statement(text);
        return make_ocsp_response(issuer.parts(said)).value();
    };
    CHECK(made("{form: try-later}") == der::sequence({der::enumerated(3)}));
    CHECK_FALSE(Signed(basic_of(made("{form: bad-signature}"))).holds(issuer.key));
    const Bytes cut = made("{form: truncated}");
    CBS cbs, content;
    CBS_init(&cbs, cut.data(), cut.size());
    CHECK_FALSE(CBS_get_asn1(&cbs, &content, CBS_ASN1_SEQUENCE));
    const Statement list = statement("{form: bad-signature}", Channel::crl);
    CHECK_FALSE(Signed(make_list(issuer.parts(list)).value()).holds(issuer.key));
}

TEST_CASE("a list names the certificate if it is revoked, and no other", "[pki][status]") {
    const Issuer issuer;
    const Statement good = statement("{}", Channel::crl),
                    revoked = statement("{status: revoked}", Channel::crl);
    const Signed empty(make_list(issuer.parts(good)).value()), full(make_list(issuer.parts(revoked)).value());
    CHECK(empty.holds(issuer.key));
    CHECK(full.holds(issuer.key));
    CHECK_FALSE(contains(empty.data, issuer.serial));
    CHECK(contains(full.data, issuer.serial));
    CHECK(contains(full.data, issuer.name));
    const Bytes bytes = make_list(issuer.parts(revoked)).value();
    const std::uint8_t* at = bytes.data();
    const bssl::UniquePtr<X509_CRL> crl(d2i_X509_CRL(nullptr, &at, static_cast<long>(bytes.size())));
    REQUIRE(crl);
    CHECK(X509_CRL_verify(crl.get(), issuer.key.get()) == 1);
    CHECK(sk_X509_REVOKED_num(X509_CRL_get_REVOKED(crl.get())) == 1);
}

TEST_CASE("a time without an encoding is reported where the statement is", "[pki][status]") {
    const Issuer issuer;
    Statement said = statement("{}");
    said.to = std::chrono::hours(24 * 366 * 9000);
    CHECK(test::problems(make_ocsp_response(issuer.parts(said))).find("0 to 9999") != std::string::npos);
    CHECK(test::problems(make_list(issuer.parts(said))).find("0 to 9999") != std::string::npos);
}

TEST_CASE("a serial is found in a certificate, and in nothing else", "[pki][status]") {
    KeyPool keys;
    Mint mint(test::repository(), keys, "7");
    const Chain chain = mint.mint({.leaf = "leaf"}, "case", test::setting(), {"root"}).value();
    const Bytes serial = serial_of(chain.path.front().der).value();
    CHECK(serial.size() == 18);
    CHECK(contains(chain.path.front().der, serial));
    CHECK_FALSE(serial_of(Bytes{0x30, 0x03, 0x02, 0x01, 0x01}));
    CHECK_FALSE(serial_of({}));
}

}  // namespace guise::pki::status_test
