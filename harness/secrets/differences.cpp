#include "secrets/differences.hpp"

#include "base/ascii.hpp"

namespace guise::secrets {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_visible(char c) { return c > ' ' && c <= '~'; }

// What a pair comes to: in a range of its own for each kind, so that no two kinds are alike.
char distance(char first, char second, int size, int base) {
    return static_cast<char>(base + (second - first + size) % size);
}

char by_alphabet(char first, char second) {
    constexpr int letters = 26, digits = 10;
    if (is_digit(first) && is_digit(second)) return distance(first, second, digits, 1);
    const bool both = is_alnum(first) && is_alnum(second);
    if (both && !is_digit(first) && !is_digit(second))
        return distance(lower(first), lower(second), letters, 1 + digits);
    if (both) return is_digit(first) ? '~' : '}';
    return is_alnum(second) ? '|' : second;
}

template <class Pair>
std::string of_pairs(std::string_view text, Pair pair) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 1; i < text.size(); ++i) out += pair(text[i - 1], text[i]);
    return out;
}

}  // namespace

std::string xor_differences(std::string_view text) {
    return of_pairs(text, [](char first, char second) { return static_cast<char>(first ^ second); });
}

std::string alphabet_differences(std::string_view text) { return of_pairs(text, &by_alphabet); }

std::string visible_differences(std::string_view text) {
    constexpr int visible = 94;
    return of_pairs(text, [](char first, char second) {
        return is_visible(first) && is_visible(second) ? distance(first, second, visible, 0) : '\x7f';
    });
}

}  // namespace guise::secrets
