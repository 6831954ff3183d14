#include "docs/defect_pages.hpp"

#include "base/comment.hpp"
#include "docs/places.hpp"
#include "docs/writer.hpp"

namespace guise::docs {

namespace {

Html levels_of(const pki::Defect& defect) {
    std::vector<Html> out;
    for (const auto& [position, level] : defect.level)
        out.push_back(html("{} ({})", word(position), word(level)));
    return joined(out);
}

Html parameters_of(const pki::Defect& defect) {
    std::vector<Html> out;
    for (const auto& [name, value] : defect.parameters)
        out.push_back(html("<code>{}</code> ({})", name, value));
    return joined(out);
}

Names scenarios_of(const Book& book, const std::string& name) {
    const auto found = book.by_defect.find(name);
    return found == book.by_defect.end() ? Names{} : found->second;
}

Page defect_page(const Book& book, const pki::Defect& defect) {
    const Writer writer(book, defect_place(defect.name));
    const std::string comment = opening_comment(defect.where.file.text());
    Html body = crumbs({link(writer.page, "defects/index.html", "Defects")});
    body +=
        html("<h1>{}</h1>\n<div class=\"comment\">\n{}</div>\n", defect.name, writer.prose.comment(comment));
    body += pairs_html({{"Fault", words_html(defect.faults)},
                        {"Clause", writer.standards(defect.clause)},
                        {"Where, and its level", levels_of(defect)},
                        {"Met in", html("{}", word(defect.stage))},
                        {"Parameters", parameters_of(defect)}});
    body += section("scenarios", "The scenarios", writer.scenarios(scenarios_of(book, defect.name)));
    body += file_section(fmt::format("certs/defects/{}.yaml", defect.name), defect.where.file);
    return {writer.page, defect.name, "defect", comment, body};
}

Page list_of_defects_page(const Book& book) {
    const Writer writer(book, "defects/index.html");
    Table table = table_with("Defects", {"Defect", "Faults", "Where, and its level", "Clause", "Scenarios"});
    for (const auto& [name, defect] : book.inputs.library.defects)
        table.rows.push_back({writer.defect(name), words_html(defect.faults), levels_of(defect),
                              writer.standards(defect.clause), html("{}", scenarios_of(book, name).size())});
    Html body = html(
        "<h1>Defects</h1>\n<p class=\"lead\">{} ways in which a certificate or a handshake is made wrong. "
        "Each "
        "breaks one property of a good recipe.</p>\n",
        table.rows.size());
    return {writer.page, "Defects", "list", "", body += table_html(table)};
}

}  // namespace

std::vector<Page> defect_pages(const Book& book) {
    std::vector<Page> out{list_of_defects_page(book)};
    for (const auto& [name, defect] : book.inputs.library.defects) out.push_back(defect_page(book, defect));
    return out;
}

}  // namespace guise::docs
