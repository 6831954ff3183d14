#include "docs/writer.hpp"

#include "base/read_file.hpp"
#include "docs/places.hpp"

namespace guise::docs {

namespace {

std::string without_comment(const std::string& file) {
    std::string text = file_text(file);
    std::size_t at = 0;
    while (at < text.size() && text[at] == '#') {
        const auto end = text.find('\n', at);
        at = end == std::string::npos ? text.size() : end + 1;
    }
    return text.substr(at);
}

}  // namespace

Html Writer::scenario(const std::string& base) const {
    return html("{} <span class=\"id\">{}</span>", link(page, scenario_place(base), book.first(base).title),
                base);
}

Html Writer::scenarios(const Names& bases) const {
    std::vector<Html> items;
    for (const std::string& base : bases) items.push_back(scenario(base));
    return list_html(items);
}

Html Writer::clause(const std::string& id, const profile::Profile* of) const {
    const Html to = link(page, clause_place(id), id);
    if (of) return html("{} ({})", to, word(of->level(id, book.inputs.clauses)));
    const auto& level = book.inputs.clauses.at(id).level;
    return level ? html("{} ({})", to, word(*level)) : to;
}

Html Writer::clauses(const profile::Clauses& ids, const profile::Profile* of) const {
    std::vector<Html> out;
    for (const std::string& id : ids) out.push_back(clause(id, of));
    return joined(out);
}

Html Writer::standards(const std::string& clause) const {
    std::vector<Html> out;
    for (const Standard& standard : standards_of(clause))
        out.push_back(book.inputs.clauses.contains(standard.name)
                          ? this->clause(standard.name)
                          : link(page, standard_place(standard.name), standard.title));
    return joined(out);
}

Html Writer::defect(const std::string& name) const { return link(page, defect_place(name), name); }
Html Writer::profile(const std::string& name) const {
    return book.inputs.profiles.contains(name) ? link(page, profile_place(name), name) : html("{}", name);
}
Html Writer::client(const std::string& name) const { return link(page, client_place(name), name); }

Html section(std::string_view id, std::string_view title, const Html& body) {
    if (body.empty()) return {};
    return html("<section aria-labelledby=\"{}\">\n<h2 id=\"{}\">{}</h2>\n{}</section>\n", id, id, title,
                body);
}

Html crumbs(const std::vector<Html>& links) {
    return html("<p class=\"crumbs\">{}</p>\n", joined(links, " <span aria-hidden=\"true\">/</span> "));
}

Html pairs_html(const std::vector<std::pair<std::string_view, Html>>& pairs) {
    Html out;
    for (const auto& [name, value] : pairs)
        if (!value.empty()) out += html("<dt>{}</dt><dd>{}</dd>\n", name, value);
    return out.empty() ? out : html("<dl class=\"pairs\">\n{}</dl>\n", out);
}

Html command_html(std::string_view command) {
    return html(
        "<div class=\"repeat\"><pre>{}</pre><button type=\"button\" class=\"copy\" "
        "hidden>Copy</button></div>\n",
        command);
}

Html file_section(std::string_view name, const std::string& file) {
    return section("file", "The file",
                   html("<p class=\"hint\">{}</p>\n<pre>{}</pre>\n", name, without_comment(file)));
}

std::string file_text(const std::string& file) { return text_of_file(file); }

}  // namespace guise::docs
