#include "docs/standard.hpp"

#include <fmt/format.h>

namespace guise::docs {

namespace {

bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

// `RFC 5280 6.1.3 (a)(1)`: what comes after the number, or nothing.
Standard rfc(std::string_view name) {
    constexpr std::string_view prefix = "RFC ";
    const std::string_view rest = name.substr(prefix.size());
    const auto space = rest.find(' ');
    const std::string_view number = rest.substr(0, space);
    const std::string_view section = space == std::string_view::npos ? "" : rest.substr(space + 1);
    Standard out{std::string(name), fmt::format("RFC {}", number), rfc_url(number, section)};
    if (!section.empty())
        out.title += fmt::format(", {} {}", is_letter(section.front()) ? "appendix" : "section", section);
    return out;
}

Standard standard_of(std::string_view name) {
    if (name.starts_with("RFC ")) return rfc(name);
    return {std::string(name), std::string(name), ""};
}

}  // namespace

std::vector<Standard> standards_of(std::string_view clause) {
    constexpr std::string_view between = ", ";
    std::vector<Standard> out;
    while (!clause.empty()) {
        const auto end = clause.find(between);
        out.push_back(standard_of(clause.substr(0, end)));
        if (end == std::string_view::npos) break;
        clause.remove_prefix(end + between.size());
    }
    return out;
}

std::string rfc_url(std::string_view number, std::string_view section) {
    std::string out = fmt::format("https://www.rfc-editor.org/rfc/rfc{}", number);
    section = section.substr(0, section.find(' '));
    if (section.empty() || section.front() == '(') return out;
    return out + fmt::format("#{}-{}", is_letter(section.front()) ? "appendix" : "section", section);
}

}  // namespace guise::docs
