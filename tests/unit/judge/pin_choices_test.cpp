#include "judge/pin_choices.hpp"

#include <catch2/catch.hpp>

namespace guise::judge::pin_choices_test {
namespace {

profile::PinChoice choice(const std::string& where, profile::PinEffect effect) {
    return {where, effect, {"one-habit"}};
}

PinChoices choices(const std::vector<profile::PinChoice>& made) {
    PinChoices out;
    int visit = 0;
    for (const auto& each : made) out.add(each, ++visit);
    return out;
}

const auto pins = choice("ask, trusted/none", profile::PinEffect::set);
const auto leaves = choice("ask, trusted/none", profile::PinEffect::keep);
const auto pins_elsewhere = choice("ask, trusted/changed", profile::PinEffect::set);

TEST_CASE("a habit is known by the visit in which it was first seen", "[judge][pin]") {
    const PinChoices all = choices({leaves, pins, pins});
    REQUIRE(all.all().size() == 1);
    const PinHabit& habit = all.all().at("ask, trusted/none");
    CHECK(habit.leaves == 1);
    CHECK(habit.pins == 2);
    CHECK(habit.clauses == profile::Clauses{"one-habit"});
}

TEST_CASE("what two explanations have in common is what was chosen in both", "[judge][pin]") {
    PinChoices common = choices({leaves, pins, pins_elsewhere});
    common.keep_common(choices({pins}));
    CHECK(common.all().size() == 1);
    CHECK(common.all().at("ask, trusted/none").pins == 2);
    CHECK(common.all().at("ask, trusted/none").leaves == 0);
    common.keep_common(choices({leaves}));
    CHECK(common.all().empty());
}

}  // namespace
}  // namespace guise::judge::pin_choices_test
