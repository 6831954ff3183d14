#include "docs/clause_pages.hpp"

#include "docs/places.hpp"
#include "docs/writer.hpp"

#include <algorithm>

namespace guise::docs {

namespace {

using profile::Clause;

Html level_html(const Clause& clause) { return clause.level ? mark(word(*clause.level)) : Html{}; }

Html expected_by(const Writer& writer, const Clause& clause) {
    std::vector<Html> out;
    for (const auto& [name, profile] : writer.book.inputs.profiles)
        if (profile::expected_clauses(profile, writer.book.inputs.clauses).contains(clause.id))
            out.push_back(writer.profile(name));
    return joined(out);
}

Html brought_by(const Writer& writer, const Clause& clause) {
    std::vector<Html> out;
    for (const auto& [id, other] : writer.book.inputs.clauses)
        if (std::ranges::count(other.includes, clause.id) != 0) out.push_back(writer.clause(id));
    return joined(out);
}

Html scenarios_html(const Writer& writer, const Clause& clause) {
    Html out;
    for (const auto& [profile, clauses] : writer.book.coverage)
        if (const auto found = clauses.find(clause.id); found != clauses.end())
            out += html("<h3>For {} <span class=\"soft\">({})</span></h3>\n{}", writer.profile(profile),
                        found->second.size(), writer.scenarios(found->second));
    return out;
}

Html uncovered_html(const Writer& writer, const Clause& clause) {
    std::vector<Html> out;
    const inputs::RunInputs& inputs = writer.book.inputs;
    for (const std::string& name :
         profile::uncovered(clause, inputs.profiles, inputs.clauses, writer.book.coverage))
        out.push_back(writer.profile(name));
    return joined(out);
}

Page clause_page(const Book& book, const Clause& clause) {
    const Writer writer(book, clause_place(clause.id));
    Html body = crumbs({link(writer.page, "clauses/index.html", "Clauses"), html("{}", clause.ledger)});
    body += html("<h1>{}</h1>\n<p class=\"lead\">{}</p>\n", clause.id, writer.prose.text(clause.text));
    body += pairs_html({{"Level", level_html(clause)},
                        {"Clause list", html("{}", clause.ledger)},
                        {"Source", writer.prose.text(clause.source)},
                        {"Brings along", writer.clauses(clause.includes, nullptr)},
                        {"Brought along by", brought_by(writer, clause)},
                        {"Expected by", expected_by(writer, clause)},
                        {"Out of scope", writer.prose.text(clause.out_of_scope)},
                        {"No scenario yet for", uncovered_html(writer, clause)}});
    body += section("scenarios", "The scenarios that hold a client to it", scenarios_html(writer, clause));
    return {writer.page, clause.id, "clause", clause.text, body};
}

Page standard_page(const Book& book, const std::string& name, const NamedBy& by) {
    const Writer writer(book, standard_place(name));
    const Standard standard = standards_of(name).front();
    Html body = crumbs({link(writer.page, "clauses/index.html", "Clauses"),
                        link(writer.page, "clauses/index.html#standards", "standards")});
    body += html("<h1>{}</h1>\n", standard.title);
    if (!standard.url.empty())
        body += html("<p class=\"lead\">{}</p>\n", outside_link(standard.url, "Read it at the RFC editor's"));
    std::vector<Html> defects;
    for (const std::string& defect : by.defects) defects.push_back(writer.defect(defect));
    body += section("defects", "The defects that it rules out", list_html(defects));
    body += section("scenarios", "The scenarios", writer.scenarios(by.scenarios));
    return {writer.page, standard.title, "standard", name, body};
}

Html clause_list_html(const Writer& writer, const std::string& clauses) {
    Table table = table_with("Clauses of " + clauses, {"Clause", "Level", "Text"});
    for (const auto& [id, clause] : writer.book.inputs.clauses)
        if (clause.ledger == clauses)
            table.rows.push_back({link(writer.page, clause_place(id), id), level_html(clause),
                                  writer.prose.text(clause.text)});
    return table_html(table);
}

Html standards_table(const Writer& writer) {
    Table table = table_with("Standards", {"Clause", "Defects", "Scenarios"});
    for (const auto& [name, by] : writer.book.by_standard) {
        std::vector<Html> defects;
        for (const std::string& defect : by.defects) defects.push_back(writer.defect(defect));
        table.rows.push_back({writer.standards(name), joined(defects), html("{}", by.scenarios.size())});
    }
    return table_html(table);
}

Page list_of_clauses_page(const Book& book) {
    const Writer writer(book, "clauses/index.html");
    Names ledgers;
    for (const auto& [id, clause] : book.inputs.clauses) ledgers.insert(clause.ledger);
    Html body = html(
        "<h1>Clauses</h1>\n<p class=\"lead\">What clients are held to: the promises of the clause lists, and "
        "the "
        "parts of standards that the defects break.</p>\n");
    for (const std::string& clauses : ledgers)
        body += section("ledger-" + clauses, clauses, clause_list_html(writer, clauses));
    body += section("standards", "Standards", standards_table(writer));
    return {writer.page, "Clauses", "list", "", body};
}

}  // namespace

std::vector<Page> clause_pages(const Book& book) {
    std::vector<Page> out{list_of_clauses_page(book)};
    for (const auto& [id, clause] : book.inputs.clauses) out.push_back(clause_page(book, clause));
    for (const auto& [name, by] : book.by_standard) out.push_back(standard_page(book, name, by));
    return out;
}

}  // namespace guise::docs
