#include "pki/copy.hpp"

#include "pki/elements.hpp"
#include "pki/inspect.hpp"
#include "pki/support.hpp"

#include <algorithm>

namespace guise::pki::copy_test {

using namespace guise::pki::test;

namespace {

struct Path {
    std::vector<Bytes> all;  // leaf to root
    std::vector<Bytes> shown;
};

Path path_of(const std::string& leaf, const std::string& patch = "{}") {
    const Chain chain = minted(leaf, patch);
    return {whole(chain), chain.presentation->certificates};
}

// Replaces bytes by as many others; both are given in hexadecimal.
void replace_all(Bytes& in, const std::string& before, const std::string& after) {
    const Bytes old = from_hex(before).value(), now = from_hex(after).value();
    for (auto at = in.begin(); (at = std::search(at, in.end(), old.begin(), old.end())) != in.end();)
        at = std::copy(now.begin(), now.end(), at);
}

// All that is said, but for the key.
std::vector<std::string> said(const Bytes& der) {
    const Elements parts = read_elements(der).value();
    std::vector<std::string> out;
    for (const ByteView part : {parts.version, parts.serial, parts.issuer, parts.validity, parts.subject,
                                parts.rest, parts.algorithm})
        out.push_back(to_hex(part));
    return out;
}

void check_copied(const std::vector<Bytes>& copies, const std::vector<Bytes>& originals) {
    REQUIRE(copies.size() >= originals.size());
    for (std::size_t i = 0; i < originals.size(); ++i) {
        INFO(i);
        CHECK(said(copies[i]) == said(originals[i]));
        const CertificateFacts copy = inspect(copies[i]).value(), original = inspect(originals[i]).value();
        CHECK(copy.key == original.key);
        CHECK(copy.key_sha256 != original.key_sha256);
        CHECK_FALSE(signed_by(copies[i], originals[std::min(i + 1, originals.size() - 1)]));
        CHECK(signed_by(copies[i], copies[std::min(i + 1, copies.size() - 1)]));
    }
}

}  // namespace

TEST_CASE("a copy says what the original says, with keys of its own", "[pki][copy]") {
    const auto* recipe =
        GENERATE("leaf", "rsa-leaf", "p384-leaf", "ed25519-leaf", "root-leaf", "self-signed");
    INFO(recipe);
    const Path path = path_of(recipe);
    const Bundle copy = copy_chain(path.all, "x").value().bundle;
    CHECK(copy.chain.size() == path.all.size());
    check_copied(copy.chain, path.all);
    const auto read = read_bundle(to_pem(copy).value(), "copy.pem");
    CHECK(problems(read).empty());  // the key is the leaf's, and the chain in order
}

TEST_CASE("a root that is not shown is made up under its name", "[pki][copy]") {
    const auto* recipe = GENERATE("leaf", "rsa-leaf", "p384-leaf", "ed25519-leaf", "root-leaf");
    INFO(recipe);
    const Path path = path_of(recipe);
    const ChainCopy made = copy_chain(path.shown, "x").value();
    const Bundle& copy = made.bundle;
    CHECK(made.made_up_root);
    check_copied(copy.chain, path.shown);
    REQUIRE(copy.chain.size() == path.shown.size() + 1);
    const CertificateFacts root = inspect(copy.chain.back()).value();
    CHECK(root.self_signed);
    CHECK(root.is_ca);
    CHECK(root.subject == inspect(path.all.back()).value().subject);
    CHECK(root.not_after == inspect(path.shown.back()).value().not_after);
}

TEST_CASE("the path is found in any order, and nothing else is copied", "[pki][copy]") {
    const Path path = path_of("leaf"), other = path_of("rsa-leaf");
    const ChainCopy copy =
        copy_chain({path.all[0], other.all[1], path.all[2], path.all[1], path.all[0]}, "x").value();
    CHECK(copy.originals == 3);
    CHECK_FALSE(copy.made_up_root);
    CHECK(copy.bundle.chain.size() == 3);
    check_copied(copy.bundle.chain, path.all);
}

TEST_CASE("what has no extensions and an early version is copied too", "[pki][copy]") {
    const Path path = path_of("leaf", "{version: 1, extensions: none, names: none}");
    check_copied(copy_chain(path.all, "x").value().bundle.chain, path.all);
}

TEST_CASE("a key of a kind that there is none of gives way to the nearest", "[pki][copy]") {
    const auto& [original, copied] = GENERATE(table<const char*, const char*>(
        {{"rsa512", "rsa1024"}, {"rsa8192", "rsa4096"}, {"rsa3072", "rsa3072"}, {"rsa2048-e1", "rsa2048"}}));
    const Path path = path_of("leaf", std::string("{algorithm: ") + original + "}");
    const Bundle copy = copy_chain(path.all, "x").value().bundle;
    CHECK(inspect(copy.chain.front()).value().key == copied);
    CHECK(to_pem(copy).has_value());
}

TEST_CASE("an RSA key of an identifier that the library does not take is an RSA key", "[pki][copy]") {
    Path path = path_of("self-signed", "{algorithm: rsa2048}");
    replace_all(path.all[0], "2a864886f70d0101010500", "2a864886f70d01010a0500");  // id-RSASSA-PSS
    const Bundle copy = copy_chain(path.all, "x").value().bundle;
    CHECK(inspect(copy.chain.front()).value().key == "rsa2048");
}

TEST_CASE("an issuer that made a signature of RSA has a key of RSA, whatever the hash", "[pki][copy]") {
    Path path = path_of("rsa-leaf");
    replace_all(path.all[0], "2a864886f70d01010b", "2a864886f70d01010e");  // sha224WithRSAEncryption
    const Bundle copy = copy_chain({path.all[0]}, "x").value().bundle;
    REQUIRE(copy.chain.size() == 2);
    CHECK(inspect(copy.chain[1]).value().key == "rsa2048");
}

TEST_CASE("a CA that another of its name issued is no root", "[pki][copy]") {
    const Path path = path_of("rollover-leaf");
    REQUIRE(path.all.size() == 4);  // both keys of the CA, and the root
    const ChainCopy copy = copy_chain({path.all[0], path.all[3], path.all[2], path.all[1]}, "x").value();
    CHECK(copy.originals == 4);
    check_copied(copy.bundle.chain, path.all);
    const ChainCopy without_root = copy_chain(path.shown, "x").value();
    CHECK(without_root.made_up_root);
    check_copied(without_root.bundle.chain, path.shown);
}

TEST_CASE("an issuer is found by a name of other strings too", "[pki][copy]") {
    Path path = path_of("leaf");
    Bytes& leaf = path.all[0];
    const ByteView issuer = read_elements(leaf).value().issuer;
    const auto begin = leaf.begin() + (issuer.data() - leaf.data());
    std::replace(begin, begin + static_cast<std::ptrdiff_t>(issuer.size()), std::uint8_t{0x0c},
                 std::uint8_t{0x13});  // UTF8String, PrintableString
    const ChainCopy copy = copy_chain(path.all, "x").value();
    CHECK(copy.originals == 3);
    CHECK(said(copy.bundle.chain[0]) == said(leaf));
}

TEST_CASE("a version that is none is copied as the usual one", "[pki][copy]") {
    const auto* odd = GENERATE("a003020180", "a003030102", "a003020101");
    Path path = path_of("leaf");
    replace_all(path.all[0], "a003020102", odd);
    const Bundle copy = copy_chain(path.all, "x").value().bundle;
    const bool is_number = std::string(odd) == "a003020101";
    CHECK(to_hex(read_elements(copy.chain[0]).value().version) == (is_number ? odd : "a003020102"));
}

TEST_CASE("there must be a certificate, and each must be one", "[pki][copy]") {
    CHECK(problems(copy_chain({}, "x.pem")) == "x.pem: expected a certificate to copy, found none\n");
    const Path path = path_of("leaf");
    CHECK_THAT(problems(copy_chain({path.all[0], Bytes{1}}, "x.pem")),
               Catch::StartsWith("x.pem certificate 2: expected a certificate, found"));
}

}  // namespace guise::pki::copy_test
