#include "secrets/views.hpp"

#include <catch2/catch.hpp>

namespace guise::secrets::views_test {
namespace {

TEST_CASE("percent signs are decoded where they encode an octet", "[secrets][views]") {
    CHECK(percent_decoded("a%41%6a%6A") == "aAjj");
    CHECK(percent_decoded("100% %4 %zz %") == "100% %4 %zz %");
    CHECK(percent_decoded("%00").size() == 1);
}

TEST_CASE("numeric references are decoded where they are an octet", "[secrets][views]") {
    CHECK(references_decoded("a&#65;&#x6a;&#X6A;b") == "aAjjb");
    CHECK(references_decoded("&#; &#x; &#256; &#xyz; &#65 &amp; &#00000000065;") ==
          "&#; &#x; &#256; &#xyz; &#65 &amp; &#00000000065;");
}

TEST_CASE("a text has itself as a view, and others where they differ", "[secrets][views]") {
    CHECK(views_of("plain").size() == 1);
    CHECK(views_of("plain").front().how.empty());
    const auto views = views_of("%41");
    REQUIRE(views.size() == 2);
    CHECK(views[1].how == "percent-encoded");
    CHECK(views[1].text == "A");
    CHECK(views_of("100%").size() == 1);
}

}  // namespace
}  // namespace guise::secrets::views_test
