#include "docs/chain_svg.hpp"

#include "docs/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::docs::chain_svg_test {

using page_kit::has;

namespace {

SeenChain chain() {
    SeenChain out;
    out.path.push_back({"root", guise::pki::Position::root, Sent::kept, true, false, {"p256"}, {}});
    out.path.push_back(
        {"leaf", guise::pki::Position::leaf, Sent::sent, false, false, {"for <host>"}, {"expired (must)"}});
    out.anchored = true;
    return out;
}

std::size_t count(const Html& html, const std::string& part) {
    std::size_t out = 0;
    for (auto at = html.text.find(part); at != std::string::npos; at = html.text.find(part, at + 1)) ++out;
    return out;
}

}  // namespace

TEST_CASE("a picture has a box a certificate and an arrow between two", "[chain-svg]") {
    const Html picture = chain_svg(chain(), "a");
    CHECK(count(picture, "<rect ") == 2);
    CHECK(count(picture, ">signs</text>") == 1);
    CHECK(has(picture, "class=\"box absent anchor\""));
    CHECK(has(picture, "class=\"box wrong\""));
    CHECK(has(picture, "leaf, <tspan class=\"key\">key a</tspan>"));
}

TEST_CASE("a picture can be read by who does not see it, and its texts are escaped", "[chain-svg]") {
    const Html picture = chain_svg(chain(), "a");
    CHECK(has(
        picture,
        "role=\"img\" aria-label=\"root, which the client trusts; it signs leaf, with the defect expired"));
    CHECK(has(picture, "for &lt;host&gt;"));
}

TEST_CASE("a signature that does not verify is drawn broken", "[chain-svg]") {
    SeenChain broken = chain();
    broken.path[1].unverifiable = true;
    const Html picture = chain_svg(broken, "a");
    CHECK(has(picture, "class=\"arrow wrong\""));
    CHECK(has(picture, "does not verify</text>"));
    CHECK_FALSE(has(picture, ">signs</text>"));
}

TEST_CASE("a defect of the handshake has a box of its own", "[chain-svg]") {
    SeenChain faulty = chain();
    faulty.handshake = {"no-proof (must)"};
    CHECK(count(chain_svg(faulty, "a"), "<rect ") == 3);
}

TEST_CASE("a line is broken between words, and a word that is too long inside", "[chain-svg]") {
    CHECK(wrapped("one two three", 7) == std::vector<std::string>{"one two", "three"});
    CHECK(wrapped("abcdefgh", 3) == std::vector<std::string>{"abc", "def", "gh"});
    CHECK(wrapped("", 3) == std::vector<std::string>{""});
}

}  // namespace guise::docs::chain_svg_test
