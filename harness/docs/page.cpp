#include "docs/page.hpp"

#include "docs/places.hpp"
#include "report/json.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace guise::docs {

namespace {

struct Part {
    std::string_view place;
    std::string_view name;
};

constexpr std::array parts{Part{"index.html", "Scenarios"}, Part{"clauses/index.html", "Clauses"},
                           Part{"defects/index.html", "Defects"}, Part{"profiles/index.html", "Profiles"},
                           Part{"clients/index.html", "Clients"}};

// Whether a page belongs to a part: it is that page, or below its folder.
bool is_of(const std::string& place, std::string_view part) {
    const std::string_view folder = part.substr(0, part.rfind('/') + 1);
    if (folder.empty()) return place == part || place.starts_with("scenarios/");
    return place.starts_with(folder) || (folder == "clauses/" && place.starts_with("standards/"));
}

Html navigation(const std::string& place) {
    std::vector<Html> out;
    for (const Part& part : parts)
        out.push_back(html("<a href=\"{}{}\"{}>{}</a>", way_up(place), part.place,
                           Html{is_of(place, part.place) ? " aria-current=\"true\"" : ""}, part.name));
    return joined(out, " ");
}

void fill(std::string& text, std::string_view name, const std::string& value) {
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size()))
        text.replace(at, name.size(), value);
}

}  // namespace

std::string framed(const Page& page) {
    std::string out(docs_page());
    fill(out, "{{root}}", way_up(page.place));
    fill(out, "{{title}}", escaped(page.title));
    fill(out, "{{nav}}", navigation(page.place).text);
    fill(out, "{{body}}", page.body.text);  // last: what it says is not filled
    return out;
}

std::string search_data(const std::vector<Page>& pages) {
    auto out = nlohmann::ordered_json::array();
    for (const Page& page : pages) out.push_back({page.kind, page.title, page.place, page.details});
    return "// Made by guise docs: what the search looks through.\nwindow.guisePages = " +
           report::json_text(out) + ";\n";
}

}  // namespace guise::docs
