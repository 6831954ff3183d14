#include "clients/file/placeholders.hpp"

#include "base/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::clients {
namespace {

constexpr std::string_view word_letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

// Splits `text` into what stands outside and inside of `{word}`.
template <class OnText, class OnName>
void scan(std::string_view text, OnText on_text, OnName on_name) {
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        on_text(text.substr(0, open));
        if (open == std::string_view::npos) return;
        text.remove_prefix(open);
        const std::size_t close = text.find_first_not_of(word_letters, 1);
        const bool named = close != std::string_view::npos && close > 1 && text[close] == '}';
        if (named) {
            on_name(text.substr(1, close - 1));
        } else {
            on_text(text.substr(0, 1));
        }
        text.remove_prefix(named ? close + 1 : 1);
    }
}

}  // namespace

std::vector<std::string> names_in(std::string_view text) {
    std::vector<std::string> out;
    scan(
        text, [](std::string_view) {}, [&](std::string_view name) { out.emplace_back(name); });
    return out;
}

std::string fill(std::string_view text, const std::function<std::string(Placeholder)>& value_of) {
    std::string out;
    scan(
        text, [&](std::string_view plain) { out += plain; },
        [&](std::string_view name) {
            const auto known = from_word<Placeholder>(name);
            out += known ? value_of(*known) : fmt::format("{{{}}}", name);
        });
    return out;
}

void check_placeholders(const yaml::Value& value, Problems& problems) {
    for (const std::string& name : names_in(value.text))
        if (!from_word<Placeholder>(name))
            problems.add(value.where, "a placeholder, " + one_of<Placeholder>(),
                         fmt::format("'{{{}}}'{}", name, did_you_mean(name, words(Placeholder{}))));
    for (const yaml::Value& item : value.items) check_placeholders(item, problems);
    for (const auto& [key, below] : value.entries) check_placeholders(below, problems);
}

bool mentions(const yaml::Value& value, Placeholder name) {
    const auto below = [name](const yaml::Value& one) { return mentions(one, name); };
    const auto in_entry = [name](const yaml::Entry& one) { return mentions(one.value, name); };
    const auto names = names_in(value.text);
    return std::ranges::count(names, word(name)) != 0 || std::ranges::any_of(value.items, below) ||
           std::ranges::any_of(value.entries, in_entry);
}

}  // namespace guise::clients
