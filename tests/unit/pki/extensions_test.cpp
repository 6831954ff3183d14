#include "pki/extensions.hpp"

#include "pki/support.hpp"

namespace guise::pki::extensions_test {
namespace {
const KeyIdentifiers identifiers{{0xaa}, {0xbb}};

std::string encoded(const std::string& map) {
    Problems problems;
    std::string out;
    for (const Extension& each : parse_extensions(test::tree(map), problems))
        out += to_hex(encode_extension(each, identifiers));
    return problems.empty() ? out : problems.text();
}
}  // namespace

TEST_CASE("basic constraints leave out what is the default", "[pki][extensions]") {
    CHECK(encoded("basic-constraints: {ca: false}") == "30090603551d1304023000");
    CHECK(encoded("basic-constraints: {critical: true, ca: true}") == "300f0603551d130101ff040530030101ff");
    CHECK(encoded("basic-constraints: {ca: true, path-length: 0}") == "300f0603551d13040830060101ff020100");
}

TEST_CASE("usages are bits and purposes are identifiers", "[pki][extensions]") {
    CHECK(encoded("key-usage: {bits: [key-cert-sign, crl-sign]}") == "300b0603551d0f040403020106");
    CHECK(encoded("extended-key-usage: [server-auth]") == "30130603551d25040c300a06082b06010505070301");
    CHECK(encoded("extended-key-usage: {critical: true, uses: [any, 1.2.3]}") ==
          "30160603551d250101ff040c300a0604551d250006022a03");
}

TEST_CASE("key identifiers are those of the two keys", "[pki][extensions]") {
    CHECK(encoded("subject-key-id: auto") == "300a0603551d0e04030401aa");
    CHECK(encoded("authority-key-id: auto") == "300c0603551d23040530038001bb");
    CHECK(encoded("authority-key-id: {}") == "300c0603551d23040530038001bb");
    CHECK(encoded("authority-key-id: {critical: true}") == "300f0603551d230101ff040530038001bb");
}

TEST_CASE("name constraints hold both kinds of subtrees", "[pki][extensions]") {
    CHECK(encoded("name-constraints: {permitted: [{dns: a}], excluded: [{dns: b}]}") ==
          "30170603551d1e0410300e"
          "a0053003820161"
          "a1053003820162");
}

TEST_CASE("any other extension is written as it is given", "[pki][extensions]") {
    CHECK(encoded("1.2.3: {critical: true, hex: \"0500\"}") == "300b06022a030101ff04020500");
}

TEST_CASE("alternative names are one extension", "[pki][extensions]") {
    CHECK(to_hex(encode_alternative_names({{NameKind::dns, "a", {'a'}}}, true)) ==
          "300f0603551d110101ff04053003820161");
}

TEST_CASE("what is wrong with an extension is reported with its place", "[pki][extensions]") {
    CHECK(encoded("key-use: {bits: []}") ==
          "test.yaml:1:1: expected basic-constraints, key-usage, extended-key-usage, subject-key-id, "
          "authority-key-id, name-constraints or an object identifier, found unknown extension 'key-use'\n");
    CHECK(encoded("basic-constraints: {critical: true}") ==
          "test.yaml:1:20: expected the key 'ca', found a map without it\n");
    CHECK(encoded("basic-constraints: {ca: true, path-length: -1}") ==
          "test.yaml:1:44: expected a number from 0, found '-1'\n");
    CHECK(
        encoded("extended-key-usage: [server]") ==
        "test.yaml:1:22: expected a purpose such as server-auth, or an object identifier, found 'server'\n");
    CHECK(encoded("subject-key-id: sha1") == "test.yaml:1:17: expected auto, found 'sha1'\n");
    CHECK(encoded("1.2.3: {hex: \"0\"}") ==
          "test.yaml:1:14: expected an even number of hexadecimal digits, found '0'\n");
    CHECK(encoded("name-constraints: {critical: true}") ==
          "test.yaml:1:19: expected permitted or excluded names, found a map\n");
}

TEST_CASE("an address of a list and one of a responder are URLs", "[pki][extensions]") {
    CHECK(to_hex(encode_list_address("http://a/")) ==
          "301a0603551d1f0413301130"
          "0fa00da00b8609687474703a2f2f612f");
    CHECK(to_hex(encode_responder_address("http://a/")) ==
          "302506082b0601050507010104193017301506082b060105050730018609687474703a2f2f612f");
}

}  // namespace guise::pki::extensions_test
