// What a client does to its pin where a clause leaves it two ways, of which it is to take one always: a
// trusted certificate is pinned too, or leaves the pin as it is.
#pragma once

#include "profile/alternative.hpp"

#include <map>
#include <string>

namespace guise::judge {

/// One thing to choose: how it was chosen, and in which visit first. Both is possible.
struct PinHabit {
    int pins = 0;  // the visit in which the key was pinned; 0: in none
    int leaves = 0;
    profile::Clauses clauses;
    bool operator==(const PinHabit&) const = default;
};

/// The choices of a case, by what is alike for a client (`basic, trusted/none`).
class PinChoices final {
 public:
    void add(const profile::PinChoice& choice, int visit);
    /// Leaves those that `other` has as well, whatever the visit.
    void keep_common(const PinChoices& other);

    [[nodiscard]] const std::map<std::string, PinHabit>& all() const { return all_; }
    bool operator==(const PinChoices&) const = default;

 private:
    std::map<std::string, PinHabit> all_;
};

}  // namespace guise::judge
