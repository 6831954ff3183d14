#include "docs/visits_html.hpp"

#include "docs/chain_svg.hpp"

namespace guise::docs {

namespace {

// Pictures of a case: each certificate appears once, where it is first shown.
class Pictures final {
 public:
    Pictures(const Book& book, const scenario::Scenario& scenario) : book_(book), scenario_(scenario) {}

    Html show(const pki::Present& present, int visit, std::string_view caption) {
        const auto [known, fresh] = drawn_.emplace(present.identity(), visit);
        if (!fresh)
            return html("<p class=\"again\">{}: the certificate of visit {}, octet for octet.</p>\n", caption,
                        known->second);
        const SeenChain chain = look_at(book_.inputs.library, scenario_, present);
        return html("<figure>\n<figcaption>{}</figcaption>\n{}</figure>\n", caption,
                    chain_svg(chain, key_of(present)));
    }

 private:
    static std::string key_of(const pki::Present& present) {
        return present.issue == 1 ? present.key : fmt::format("{}, issue {}", present.key, present.issue);
    }

    const Book& book_;
    const scenario::Scenario& scenario_;
    std::map<std::string, int> drawn_;  // by identity: the visit
};

Html pictures_of(const scenario::Connect& connect, int visit, Pictures& pictures) {
    Html out = pictures.show(connect.present, visit, "The chain that is presented");
    if (connect.first) out += pictures.show(*connect.first, visit, "What the first connection is shown");
    if (connect.swap)
        out += pictures.show(connect.swap->present, visit,
                             fmt::format("From the first connection after the {} on", connect.swap->after));
    if (connect.claims && connect.claims->certificate)
        out += pictures.show(*connect.claims->certificate, visit, "What the server says that it has");
    if (connect.claims && connect.claims->also)
        out += pictures.show(*connect.claims->also, visit, "What it says that it has as well");
    return html("<div class=\"pictures\">\n{}</div>\n", out);
}

Html visit_html(const ToldVisit& visit, int number, Pictures& pictures) {
    Html out = html("<p><b>Visit {}</b> {}</p>\n", number, visit.text);
    if (visit.connect) {
        out += html("<p class=\"faults\">Faults: {}{}</p>\n", faults_text(visit.faults),
                    visit.connect->swap ? "; after the swap: " + faults_text(visit.swapped) : "");
        out += pictures_of(*visit.connect, number, pictures);
    }
    return html("<li>{}</li>\n", out);
}

Html case_html(const Book& book, const BookCase& one) {
    Pictures pictures(book, *one.scenario);
    Html out;
    int number = 0;
    for (const ToldVisit& visit : one.visits) out += visit_html(visit, ++number, pictures);
    return html("<ol class=\"visits\">\n{}</ol>\n", out);
}

using Values = std::map<std::string, std::set<std::string>>;

Values values_of(const std::vector<const BookCase*>& cases) {
    Values out;
    for (const BookCase* one : cases)
        for (const auto& [axis, value] : one->scenario->axes) out[axis].insert(value);
    return out;
}

std::string listed(const std::set<std::string>& values) {
    std::string out;
    for (const std::string& value : values) out += (out.empty() ? "" : " or ") + value;
    return out;
}

// `position leaf`: the axes that tell these cases from the others, where they are all combinations of their
// values.
std::string axes_text(const std::vector<const BookCase*>& cases, const Values& all) {
    const Values own = values_of(cases);
    std::size_t combinations = 1;
    std::string out;
    for (const auto& [axis, values] : own) {
        combinations *= values.size();
        if (values != all.at(axis))
            out += fmt::format("{}{} {}", out.empty() ? "" : ", ", axis, listed(values));
    }
    if (combinations == cases.size()) return out;
    out.clear();
    for (const BookCase* one : cases) out += (out.empty() ? "" : "; or ") + one->scenario->id;
    return out;
}

}  // namespace

Html groups_html(const std::vector<Group>& groups) {
    if (groups.size() == 1) return groups.front().body;
    std::vector<const BookCase*> all;
    for (const Group& group : groups) all.insert(all.end(), group.cases.begin(), group.cases.end());
    Html out;
    for (const Group& group : groups)
        out += html("<div class=\"group\">\n<h3>With {}</h3>\n{}</div>\n",
                    axes_text(group.cases, values_of(all)), group.body);
    return out;
}

Html visits_html(const Book& book, const std::vector<BookCase>& cases) {
    const Html groups =
        groups_html(grouped(cases, [&](const BookCase& one) { return case_html(book, one); }));
    const bool is_short = cases.front().visits.size() == 1;
    return html("<div class=\"{}\">\n{}</div>\n", is_short ? "groups" : "cases", groups);
}

}  // namespace guise::docs
