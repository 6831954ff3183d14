#include "secrets/unpack.hpp"

#include "base/bytes.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace guise::secrets::unpack_test {
namespace {

const std::string gzip =
    std::string(as_text(from_hex("1f8b08000000000000032b482c2e2ecf2f4ab14d4ecc4b2caad43530343236313533b7b04c4"
                                 "c4a4e494d43e7ab5500000d36e99d32000000")
                            .value()));
const std::string plain = "password=canary-0123456789abcdef0123456789abcdef&x";

bool holds(const std::vector<Unpacked>& all, const std::string& form, const std::string& text) {
    return std::ranges::any_of(all,
                               [&](const Unpacked& each) { return each.form == form && each.text == text; });
}

TEST_CASE("what is packed is unpacked wherever its mark is", "[secrets][unpack]") {
    CHECK(holds(unpacked(gzip), "gzip", plain));
    CHECK(holds(unpacked("before" + gzip + "after"), "gzip", plain));
    CHECK(holds(unpacked(std::string("\x1f\x8b\x08 no gzip ") + gzip), "gzip", plain));
}

TEST_CASE("what is cut off is unpacked as far as it came", "[secrets][unpack]") {
    const auto all = unpacked(gzip.substr(0, gzip.size() - 12));
    REQUIRE_FALSE(all.empty());
    CHECK(plain.starts_with(all.front().text));
    CHECK(all.front().text.size() > 10);
}

TEST_CASE("nothing is unpacked of what is not packed, and marks without end cost a bounded time",
          "[secrets][unpack]") {
    CHECK(unpacked("").empty());
    std::string marks;
    for (int i = 0; i < 20'000; ++i) marks += "\x1f\x8b\x08";
    CHECK(unpacked(marks).size() <= 10);
}

TEST_CASE("what unpacks to more than 256 KiB is cut there", "[secrets][unpack]") {
    // Zeros in one block of deflate with its fixed codes: a length of 258 and a distance of 1, again and
    // again.
    std::string zeros = "\x63";
    for (int i = 0; i < 4'000; ++i) zeros += "\x60\x18\x05\xa3";
    for (const Unpacked& each : unpacked(zeros)) CHECK(each.text.size() <= 256 * 1024);
}

}  // namespace
}  // namespace guise::secrets::unpack_test
