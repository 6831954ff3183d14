// What stays the same when each character of a text is changed by the same step.
#pragma once

#include <string>
#include <string_view>

namespace guise::secrets {

/// The exclusive or of neighbours: the same under an exclusive or with one byte.
[[nodiscard]] std::string xor_differences(std::string_view text);

/// Neighbours' distances in the alphabet and among the digits: the same under a rotation of letters, digits
/// or both (ROT13, ROT5, ROT18 and their kin), whatever the size of the letters. All else stands for itself.
[[nodiscard]] std::string alphabet_differences(std::string_view text);

/// Neighbours' distances among the 94 visible characters: the same under ROT47 and its kin.
[[nodiscard]] std::string visible_differences(std::string_view text);

}  // namespace guise::secrets
