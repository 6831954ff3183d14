#include "report/page.hpp"

namespace guise::report {

std::string without_tags(std::string_view json) {
    std::string out;
    out.reserve(json.size() + json.size() / 64);
    for (const char c : json)
        if (c == '<')
            out += "\\u003c";  // `<` stands in texts only, and there this is the same
        else
            out += c;
    return out;
}

std::string filled_page(std::string_view page, std::string_view json) {
    constexpr std::string_view place = "{{data}}";
    const auto at = page.find(place);
    if (at == std::string_view::npos) return std::string(page);
    std::string out(page.substr(0, at));
    out += without_tags(json);
    out += page.substr(at + place.size());
    return out;
}

}  // namespace guise::report
