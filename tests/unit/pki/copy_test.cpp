#include "pki/copy.hpp"

#include "pki/elements.hpp"
#include "pki/inspect.hpp"
#include "pki/support.hpp"

#include <algorithm>

using namespace guise;
using namespace guise::pki;
using namespace guise::pki::test;

namespace {

struct Path {
    std::vector<Bytes> all;  // leaf to root
    std::vector<Bytes> shown;
};

Path path_of(const std::string& leaf, const std::string& patch = "{}") {
    KeyPool keys;
    Mint mint(repository(), keys, "1");
    Present present;
    present.leaf = leaf;
    present.with = tree(patch);
    const Chain chain = mint.mint(present, "case", setting(), {"root"}).value();
    Path out{{}, chain.presentation->certificates};
    for (const Minted& each : chain.path) out.all.push_back(each.der);
    return out;
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
    const Bundle copy = copy_chain(path.all, "x").value();
    CHECK(copy.chain.size() == path.all.size());
    check_copied(copy.chain, path.all);
    const auto read = read_bundle(to_pem(copy).value(), "copy.pem");
    CHECK(problems(read).empty());  // the key is the leaf's, and the chain in order
}

TEST_CASE("a root that is not shown is made up under its name", "[pki][copy]") {
    const auto* recipe = GENERATE("leaf", "rsa-leaf", "p384-leaf", "ed25519-leaf", "root-leaf");
    INFO(recipe);
    const Path path = path_of(recipe);
    const Bundle copy = copy_chain(path.shown, "x").value();
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
    const Bundle copy =
        copy_chain({path.all[0], other.all[1], path.all[2], path.all[1], path.all[0]}, "x").value();
    CHECK(copy.chain.size() == 3);
    check_copied(copy.chain, path.all);
}

TEST_CASE("what has no extensions and an early version is copied too", "[pki][copy]") {
    const Path path = path_of("leaf", "{version: 1, extensions: none, names: none}");
    check_copied(copy_chain(path.all, "x").value().chain, path.all);
}

TEST_CASE("a key of a kind that there is none of gives way to the nearest", "[pki][copy]") {
    const auto& [original, copied] = GENERATE(table<const char*, const char*>(
        {{"rsa512", "rsa1024"}, {"rsa8192", "rsa4096"}, {"rsa3072", "rsa3072"}}));
    const Path path = path_of("leaf", std::string("{algorithm: ") + original + "}");
    const Bundle copy = copy_chain(path.all, "x").value();
    CHECK(inspect(copy.chain.front()).value().key == copied);
    CHECK(to_pem(copy).has_value());
}

TEST_CASE("there must be a certificate, and each must be one", "[pki][copy]") {
    CHECK(problems(copy_chain({}, "x.pem")) == "x.pem: expected a certificate to copy, found none\n");
    const Path path = path_of("leaf");
    CHECK_THAT(problems(copy_chain({path.all[0], Bytes{1}}, "x.pem")),
               Catch::Matchers::StartsWith("x.pem certificate 2: expected a certificate, found"));
}
