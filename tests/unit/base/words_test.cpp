#include "base/words.hpp"

#include <catch2/catch.hpp>

#include <set>

namespace guise::words_test {
namespace {

enum class Colour { red, blue };
constexpr auto words(Colour) { return std::to_array<std::string_view>({"red", "blue"}); }

enum class Wordless { one };

static_assert(Word<Colour>);
static_assert(!Word<Wordless>);
static_assert(word(Colour::blue) == "blue", "words are known when compiling");
static_assert(from_word<Colour>("red") == Colour::red);

TEST_CASE("a word is found by its exact spelling only", "[base][words]") {
    CHECK(from_word<Colour>("blue") == Colour::blue);
    CHECK_FALSE(from_word<Colour>("Blue").has_value());
    CHECK_FALSE(from_word<Colour>("blu").has_value());
    CHECK_FALSE(from_word<Colour>("blue ").has_value());
    CHECK_FALSE(from_word<Colour>("").has_value());
}

TEST_CASE("a message can name all words in their order", "[base][words]") {
    CHECK(one_of<Colour>() == "one of red, blue");
    CHECK(one_of<Level>() == "one of may, should, must");
}

TEST_CASE("levels are ordered from the weakest to the strongest", "[base][words]") {
    CHECK(Level::may < Level::should);
    CHECK(Level::should < Level::must);
    CHECK(word(Level::must) == "must");
}

TEST_CASE("every fault has a word of its own", "[base][words]") {
    const auto all = words(Fault{});
    CHECK(all.size() == static_cast<std::size_t>(Fault::size) + 1);
    CHECK(std::set<std::string_view>(all.begin(), all.end()).size() == all.size());
    for (const std::string_view text : all) {
        const auto fault = from_word<Fault>(text);
        REQUIRE(fault.has_value());
        CHECK(word(*fault) == text);
    }
}

TEST_CASE("the words of faults match their values", "[base][words]") {
    CHECK(word(Fault::unknown_issuer) == "unknown-issuer");
    CHECK(word(Fault::wrong_name) == "wrong-name");
    CHECK(word(Fault::key_usage) == "key-usage");
    CHECK(word(Fault::policy) == "policy");
    CHECK(word(Fault::no_proof) == "no-proof");
    CHECK(word(Fault::protocol) == "protocol");
}

}  // namespace
}  // namespace guise::words_test
