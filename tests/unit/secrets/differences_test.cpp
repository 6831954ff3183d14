#include "secrets/differences.hpp"

#include <catch2/catch.hpp>

namespace guise::secrets::differences_test {
namespace {

TEST_CASE("an exclusive or with one octet leaves the differences", "[secrets][differences]") {
    CHECK(xor_differences("abc") == xor_differences("ABC"));
    CHECK(xor_differences("abc") != xor_differences("abd"));
    CHECK(xor_differences("a").empty());
}

TEST_CASE("a rotation of letters and of digits leaves the differences", "[secrets][differences]") {
    CHECK(alphabet_differences("xyz-789") == alphabet_differences("abc-012"));
    CHECK(alphabet_differences("xyz-789") == alphabet_differences("ABC-789"));
    CHECK(alphabet_differences("xyz-789") != alphabet_differences("xyz-798"));
    CHECK(alphabet_differences("a1b") != alphabet_differences("1a2"));
}

TEST_CASE("a rotation of the visible characters leaves the differences", "[secrets][differences]") {
    CHECK(visible_differences("abz~") == visible_differences("\"#;?"));
    CHECK(visible_differences("ab") != visible_differences("ac"));
    CHECK(visible_differences("a b") == visible_differences("x y"));
}

}  // namespace
}  // namespace guise::secrets::differences_test
