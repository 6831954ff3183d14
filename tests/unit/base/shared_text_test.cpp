#include "base/shared_text.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <set>

namespace guise::shared_text_test {
namespace {

TEST_CASE("equal texts are one", "[base][shared_text]") {
    const std::string name = "a scenario with a long name";
    const SharedText one = name;
    const SharedText two = std::string_view(name);
    CHECK(one == two);
    CHECK(&one.text() == &two.text());
    CHECK_FALSE(one == SharedText("another"));
}

TEST_CASE("a text that was never given is the empty one", "[base][shared_text]") {
    CHECK(SharedText() == SharedText(""));
    CHECK(SharedText().text().empty());
    CHECK(SharedText("").empty());
}

TEST_CASE("shared texts sort as their letters do, whichever was made first", "[base][shared_text]") {
    const std::set<SharedText> sorted{"sorts-c", "sorts-a", "", "sorts-b"};
    CHECK(std::vector<SharedText>(sorted.begin(), sorted.end()) ==
          std::vector<SharedText>{"", "sorts-a", "sorts-b", "sorts-c"});
}

TEST_CASE("a shared text is formatted as a text", "[base][shared_text]") {
    CHECK(fmt::format("{:>5}|", SharedText("abc")) == "  abc|");
}

TEST_CASE("a shared text is as large as a pointer", "[base][shared_text]") {
    CHECK(sizeof(SharedText) == sizeof(void*));
}

}  // namespace
}  // namespace guise::shared_text_test
