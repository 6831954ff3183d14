#include "judge/pin_consistency.hpp"

#include <catch2/catch.hpp>

#include <deque>

namespace guise::judge::pin_consistency_test {
namespace {

using profile::PinEffect;

// Cases that show what a client does with its pin.
struct Cases {
    std::deque<PinChoices> choices;
    std::vector<ShownChoices> shown;

    Cases& add(const std::string& name, const std::vector<PinEffect>& effects,
               const std::string& where = "ask, trusted/none") {
        PinChoices& each = choices.emplace_back();
        int visit = 0;
        for (const PinEffect effect : effects) each.add({where, effect, {"one-habit"}}, ++visit);
        shown.push_back({name, &each});
        return *this;
    }
    std::vector<InconsistentPin> found(Level level = Level::should) const {
        return inconsistent_pins(shown, [level](const profile::Clauses&) { return level; });
    }
};

const std::vector<PinEffect> pins{PinEffect::set}, leaves{PinEffect::keep};

TEST_CASE("a client of one habit is consistent, whichever it is", "[judge][pin]") {
    CHECK(Cases().add("a", pins).add("b", pins).found().empty());
    CHECK(Cases().add("a", leaves).add("b", leaves).found().empty());
    CHECK(Cases().found().empty());
}

TEST_CASE("the case that differs from most is told, and names one of them", "[judge][pin]") {
    const auto found = Cases().add("a", pins).add("b", leaves).add("c", leaves).found();
    REQUIRE(found.size() == 1);
    CHECK(found[0].about == 0);
    const Check& check = found[0].finding;
    CHECK(check.name == "pin-consistent");
    CHECK(check.verdict == Verdict::note);
    CHECK(check.expected == "the pin left as it is, as in b");
    CHECK(check.observed == "the trusted key pinned");
    CHECK(check.clauses == std::vector<std::string>{"one-habit"});
}

TEST_CASE("of two habits that are as frequent, the first is the client's", "[judge][pin]") {
    const auto found = Cases().add("a", pins).add("b", leaves).found();
    REQUIRE(found.size() == 1);
    CHECK(found[0].about == 1);
    CHECK(found[0].finding.expected == "the trusted key pinned, as in a");
    CHECK(found[0].finding.observed == "the pin left as it is");
}

TEST_CASE("a case that shows both habits is told by itself", "[judge][pin]") {
    const auto found = Cases().add("a", {PinEffect::keep, PinEffect::set}).add("b", leaves).found();
    REQUIRE(found.size() == 1);
    CHECK(found[0].about == 0);
    CHECK(found[0].finding.visit == 2);
    CHECK(found[0].finding.expected == "the pin left as it is, as in visit 1");
    CHECK(found[0].finding.observed == "the trusted key pinned");
    const auto other = Cases().add("a", {PinEffect::set, PinEffect::keep}).found();
    REQUIRE(other.size() == 1);
    CHECK(other[0].finding.expected == "the trusted key pinned, as in visit 1");
}

TEST_CASE("a case whose refusals do not count is compared with no other, but told by itself",
          "[judge][pin]") {
    Cases cases;
    cases.add("a", pins).add("b", leaves).add("c", {PinEffect::keep, PinEffect::set});
    for (ShownChoices& each : cases.shown) each.counts = each.name == "a";
    const auto found = cases.found();
    REQUIRE(found.size() == 1);
    CHECK(found[0].about == 2);
}

TEST_CASE("what is done in another situation is another habit", "[judge][pin]") {
    CHECK(Cases().add("a", pins).add("b", leaves, "ask, trusted/changed").found().empty());
    CHECK(Cases().add("a", pins).add("b", leaves, "strict, trusted/none").found().empty());
}

TEST_CASE("a finding weighs as its clause does", "[judge][pin]") {
    Cases cases;
    cases.add("a", pins).add("b", leaves);
    CHECK(cases.found(Level::must)[0].finding.verdict == Verdict::fail);
    CHECK(cases.found(Level::may)[0].finding.verdict == Verdict::pass);
    CHECK(cases.found(Level::may)[0].finding.described);
}

}  // namespace
}  // namespace guise::judge::pin_consistency_test
