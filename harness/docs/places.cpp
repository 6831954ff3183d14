#include "docs/places.hpp"

#include "base/ascii.hpp"

#include <algorithm>

namespace guise::docs {

namespace {

bool may_stay(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'; }

// Small letters, digits and dots, with a dash for any number of others between them.
std::string slug(std::string_view name) {
    std::string out;
    for (const char c : lower(name)) {
        if (may_stay(c))
            out += c;
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    while (out.ends_with('-')) out.pop_back();
    return out;
}

}  // namespace

std::string scenario_place(std::string_view base) { return fmt::format("scenarios/{}.html", base); }
std::string clause_place(std::string_view id) { return fmt::format("clauses/{}.html", id); }
std::string standard_place(std::string_view name) { return fmt::format("standards/{}.html", slug(name)); }
std::string defect_place(std::string_view name) { return fmt::format("defects/{}.html", name); }
std::string profile_place(std::string_view name) { return fmt::format("profiles/{}.html", name); }
std::string client_place(std::string_view name) { return fmt::format("clients/{}.html", name); }

std::string way_up(std::string_view place) {
    std::string out;
    for (auto n = std::ranges::count(place, '/'); n > 0; --n) out += "../";
    return out;
}

Html link(std::string_view from, std::string_view to, const Html& shown) {
    return html("<a href=\"{}{}\">{}</a>", way_up(from), to, shown);
}

Html link(std::string_view from, std::string_view to, std::string_view text) {
    return link(from, to, Html{escaped(text)});
}

Html outside_link(std::string_view url, std::string_view text) {
    return html("<a class=\"outside\" rel=\"external noreferrer\" href=\"{}\">{}</a>", url, text);
}

}  // namespace guise::docs
