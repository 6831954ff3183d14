// Whether a client has one habit with the pins of trusted certificates, over all cases of a session.
//
// A case may be explained by either habit alone; others can be explained by one only. Where the two are not
// the same, the client does this one time and that the next.
#pragma once

#include "judge/verdict.hpp"
#include "profile/profile.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace guise::judge {

/// What one run of a case shows.
struct ShownChoices {
    std::string name;  // for a reader
    const PinChoices* choices = nullptr;
    bool counts = true;  // else its refusals do not, and it is compared with no other
};

/// What is found, and about which of those that were compared.
struct InconsistentPin {
    std::size_t about = 0;
    Check finding;
};

/// The findings: about those that differ from most others, and about each that has both habits itself. Of two
/// habits that are as frequent, the one that is shown first is taken for the client's. `level_of` says how
/// binding clauses are.
[[nodiscard]] std::vector<InconsistentPin> inconsistent_pins(
    const std::vector<ShownChoices>& shown, const std::function<Level(const profile::Clauses&)>& level_of);

}  // namespace guise::judge
