// Finds a secret in an unknown form: what changes with the secret, and only with it.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace guise::secrets {

/// Which of three secrets each of six runs is given. Any two of them make a comparison: two runs with one
/// show what varies by itself, two with another show what follows the secret. The order is the same from both
/// ends, so that what only grows, like a clock or a number, is never the same in both runs of one secret.
constexpr std::array<int, 6> secret_of_run = {1, 2, 3, 3, 2, 1};

/// What was sent in one run, in parts that the caller tells apart.
using SentParts = std::vector<std::string_view>;

/// Which parts follow the secret, of each run: those with what both runs of their secret have and no other
/// run has, where that is so for each of the three secrets, and is more than three bytes of each.
///
/// It does not matter in which order the parts come, and where in them the bytes are.
/// `runs` are six, in the order of `secret_of_run`. Time grows with the length of all, logarithms aside.
[[nodiscard]] std::vector<std::vector<bool>> following(std::span<const SentParts> runs);

}  // namespace guise::secrets
