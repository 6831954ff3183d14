// What somebody may have meant who wrote a word that is not known.
#pragma once

#include <ranges>
#include <string>
#include <string_view>
#include <vector>

namespace guise {

/// The known word that is nearest to `wrong`: the fewest letters added, left out, changed or swapped with
/// their neighbour, letters of any size alike. Empty where none is near: that is one letter in three, and
/// three at most. Of two letters nothing is near. Of equally near words it is the first.
[[nodiscard]] std::string nearest(std::string_view wrong, const std::vector<std::string>& known);

/// The end of a message: ` (did you mean 'self-signed'?)`; empty where no known word is near.
[[nodiscard]] std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& known);

/// The same, of any range of texts.
template <std::ranges::input_range Known>
[[nodiscard]] std::string did_you_mean(std::string_view wrong, const Known& known) {
    std::vector<std::string> all;
    for (const auto& each : known) all.emplace_back(each);
    return did_you_mean(wrong, all);
}

}  // namespace guise
