#include "secrets/spellings.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace guise::secrets::spellings_test {
namespace {

bool spelled(const std::vector<Spelling>& all, const std::string& how, const std::string& text) {
    return std::ranges::any_of(all,
                               [&](const Spelling& each) { return each.how == how && each.text == text; });
}

TEST_CASE("a secret has its spellings, by name", "[secrets][spellings]") {
    const auto all = spellings_of("foobar-baz");
    CHECK(spelled(all, "in base64", "Zm9vYmFyLWJhe"));
    CHECK(spelled(all, "in hexadecimal digits", "666f6f6261722d62617a"));
    CHECK(spelled(all, "in base32", "mzxw6ytboiwweyl2"));
    CHECK(spelled(all, "reversed", "zab-raboof"));
}

TEST_CASE("digests are made of the secret alone and with each name and pair of names",
          "[secrets][spellings]") {
    const auto all = digests_of("canary-0123456789abcdef0123456789abcdef", {"guise", "home"});
    CHECK(spelled(all, "as its MD5", "0dc09be92d9ac6324e1afbbaeb222674"));
    CHECK(spelled(all, "as its SHA-1 with guise", "mPsZF4cyII+PyHK20yRp1lILAH8"));
    CHECK(spelled(all, "as its SHA-256 with guise and home",
                  "60f6ba2651daec78676134aa389df79632b9f6422858070d90817042bc775231"));
    CHECK(spelled(all, "as its MD5 with guise and home", "1f30f498d8dc2916404f07eba3875cb0"));
}

}  // namespace
}  // namespace guise::secrets::spellings_test
