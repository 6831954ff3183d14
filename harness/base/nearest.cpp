#include "base/nearest.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <cstddef>

namespace guise {

namespace {

// What is longer is no word that somebody has mistyped, and its distance would take long.
constexpr std::size_t longest_word = 100;
// Of two letters, half would be wrong.
constexpr std::size_t shortest_word = 3;

// Damerau's distance, where no letter is changed twice: rows of the table of Levenshtein, and the last but
// one.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    const auto same = [](char one, char other) { return lower(one) == lower(other); };
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = last[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, changed});
            if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]))
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

}  // namespace

std::string nearest(std::string_view wrong, const std::vector<std::string>& known) {
    if (wrong.empty() || wrong.size() > longest_word) return {};
    std::size_t best = std::clamp<std::size_t>(wrong.size() / 3, 1, 3) + 1;
    std::string out;
    for (const std::string& each : known) {
        const std::size_t longer = std::max(each.size(), wrong.size());
        if (longer < shortest_word || longer - std::min(each.size(), wrong.size()) >= best) continue;
        const std::size_t far = distance(wrong, each);
        if (far >= best || far >= longer) continue;  // a word of other letters alone is none that was meant
        best = far;
        out = each;
    }
    return out;
}

std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& known) {
    const std::string meant = nearest(wrong, known);
    return meant.empty() ? "" : " (did you mean '" + meant + "'?)";
}

}  // namespace guise
