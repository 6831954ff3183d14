#include "docs/profile_pages.hpp"

#include "base/comment.hpp"
#include "docs/decision_table.hpp"
#include "docs/places.hpp"

namespace guise::docs {

namespace {

using profile::Profile;

std::string pin_text(const profile::PinRules& pin) {
    if (pin.what == profile::PinWhat::nothing) return "nothing";
    return fmt::format("the {} per {}; accepting another: {}; a change of mode: {}", word(pin.what),
                       word(pin.per), word(pin.on_accept), word(pin.on_mode_change));
}

Html prompts_html(const Profile& profile) {
    std::vector<Html> out;
    for (const auto& [decision, rules] : profile.prompts) {
        std::string text = fmt::format("{} shows", word(decision));
        for (const profile::Shows what : rules.shows) text += fmt::format(" {}", word(what));
        if (rules.shows.empty()) text += " nothing that is asked for";
        if (rules.needs) text += fmt::format(", and needs {}", word(*rules.needs));
        out.push_back(html("{}", text));
    }
    return joined(out, "; ");
}

Html modes_of(const Profile& profile) {
    std::vector<Html> out;
    for (const auto& [name, mode] : profile.modes) out.push_back(html("{}", name));
    return joined(out);
}

Html clients_of(const Writer& writer, const std::string& profile) {
    std::vector<Html> out;
    for (const auto& who : writer.book.clients)
        if (who.client.profile == profile) out.push_back(writer.client(who.client.name));
    return joined(out);
}

Html clauses_of(const Writer& writer, const Profile& profile) {
    const auto& clauses = writer.book.inputs.clauses;
    Html out;
    for (const std::string& id : profile::expected_clauses(profile, clauses))
        out += html("<dt>{}</dt><dd>{}</dd>\n", writer.clause(id, &profile),
                    writer.prose.text(clauses.at(id).text));
    return html("<dl class=\"clauses\">\n{}</dl>\n", out);
}

std::string comment_of(const Book& book, const std::string& name) {
    return opening_comment(book.inputs.root / "fixtures" / "profiles" / (name + ".yaml"));
}

Page profile_page(const Book& book, const Profile& profile) {
    const Writer writer(book, profile_place(profile.name));
    const std::string comment = comment_of(book, profile.name);
    Html body = crumbs({link(writer.page, "profiles/index.html", "Profiles")});
    body += html("<h1>{}</h1>\n<p class=\"id\">{}</p>\n<div class=\"comment\">\n{}</div>\n", profile.title,
                 profile.name, writer.prose.comment(comment));
    body += profile_facts(profile);
    body += pairs_html({{"Clients", clients_of(writer, profile.name)}});
    body += section("table", "What each mode owes", decision_tables(writer, profile));
    body += section("checks", "The checks that stand in each mode", checks_html(writer, profile));
    body += section("clauses", "The clauses that it owes", clauses_of(writer, profile));
    return {writer.page, profile.title, "profile", profile.name + " " + comment, body};
}

Page list_of_profiles_page(const Book& book) {
    const Writer writer(book, "profiles/index.html");
    Table table = table_with("Profiles", {"Profile", "Modes", "Pins", "Clients"});
    for (const auto& [name, profile] : book.inputs.profiles)
        table.rows.push_back({html("{} <span class=\"id\">{}</span>",
                                   link(writer.page, profile_place(name), profile.title), name),
                              modes_of(profile), html("{}", pin_text(profile.pin)),
                              clients_of(writer, name)});
    Html body = html(
        "<h1>Profiles</h1>\n<p class=\"lead\">What each mode of one kind of client owes to each "
        "situation.</p>\n");
    return {writer.page, "Profiles", "list", "", body += table_html(table)};
}

}  // namespace

Html profile_facts(const Profile& profile) {
    return pairs_html({{"Clause list", html("{}", profile.ledger)},
                       {"Modes", modes_of(profile)},
                       {"Default mode", html("{}", profile.default_mode)},
                       {"Pins", html("{}", pin_text(profile.pin))},
                       {"Event", html("{}", profile.event)},
                       {"Questions", prompts_html(profile)},
                       {"Public requests", codes_html(profile.public_requests)},
                       {"Invalid without an anchor", words_html(profile.untrusted_faults)}});
}

std::vector<Page> profile_pages(const Book& book) {
    std::vector<Page> out{list_of_profiles_page(book)};
    for (const auto& [name, profile] : book.inputs.profiles) out.push_back(profile_page(book, profile));
    return out;
}

}  // namespace guise::docs
