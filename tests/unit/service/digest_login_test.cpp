#include "service/digest_login.hpp"

#include "pki/digest.hpp"
#include "service/kit.hpp"

namespace guise::service::digest_login_test {
namespace {

// RFC 7616 section 3.9.1.
const std::string rfc = R"(username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", )"
                        R"(nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, )"
                        R"(cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, )"
                        R"(opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", )";
const std::string rfc_md5 = R"(algorithm=MD5, response="8ca523f5e9506fed4657c9700eebdbec")";
const std::string rfc_sha =
    R"(algorithm=SHA-256, response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")";
const std::string password = "Circle of Life";

bool proven(const std::string& parameters) { return proves("Digest " + parameters, "GET", password); }

}  // namespace

TEST_CASE("the proofs of RFC 7616 are proofs", "[service][digest]") {
    CHECK(proven(rfc + rfc_md5));
    CHECK(proven(rfc + rfc_sha));
    CHECK(proves("dIGEST " + rfc + rfc_md5, "GET", password));
}

TEST_CASE("the proof of RFC 2069, without a quality, is a proof", "[service][digest]") {
    const std::string old =  // RFC 2069 section 2.4, with the response of its errata
        R"(username="Mufasa", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", )"
        R"(uri="/dir/index.html", response="1949323746fe6a43ef61f9606e7febea")";
    CHECK(proves("Digest " + old, "GET", "CircleOfLife"));
}

TEST_CASE("a proof for a session is a proof", "[service][digest]") {
    const auto hash = [](const std::string& text) { return to_hex(pki::md5(as_bytes(text))); };
    const std::string key = hash(hash("u:r:secret word") + ":n:c");
    const std::string response = hash(key + ":n:1:c:auth:" + hash("POST:/"));
    const std::string given =
        R"(username=u,realm=r,nonce=n,cnonce=c,nc=1,qop=auth,uri="/",algorithm=MD5-sess,response=)";
    CHECK(proves("Digest " + given + response, "POST", "secret word"));
    CHECK_FALSE(proves("Digest " + given + response, "GET", "secret word"));
}

TEST_CASE("what was made with another password is no proof", "[service][digest]") {
    CHECK_FALSE(proves("Digest " + rfc + rfc_md5, "GET", "Circle of life"));
    CHECK_FALSE(proves("Digest " + rfc + rfc_md5, "POST", password));
    CHECK_FALSE(proves("Digest " + rfc + rfc_md5, "GET", ""));
}

TEST_CASE("what is no digest is no proof", "[service][digest]") {
    CHECK_FALSE(proves("", "GET", password));
    CHECK_FALSE(proves("Digest ", "GET", password));
    CHECK_FALSE(proves("Basic " + rfc + rfc_md5, "GET", password));
    CHECK_FALSE(proven(rfc + "algorithm=SHA-512-256, response=\"00\""));
    CHECK_FALSE(proven("username=\"a\\"));
    CHECK_FALSE(proven("= , =\""));
}

TEST_CASE("a challenge is made for both hashes, the old one first", "[service][digest]") {
    CHECK(challenges({"VMS", "auth"}, "n") ==
          std::vector<std::string>{R"(Digest realm="VMS", qop="auth", algorithm=MD5, nonce="n")",
                                   R"(Digest realm="VMS", qop="auth", algorithm=SHA-256, nonce="n")"});
}

}  // namespace guise::service::digest_login_test
