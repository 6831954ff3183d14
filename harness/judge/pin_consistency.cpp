#include "judge/pin_consistency.hpp"

#include "judge/visit_checks.hpp"

#include <fmt/format.h>

#include <map>

namespace guise::judge {

namespace {

const std::string pinned = "the trusted key pinned";
const std::string left = "the pin left as it is";

// What was shown of one thing to choose; each by its place in the list.
struct Habits {
    std::vector<std::size_t> pins, leaves, both;
};

class Comparison final {
 public:
    Comparison(const std::vector<ShownChoices>& shown,
               const std::function<Level(const profile::Clauses&)>& level_of)
        : shown_(shown), level_of_(level_of) {}

    std::vector<InconsistentPin> run() {
        std::map<std::string, Habits> all;
        for (std::size_t i = 0; i < shown_.size(); ++i)
            for (const auto& [where, habit] : shown_[i].choices->all()) {
                Habits& habits = all[where];
                if (habit.pins > 0 && habit.leaves > 0)
                    habits.both.push_back(i);
                else if (shown_[i].counts)
                    (habit.pins > 0 ? habits.pins : habits.leaves).push_back(i);
            }
        for (const auto& [where, habits] : all) compare(where, habits);
        return std::move(out_);
    }

 private:
    void compare(const std::string& where, const Habits& habits) {
        for (const std::size_t each : habits.both) tell_of_itself(where, each);
        if (habits.pins.empty() || habits.leaves.empty()) return;
        if (usual_is_to_pin(habits))
            for (const std::size_t each : habits.leaves) tell(where, each, pinned, habits.pins.front(), left);
        else
            for (const std::size_t each : habits.pins) tell(where, each, left, habits.leaves.front(), pinned);
    }

    static bool usual_is_to_pin(const Habits& habits) {
        if (habits.pins.size() != habits.leaves.size()) return habits.pins.size() > habits.leaves.size();
        return habits.pins.front() < habits.leaves.front();
    }

    void tell(const std::string& where, std::size_t about, const std::string& usual, std::size_t other,
              const std::string& did) {
        const PinHabit& habit = habit_of(about, where);
        add(about, habit.pins > 0 ? habit.pins : habit.leaves, habit.clauses,
            fmt::format("{}, as in {}", usual, shown_[other].name), did);
    }

    // What it did first is what it would have done again.
    void tell_of_itself(const std::string& where, std::size_t about) {
        const PinHabit& habit = habit_of(about, where);
        const bool pinned_first = habit.pins < habit.leaves;
        add(about, pinned_first ? habit.leaves : habit.pins, habit.clauses,
            fmt::format("{}, as in visit {}", pinned_first ? pinned : left,
                        pinned_first ? habit.pins : habit.leaves),
            pinned_first ? left : pinned);
    }

    const PinHabit& habit_of(std::size_t of, const std::string& where) const {
        return shown_[of].choices->all().at(where);
    }

    void add(std::size_t about, int visit, const profile::Clauses& clauses, std::string expected,
             std::string observed) {
        const Level level = level_of_(clauses);
        out_.push_back({about,
                        {"pin-consistent", visit, missed(level), std::move(expected), std::move(observed),
                         clauses, level, level == Level::may}});
    }

    const std::vector<ShownChoices>& shown_;
    const std::function<Level(const profile::Clauses&)>& level_of_;
    std::vector<InconsistentPin> out_;
};

}  // namespace

std::vector<InconsistentPin> inconsistent_pins(
    const std::vector<ShownChoices>& shown, const std::function<Level(const profile::Clauses&)>& level_of) {
    return Comparison(shown, level_of).run();
}

}  // namespace guise::judge
