#include "judge/pin_choices.hpp"

namespace guise::judge {

void PinChoices::add(const profile::PinChoice& choice, int visit) {
    PinHabit& habit = all_[choice.where];
    habit.clauses = choice.clauses;
    int& first = choice.effect == profile::PinEffect::set ? habit.pins : habit.leaves;
    if (first == 0) first = visit;
}

void PinChoices::keep_common(const PinChoices& other) {
    for (auto& [where, habit] : all_) {
        const auto found = other.all_.find(where);
        if (found == other.all_.end() || found->second.pins == 0) habit.pins = 0;
        if (found == other.all_.end() || found->second.leaves == 0) habit.leaves = 0;
    }
    std::erase_if(all_, [](const auto& each) { return each.second.pins == 0 && each.second.leaves == 0; });
}

}  // namespace guise::judge
