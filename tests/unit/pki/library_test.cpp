#include "pki/library.hpp"

#include "pki/support.hpp"

namespace guise::pki::library_test {

using test::Folder;

namespace {

const char* const root =
    "recipe: root\nsubject: {cn: r}\nissuer: self\nalgorithm: p256\nvalid: {from: -1d, to: +1d}\n";

// The problems of a folder with a good root and one more file, places without the folder.
std::string problems_of(const std::map<std::string, std::string>& files) {
    const Folder folder(files);
    if (!files.contains("root.yaml")) folder.write("root.yaml", root);
    std::string text = test::problems(load_library(folder.path));
    for (std::size_t at; (at = text.find(folder.path.string() + "/")) != std::string::npos;)
        text.erase(at, folder.path.string().size() + 1);
    return text;
}

}  // namespace

TEST_CASE("the repository's library loads, and its paths end in what signs itself", "[pki][library]") {
    const Library& library = test::repository();
    CHECK(library.path("leaf") == std::vector<std::string>{"leaf", "intermediate", "root"});
    CHECK(library.path("root-leaf") == std::vector<std::string>{"root-leaf", "root"});
    CHECK(library.path("self-signed") == std::vector<std::string>{"self-signed"});
    for (const char* name : {"expired", "not-yet-valid", "wrong-name", "missing-intermediate", "ca-false",
                             "bad-signature", "nul-in-san", "no-proof"})
        CHECK(library.defects.contains(name));
}

TEST_CASE("every root of the repository says that it is not to be trusted", "[pki][library]") {
    for (const auto& [name, tree] : test::repository().recipes) {
        const yaml::Value* constraints = tree.find("extensions")->find("basic-constraints");
        if (tree.find("issuer")->text != "self" || constraints->find("ca")->text != "true") continue;
        const yaml::Value* organisation =
            tree.find("subject")->find("o");  // where the name is an interceptor's
        const yaml::Value* says = organisation ? organisation : tree.find("subject")->find("cn");
        INFO(name);
        CHECK(says->text.starts_with("UNTRUSTED guise "));
    }
}

TEST_CASE("like lays a recipe over another, place by place", "[pki][library]") {
    const Folder folder({{"root.yaml", root}, {"a.yaml", "recipe: a\nlike: root\nsubject: {o: x}\n"}});
    const Library library = load_library(folder.path).value();
    const yaml::Value& a = library.recipes.at("a");
    CHECK(yaml::canonical(*a.find("subject")) == yaml::canonical(test::tree("{cn: r, o: x}")));
    CHECK(a.find("recipe") == nullptr);
    CHECK(a.find("like") == nullptr);
    CHECK(a.find("algorithm")->where.text() == (folder.path / "root.yaml:4:12").string());
}

TEST_CASE("a recipe is named like its file", "[pki][library]") {
    CHECK(problems_of({{"a.yaml", "recipe: b\nlike: root\n"}}) ==
          "a.yaml:1:9: expected the name of the file, 'a', found 'b'\n");
    CHECK(problems_of({{"a.yaml", "like: root\n"}}) ==
          "a.yaml:1:1: expected the key 'recipe', found a map without it\n");
}

TEST_CASE("an unknown base or issuer is reported where it is named", "[pki][library]") {
    CHECK(problems_of({{"a.yaml", "recipe: a\nlike: rot\n"}}) ==
          "a.yaml:2:7: expected a recipe, found 'rot'\n");
    CHECK(problems_of({{"a.yaml", "recipe: a\nlike: root\nissuer: rot\n"}}) ==
          "a.yaml:3:9: expected a recipe, or self, found 'rot'\n");
}

TEST_CASE("the issuer that a defect brings along is a recipe too", "[pki][library]") {
    const std::string defect =
        "defect: d\nfault: path-length\nclause: x\nlevel: must\nat: [leaf]\nchange: {issuer: ";
    CHECK(problems_of({{"defects/d.yaml", defect + "rot}\n"}}) ==
          "defects/d.yaml:6:18: expected a recipe, or self, found 'rot'\n");
    CHECK(problems_of({{"defects/d.yaml", defect + "root}\n"}}).empty());
    CHECK(problems_of({{"defects/d.yaml", defect + "self}\n"}}).empty());
}

TEST_CASE("circles are reported once", "[pki][library]") {
    CHECK(problems_of({{"a.yaml", "recipe: a\nlike: b\n"},
                       {"b.yaml", "recipe: b\nlike: a\n"},
                       {"c.yaml", "recipe: c\nlike: b\n"}}) ==
          "a.yaml:2:7: expected 'like' to come to an end, found the circle a, b, a\n");
    CHECK(problems_of({{"a.yaml", "recipe: a\nlike: a\n"}}) ==
          "a.yaml:2:7: expected 'like' to come to an end, found the circle a, a\n");
    CHECK(problems_of({{"a.yaml", "recipe: a\nlike: root\nissuer: b\n"},
                       {"b.yaml", "recipe: b\nlike: root\nissuer: a\n"}}) ==
          "a.yaml:3:9: expected 'issuer' to come to an end, found the circle a, b, a\n");
}

TEST_CASE("a recipe is read in full when it is loaded", "[pki][library]") {
    CHECK(problems_of({{"a.yaml", "recipe: a\nlike: root\nextensions: {key-usage: {bits: [sign]}}\n"}})
              .starts_with("a.yaml:3:33: expected one of digital-signature, "));
    CHECK(problems_of({{"a.yaml", "recipe: a\nlike: root\nnames: [{dns: \"{hots}\"}]\n"}}) ==
          "a.yaml:3:15: expected one of the placeholders {address}, {grandparent}, {host}, "
          "{host-upper}, {number}, {parent}, {run}, found '{hots}'\n");
    CHECK(problems_of({{"a.yaml", "recipe: a\nlike: root\nsignature: rsa-sha1\n"}}) ==
          "a.yaml:3:12: expected a signature that a p256 key can make, found 'rsa-sha1'\n");
}

TEST_CASE("heirs do not repeat the problems of what they are like", "[pki][library]") {
    CHECK(problems_of(
              {{"root.yaml", std::string(root) + "version: 300\n"}, {"a.yaml", "recipe: a\nlike: root\n"}}) ==
          "root.yaml:6:10: expected a version from 1 to 128, found '300'\n");
}

TEST_CASE("a file that is no YAML and a folder that is not there are reported", "[pki][library]") {
    CHECK(problems_of({{"a.yaml", "recipe: a\nrecipe: a\n"}}) ==
          "a.yaml:2:1: expected each key once, found duplicate key 'recipe', first in line 1\n");
    CHECK(test::problems(load_library("/nowhere")) ==
          "cannot read the folder /nowhere: No such file or directory\n");
}

TEST_CASE("the key of an issuer may be another recipe's, of one kind with it", "[pki][library]") {
    CHECK(problems_of({{"a.yaml", "recipe: a\nlike: root\nkey-of: root\n"}}).empty());
    CHECK(problems_of({{"a.yaml", "recipe: a\nlike: root\nkey-of: b\n"}}) ==
          "a.yaml:3:9: expected a recipe, found 'b'\n");
    CHECK(problems_of({{"a.yaml", "recipe: a\nlike: root\nalgorithm: p384\nkey-of: root\n"}}) ==
          "a.yaml:4:9: expected the recipe of a p384 key, found one of a p256 key\n");
    CHECK(problems_of({{"a.yaml", "recipe: a\nlike: root\nkey-of: a\n"}}) ==
          "a.yaml:3:9: expected 'key-of' to come to an end, found the circle a, a\n");
}

TEST_CASE("who owns a key is found along its recipes", "[pki][library]") {
    const Library& library = test::repository();
    CHECK(library.key_owner("intermediate") == "intermediate");
    CHECK(library.key_owner("stranger-crossed-intermediate") == "crossed-intermediate");
}

TEST_CASE("what a defect sends besides the chain is a recipe", "[pki][library]") {
    CHECK(problems_of({{"defects/d.yaml",
                        "defect: d\nfault: policy\nclause: x\nlevel: may\nat: [intermediate]\n"
                        "chain: {send: [leaf, {recipe: nothing}]}\n"}}) ==
          "defects/d.yaml:6:31: expected a recipe, found 'nothing'\n");
}

TEST_CASE("whoever signs a statement is a recipe too", "[pki][library]") {
    CHECK(problems_of({{"a.yaml", "recipe: a\nlike: root\ncrl: {signer: rot}\n"}}) ==
          "a.yaml:3:15: expected issuer or a recipe as `signer`, found 'rot'\n");
    CHECK(problems_of({{"a.yaml", "recipe: a\nlike: root\ncrl: {signer: root}\n"}}).empty());
}

TEST_CASE("a defect of what is said of a certificate knows where it is said", "[pki][library]") {
    const Library& library = test::repository();
    CHECK(library.defects.at("staple-revoked").channel == Channel::staple);
    CHECK(library.defects.at("no-staple").channel == Channel::staple);
    CHECK(library.defects.at("unreachable-crl").channel == Channel::crl);
    CHECK(library.defects.at("response-revoked").channel == Channel::ocsp);
    CHECK_FALSE(library.defects.at("expired").channel);
}

}  // namespace guise::pki::library_test
