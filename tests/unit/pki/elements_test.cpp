#include "pki/elements.hpp"

#include "pki/support.hpp"

#include <openssl/x509.h>

#include <algorithm>

namespace guise::pki::elements_test {

using namespace guise::pki::test;

namespace {

Bytes leaf(const std::string& patch = "{}") { return minted("leaf", patch).path.front().der; }

Bytes joined(std::initializer_list<ByteView> parts) {
    Bytes out;
    for (const ByteView part : parts) out.insert(out.end(), part.begin(), part.end());
    return out;
}

}  // namespace

TEST_CASE("the elements are views of the certificate, in its order", "[pki][elements]") {
    const Bytes der = leaf();
    const Elements parts = read_elements(der).value();
    const Bytes all = joined({parts.version, parts.serial});
    CHECK(std::ranges::search(parts.tbs, all).begin() == parts.tbs.begin() + 4);  // behind tag and length
    CHECK(parts.rest.data() == parts.key.data() + parts.key.size());
    CHECK(parts.rest.data() + parts.rest.size() == parts.tbs.data() + parts.tbs.size());
    REQUIRE(parts.extensions);
    CHECK(std::ranges::equal(*parts.extensions, content_of_element(parts.rest)));
    CHECK(to_hex(parts.version) == "a003020102");
    CHECK(to_hex(content_of_element(content_of_element(parts.version))) == "02");
}

TEST_CASE("what may be left out is empty", "[pki][elements]") {
    const Bytes der = leaf("{version: 1, extensions: none, names: none}");
    const Elements parts = read_elements(der).value();
    CHECK(parts.version.empty());
    CHECK(parts.rest.empty());
    CHECK_FALSE(parts.extensions);
}

TEST_CASE("a problem says which element is missing", "[pki][elements]") {
    const Bytes der = leaf();
    CHECK(problems(read_elements(Bytes{1, 2}, "x.der")) ==
          "x.der: expected a certificate, found other octets (of 2)\n");
    Bytes longer = der;
    longer.push_back(0);
    CHECK_THAT(problems(read_elements(longer)), Catch::Contains("the end of the certificate"));
    for (std::size_t size = 0; size < der.size(); ++size)
        CHECK_FALSE(read_elements(ByteView(der).first(size)).has_value());
}

}  // namespace guise::pki::elements_test
