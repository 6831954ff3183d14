#include "pki/recipe.hpp"

#include "pki/support.hpp"

namespace guise::pki::recipe_test {

using test::problems;
using test::tree;

namespace {
const char* const plain = "{subject: {o: x}, issuer: self, algorithm: p256, valid: {from: -1d, to: +30d}}";

std::string problems_with(const std::string& patch) {
    return problems(parse_recipe(patched(tree(plain), yaml::parse(patch, "patch.yaml").value())));
}
}  // namespace

TEST_CASE("a recipe that says only what it must has the usual rest", "[pki][recipe]") {
    const Recipe recipe = parse_recipe(tree(plain)).value();
    CHECK(recipe.subject.organisation == "x");
    CHECK(recipe.signs_itself());
    CHECK(recipe.from == -std::chrono::hours(24));
    CHECK(recipe.to == std::chrono::hours(24 * 30));
    CHECK(recipe.version == 3);
    CHECK_FALSE(recipe.signature);
    CHECK_FALSE(recipe.serial);
    CHECK(recipe.names.empty());
    CHECK(recipe.extensions.empty());
}

TEST_CASE("all that is wrong with a recipe is reported at once", "[pki][recipe]") {
    CHECK(problems(parse_recipe(tree("{issuer: self, algorithm: p-256}"))) ==
          "test.yaml:1:1: expected the key 'subject', found a map without it\n"
          "test.yaml:1:27: expected one of p256, p384, p521, ed25519, rsa512, rsa1024, rsa2048, rsa3072, "
          "rsa4096, rsa8192, rsa2048-e1, rsa2048-e3, rsa2048-long-e, rsa2048-start-1, rsa2048-start-2, "
          "rsa2048-hash-1, rsa2048-hash-2, found 'p-256'\n"
          "test.yaml:1:1: expected the key 'valid', found a map without it\n");
}

TEST_CASE("each entry is read strictly", "[pki][recipe]") {
    CHECK(problems_with("valid: {to: tomorrow}") ==
          "patch.yaml:1:13: expected a time such as -1d, +30d, 12h or 5s, found 'tomorrow'\n");
    CHECK(problems_with("signature: sha1").starts_with("patch.yaml:1:12: expected one of ecdsa-sha1, "));
    CHECK(problems_with("serial: \"1\"") ==
          "patch.yaml:1:9: expected an even number of hexadecimal digits, found '1'\n");
    CHECK(problems_with("version: 0") == "patch.yaml:1:10: expected a version from 1 to 128, found '0'\n");
    CHECK(problems_with("extensions: []") == "patch.yaml:1:13: expected a map, found a list\n");
    CHECK(problems_with("key: p256").ends_with("found unknown key 'key'\n"));
}

TEST_CASE("a patch removes what it says, also below what it adds", "[pki][recipe]") {
    const yaml::Value base = tree("{a: {b: 1, c: 2}, d: 3}");
    const yaml::Value patch = tree("{a: {b: none}, d: none, e: {f: none, g: 4}}");
    CHECK(yaml::canonical(patched(base, patch)) == yaml::canonical(tree("{a: {c: 2}, e: {g: 4}}")));
}

}  // namespace guise::pki::recipe_test
