#include "docs/prose.hpp"

#include "docs/places.hpp"
#include "docs/standard.hpp"

#include <boost/regex.hpp>

namespace guise::docs {

namespace {

// `RFC 5280 section 6.1.3 (a)(2)`, an id of a scenario or a file, an id of a clause.
const boost::regex& name_pattern() {
    static const boost::regex pattern(
        R"(RFC (\d+)(?:,? section (\d+(?:\.\d+)*)| ((?:[A-Z]|\d+)(?:\.\d+)+|\d+(?= [A-Z(])))?)"
        R"(|[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*|\b[A-Z]{2}-\d{2}\b)");
    return pattern;
}

bool is_sketch(std::string_view paragraph) {
    if (paragraph.find(" -> ") != std::string_view::npos) return true;
    const auto gap = paragraph.find("   ");
    return gap != std::string_view::npos && gap != 0;
}

bool is_count(const std::string& paragraph) {
    constexpr std::size_t longest = 100;
    static const boost::regex pattern(R"(\d+ scenarios?, \d+ cases?\.)");
    return paragraph.size() < longest && boost::regex_match(paragraph, pattern);
}

}  // namespace

Html Prose::names(std::string_view text) const {
    // No paragraph is longer; in a longer text a single word may cost the matcher the square of its length.
    constexpr std::size_t longest = 4096;
    if (text.size() > longest) return html("{}", text);
    Html out;
    auto at = text.begin();
    using Found = boost::regex_iterator<std::string_view::const_iterator>;
    for (Found found(text.begin(), text.end(), name_pattern()), end; found != end; ++found) {
        const auto& match = *found;
        out += html("{}", std::string_view(at, match[0].first));
        const std::string name = match.str();
        const std::string section = match[2].matched ? match.str(2) : match.str(3);
        if (match[1].matched)
            out += outside_link(rfc_url(match.str(1), section), name);
        else if (const auto known = glossary_.find(name); known != glossary_.end() && known->second != page_)
            out += link(page_, known->second, name);
        else
            out += html("{}", name);
        at = match[0].second;
    }
    return out += html("{}", std::string_view(at, text.end()));
}

Html Prose::text(std::string_view text) const {
    Html out;
    for (bool code = false; !text.empty(); code = !code) {
        const auto tick = text.find('`');
        const std::string_view part = text.substr(0, tick);
        if (code && tick != std::string_view::npos)
            out += html("<code>{}</code>", names(part));
        else
            out += html(code ? "`{}" : "{}", names(part));
        text.remove_prefix(tick == std::string_view::npos ? text.size() : tick + 1);
    }
    return out;
}

Html Prose::comment(std::string_view comment) const {
    Html out;
    for (const std::string& paragraph : paragraphs(comment))
        out +=
            is_sketch(paragraph)
                ? html("<pre class=\"sketch\" role=\"group\" aria-label=\"Sketch\" tabindex=\"0\">{}</pre>\n",
                       names(paragraph))
                : html("<p>{}</p>\n", text(paragraph));
    return out;
}

Html Prose::readme(std::string_view markdown) const {
    Html out;
    for (const std::string& paragraph : paragraphs(markdown))
        if (!paragraph.starts_with('#') && !is_count(paragraph) && paragraph.find("](") == std::string::npos)
            out += html("<p>{}</p>\n", text(paragraph));
    return out;
}

std::vector<std::string> paragraphs(std::string_view text) {
    std::vector<std::string> out{""};
    while (!text.empty()) {
        const auto end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.empty() && !out.back().empty())
            out.emplace_back();
        else if (!line.empty())
            out.back() += (out.back().empty() ? "" : "\n") + std::string(line);
    }
    if (out.back().empty()) out.pop_back();
    return out;
}

}  // namespace guise::docs
