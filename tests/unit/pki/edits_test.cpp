#include "pki/edits.hpp"

#include "pki/support.hpp"

namespace guise::pki::edits_test {
namespace {
std::string edited(const std::string& list, Bytes part = {1, 2}) {
    Problems problems;
    const auto edits = parse_edits(test::tree(list), problems);
    apply_edits(part, Field::serial, When::unsigned_, edits);
    return problems.empty() ? to_hex(part) : problems.text();
}
}  // namespace

TEST_CASE("each operation changes the part it is for", "[pki][edits]") {
    CHECK(edited("[{when: unsigned, field: serial, do: flip-last-bit}]") == "0103");
    CHECK(edited("[{when: unsigned, field: serial, do: append, hex: ff00}]") == "0102ff00");
    CHECK(edited("[{when: unsigned, field: serial, do: truncate}]") == "01");
    CHECK(edited("[{when: unsigned, field: serial, do: replace, hex: \"\"}]") == "");
}

TEST_CASE("edits are applied in their order", "[pki][edits]") {
    CHECK(edited("[{when: unsigned, field: serial, do: truncate}, "
                 "{when: unsigned, field: serial, do: append, hex: aa}]") == "01aa");
}

TEST_CASE("edits of other parts or another time are passed over", "[pki][edits]") {
    CHECK(
        edited("[{when: signed, field: serial, do: truncate}, {when: unsigned, field: tbs, do: truncate}]") ==
        "0102");
}

TEST_CASE("an empty part has nothing to flip or to lose", "[pki][edits]") {
    CHECK(edited("[{when: unsigned, field: serial, do: truncate}, "
                 "{when: unsigned, field: serial, do: flip-last-bit}]",
                 {}) == "");
}

TEST_CASE("an edit that cannot be carried out is reported with its place", "[pki][edits]") {
    CHECK(edited("[{when: unsigned, field: signature, do: truncate}]") ==
          "test.yaml:1:2: expected `when: signed` for what is no part of the signed octets, "
          "found `when: unsigned`\n");
    CHECK(
        edited("[{when: signed, field: tbs, do: append}]") ==
        "test.yaml:1:2: expected the key 'hex' exactly with append and replace, found 'append' without it\n");
    CHECK(
        edited("[{when: signed, field: tbs, do: truncate, hex: \"00\"}]") ==
        "test.yaml:1:2: expected the key 'hex' exactly with append and replace, found 'truncate' with it\n");
    CHECK(edited("[]") == "test.yaml:1:1: expected a list of edits, found a list\n");
    CHECK(edited("[{when: later, field: tbs, do: truncate}]") ==
          "test.yaml:1:9: expected one of unsigned, signed, found 'later'\n");
}

}  // namespace guise::pki::edits_test
