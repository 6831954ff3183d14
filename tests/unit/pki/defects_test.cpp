#include "pki/defects.hpp"

#include "pki/support.hpp"

namespace guise::pki::defects_test {
namespace {

const char* const plain =
    "{defect: d, fault: weak, clause: c, level: must, at: [leaf, root], change: {signature: ecdsa-sha1}}";

struct Read {
    Defect defect;
    std::string problems;
};

// The plain defect with a patch over it.
Read read(const std::string& patch) {
    Problems problems;
    Defect defect =
        read_defect(yaml::merged(test::tree(plain), yaml::parse(patch, "patch.yaml").value()), "d", problems);
    return {std::move(defect), problems.text()};
}

}  // namespace

TEST_CASE("a defect sits at its first position when nothing is said", "[pki][defects]") {
    const Read it = read("at: [root, leaf]");
    CHECK(it.problems.empty());
    CHECK(it.defect.first == Position::root);
    CHECK(it.defect.level ==
          std::map<Position, Level>{{Position::leaf, Level::must}, {Position::root, Level::must}});
    CHECK(it.defect.faults == std::set<Fault>{Fault::weak});
}

TEST_CASE("levels can differ by position, for exactly the positions there are", "[pki][defects]") {
    CHECK(read("level: {leaf: must, root: may}").defect.level.at(Position::root) == Level::may);
    CHECK(read("level: {leaf: must}").problems ==
          "patch.yaml:1:8: expected the key 'root', found a map without it\n");
    CHECK(read("level: {leaf: must, root: may, intermediate: may}").problems ==
          "patch.yaml:1:32: expected one of the keys leaf, root, found unknown key 'intermediate'\n");
}

TEST_CASE("a defect has exactly one operation", "[pki][defects]") {
    CHECK(read("change: none").problems ==
          "test.yaml:1:1: expected exactly one of change, bytes, chain, handshake, found 0 of them\n");
    CHECK(read("bytes: [{when: signed, field: tbs, do: truncate}]").problems ==
          "test.yaml:1:1: expected exactly one of change, bytes, chain, handshake, found 2 of them\n");
}

TEST_CASE("a defect's words are of the closed sets", "[pki][defects]") {
    CHECK(read("fault: weird").problems.starts_with("patch.yaml:1:8: expected one of unknown-issuer, "));
    CHECK(read("at: [leaf, leaf]").problems.starts_with("patch.yaml:1:12: expected one of leaf, "));
    CHECK(read("level: shall").problems ==
          "patch.yaml:1:8: expected one of may, should, must, found 'shall'\n");
    CHECK(read("stage: late").problems.starts_with("patch.yaml:1:8: expected one of chain, "));
    CHECK(read("why: x").problems.starts_with("patch.yaml:1:1: expected one of the keys at, "));
    CHECK(read("defect: e").problems == "patch.yaml:1:9: expected the name of the file, 'd', found 'e'\n");
}

TEST_CASE("an operation is tried with its default parameters", "[pki][defects]") {
    CHECK(read("{parameters: {s: rsa-sha1}, change: {signature: \"{s}\"}}").problems.empty());
    CHECK(read("{parameters: {s: sha1}, change: {signature: \"{s}\"}}")
              .problems.starts_with("patch.yaml:1:45: expected one of ecdsa-sha1, "));
    CHECK(read("change: {sign: x}").problems.ends_with("found unknown key 'sign'\n"));
    CHECK(read("{change: none, bytes: [{when: signed, field: head, do: truncate}]}")
              .problems.starts_with("patch.yaml:1:46: expected one of serial, "));
}

TEST_CASE("parameters are used, and what is used is a parameter", "[pki][defects]") {
    CHECK(read("parameters: {x: 1}").problems ==
          "test.yaml:1:1: expected a use of the parameter 'x', found none\n");
    CHECK(read("change: {serial: \"{x}\"}")
              .problems.starts_with(
                  "patch.yaml:1:18: expected one of the placeholders {address}, "
                  "{grandparent}, {host}, {host-upper}, {number}, {parent}, {run}, found '{x}'\n"));
    CHECK(read("{parameters: {run: 1}, change: {subject: {cn: \"{run}\"}}}").problems ==
          "test.yaml:1:1: expected parameters with names of their own, found the parameter 'run', which the "
          "run fills\n");
}

TEST_CASE("what this version cannot carry out is refused", "[pki][defects]") {
    CHECK(read("{change: none, at: [intermediate], chain: {omit: leaf}}").problems ==
          "patch.yaml:1:50: expected intermediate, found 'leaf' (not supported yet)\n");
}

TEST_CASE("a handshake that is no handshake is refused where the defect is read", "[pki][defects]") {
    CHECK(read("{change: none, at: [handshake], stage: handshake, handshake: {signature: empty}}").problems ==
          "");
    CHECK(read("{change: none, at: [handshake], stage: handshake, handshake: {signature: odd}}")
              .problems.starts_with("patch.yaml:1:74: expected one of none, wrong-key, "));
}

TEST_CASE("operations and positions go together", "[pki][defects]") {
    CHECK(read("{change: {issuer: other}, at: [root]}").problems ==
          "test.yaml:1:1: expected no `at: [root]`, found an operation that does not sit there\n");
    CHECK(read("at: [handshake]").problems ==
          "test.yaml:1:1: expected no `at: [handshake]`, found an operation that does not sit there\n");
    CHECK(read("{change: none, at: [intermediate, leaf], chain: {omit: intermediate}}").problems ==
          "test.yaml:1:1: expected only `at: [intermediate]`, found an operation that does sit there\n");
    CHECK(read("{change: none, at: [handshake], handshake: {signature: wrong-key}}").problems ==
          "test.yaml:1:1: expected `stage: handshake` exactly where the operation is `handshake`, or the "
          "leaf not first, found `stage: chain`\n");
}

TEST_CASE("a chain may be sent in another order, or with what does not belong to it", "[pki][defects]") {
    const std::string at = "{change: none, at: [intermediate], chain: ";
    CHECK(read(at + "{send: [leaf, intermediates-reversed, {recipe: any}]}}").problems.empty());
    CHECK(read(at + "{send: [leafs]}}").problems.find(": expected one of leaf, ") != std::string::npos);
    CHECK(
        read(at + "{sent: [leaf]}}").problems.ends_with("found unknown key 'sent' (did you mean 'send'?)\n"));
}

TEST_CASE("without the leaf at the head there is no proof in the handshake", "[pki][defects]") {
    const std::string reversed = "chain: {send: [intermediates-reversed, leaf]}}";
    CHECK(read("{change: none, at: [intermediate], stage: handshake, " + reversed).problems.empty());
    CHECK(read("{change: none, at: [intermediate], " + reversed)
              .problems.ends_with("or the leaf not first, found `stage: chain`\n"));
}

}  // namespace guise::pki::defects_test
