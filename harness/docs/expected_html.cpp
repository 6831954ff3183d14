#include "docs/expected_html.hpp"

#include "docs/places.hpp"
#include "docs/visits_html.hpp"

#include <algorithm>

namespace guise::docs {

namespace {

// The columns that a table needs: not every one has several visits, or events.
struct Columns {
    bool visit = false;
    bool event = false;
};

Columns columns_of(const std::vector<ExpectedByMode>& modes) {
    Columns out;
    for (const ExpectedByMode& mode : modes) {
        out.visit = out.visit || mode.visits.size() > 1;
        for (const profile::ExpectedInVisit& visit : mode.visits)
            for (const profile::Expected& owed : visit) out.event = out.event || owed.event.has_value();
    }
    return out;
}

std::vector<Html> heads(const Columns& columns) {
    std::vector<Html> out{html("Mode")};
    if (columns.visit) out.push_back(html("Visit"));
    out.insert(out.end(), {html("Situation"), html("Expected"), html("Ends")});
    if (columns.event) out.push_back(html("Event"));
    out.push_back(html("Clauses"));
    return out;
}

std::vector<Html> row(const Writer& writer, const ExpectedByMode& mode, std::size_t visit,
                      const profile::Expected& owed, const Columns& columns) {
    const std::string& profile = mode.profile->name;
    const bool has_page = mode.profile->modes.contains(mode.mode);
    std::vector<Html> out{has_page ? link(writer.page, profile_place(profile) + "#" + mode.mode, mode.mode)
                                   : html("{}", mode.mode)};
    if (columns.visit) out.push_back(html("{}", visit));
    out.push_back(html("{}", owed.situation));
    out.push_back(html("<b>{}</b>", owed.text()));
    out.push_back(html("{}", finals_text(owed)));
    if (columns.event) out.push_back(html("{}", owed.event ? word(*owed.event) : "-"));
    out.push_back(writer.clauses(owed.clauses, mode.profile));
    return out;
}

Html table_of(const Writer& writer, const std::vector<ExpectedByMode>& modes) {
    const Columns columns = columns_of(modes);
    const profile::Profile& profile = *modes.front().profile;
    Table table{"What " + profile.name + " owes", heads(columns), {}};
    for (const ExpectedByMode& mode : modes)
        for (std::size_t visit = 0; visit < mode.visits.size(); ++visit)
            for (const profile::Expected& owed : mode.visits[visit])
                table.rows.push_back(row(writer, mode, visit + 1, owed, columns));
    return html("<h4>{} <span class=\"id\">{}</span></h4>\n{}",
                link(writer.page, profile_place(profile.name), profile.title), profile.name,
                table_html(table));
}

Html case_html(const Writer& writer, const BookCase& one) {
    Html out;
    auto at = one.owed.begin();
    while (at != one.owed.end()) {
        const auto end = std::find_if(
            at, one.owed.end(), [&](const ExpectedByMode& mode) { return mode.profile != at->profile; });
        out += table_of(writer, {at, end});
        at = end;
    }
    return out.empty() ? html("<p>No mode of any profile runs it.</p>\n") : out;
}

}  // namespace

Html expected_html(const Writer& writer, const std::vector<BookCase>& cases) {
    return groups_html(grouped(cases, [&](const BookCase& one) { return case_html(writer, one); }));
}

Names clauses_of(const std::vector<BookCase>& cases) {
    Names out;
    for (const BookCase& one : cases)
        for (const ExpectedByMode& mode : one.owed)
            for (const profile::ExpectedInVisit& visit : mode.visits)
                for (const profile::Expected& owed : visit)
                    out.insert(owed.clauses.begin(), owed.clauses.end());
    return out;
}

}  // namespace guise::docs
