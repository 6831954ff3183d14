#include "docs/index_page.hpp"

#include "base/counted.hpp"
#include "docs/places.hpp"
#include "docs/writer.hpp"

#include <algorithm>
#include <filesystem>

namespace guise::docs {

namespace {

// The README of an area, beside its scenarios; empty where it has none.
std::string readme_of(const Book& book, const Names& bases) {
    const std::string& file = book.first(*bases.begin()).where.file;
    return file_text((std::filesystem::path(file).parent_path() / "README.md").string());
}

// `# trust: anchors and paths` is titled `anchors and paths`.
std::string title_of(const std::string& readme, const std::string& area) {
    const std::string start = "# " + area + ": ";
    if (!readme.starts_with(start)) return "";
    return readme.substr(start.size(), readme.find('\n') - start.size());
}

std::size_t case_count(const Book& book, const Names& bases) {
    std::size_t out = 0;
    for (const std::string& base : bases) out += book.scenarios.at(base).size();
    return out;
}

std::vector<Html> row(const Writer& writer, const std::string& base) {
    const auto faults = writer.book.faults(base);
    Level level = Level::may;
    std::vector<Html> names;
    for (const auto& [fault, of] : faults) {
        level = std::max(level, of);
        names.push_back(html("{}", word(fault)));
    }
    return {writer.scenario(base), mark(word(writer.book.first(base).severity)),
            faults.empty() ? html("<span class=\"soft\">none</span>") : joined(names),
            faults.empty() ? Html{} : html("{}", word(level))};
}

Html area_html(const Writer& writer, const std::string& area, const Names& bases) {
    const std::string readme = readme_of(writer.book, bases);
    const std::string title = title_of(readme, area);
    Table table = table_with("Scenarios of " + area, {"Scenario", "Severity", "Faults", "Level"});
    for (const std::string& base : bases) table.rows.push_back(row(writer, base));
    return html(
        "<section aria-labelledby=\"{}\">\n<h2 id=\"{}\">{}{}</h2>\n<p class=\"hint\">{}, "
        "{}</p>\n{}{}</section>\n",
        area, area, area, title.empty() ? Html{} : html("<span class=\"soft\">: {}</span>", title),
        counted(bases.size(), "scenario"), counted(case_count(writer.book, bases), "case"),
        writer.prose.readme(readme), table_html(table));
}

Html contents(const Writer& writer) {
    Html out;
    for (const auto& [area, bases] : writer.book.areas)
        out += html("<li><a href=\"#{}\"><b>{}</b> <span>{}</span></a></li>\n", area, area, bases.size());
    return html("<nav aria-label=\"Areas\"><ul class=\"areas\">\n{}</ul></nav>\n", out);
}

}  // namespace

Page index_page(const Book& book) {
    const Writer writer(book, "index.html");
    std::size_t cases = 0;
    for (const auto& [area, bases] : book.areas) cases += case_count(book, bases);
    Html body = html(
        "<h1>What servers present</h1>\n<p class=\"lead\">{} in {}, {}. Each says what a server presents; "
        "what "
        "a client owes to it follows from the profiles.</p>\n",
        counted(book.scenarios.size(), "scenario"), counted(book.areas.size(), "area"),
        counted(cases, "case"));
    body += contents(writer);
    for (const auto& [area, bases] : book.areas) body += area_html(writer, area, bases);
    return {writer.page, "Scenarios", "list", "areas", body};
}

}  // namespace guise::docs
