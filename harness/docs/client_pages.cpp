#include "docs/client_pages.hpp"

#include "base/comment.hpp"
#include "docs/decision_table.hpp"
#include "docs/places.hpp"
#include "docs/profile_pages.hpp"

namespace guise::docs {

namespace {

using inputs::ChosenClient;

Html modes_html(const ChosenClient& who) {
    std::vector<Html> out;
    for (const auto& [name, settings] : who.client.modes) {
        const Html added = codes_html(settings.add, " ");
        out.push_back(added.empty() ? html("{}", name) : html("{}: {}", name, added));
    }
    return joined(out, "<br>");
}

Html reach_html(const ChosenClient& who) {
    std::vector<Html> out;
    for (const std::string& routing : who.client.routing) out.push_back(html("{}", routing));
    return joined(out, ", else ");
}

// An overlay is a profile of the client's own, which has no page: it is described here.
Html own_profile(const Writer& writer, const ChosenClient& who) {
    if (!who.client.overlay) return {};
    return profile_facts(who.profile) += decision_tables(writer, who.profile);
}

Html profile_html(const Writer& writer, const ChosenClient& who) {
    if (!who.client.overlay) return writer.profile(who.client.profile);
    const yaml::Value* base = who.client.overlay->find("extends");
    const Html own = html("<a href=\"#profile\">its own</a>");
    return base ? html("{}, laid over {}", own, writer.profile(base->text)) : own;
}

Html scenarios_html(const Writer& writer, const judge::KnownDeviation& entry) {
    std::vector<Html> out;
    for (const std::string& base : writer.book.known_in.at(&entry))
        out.push_back(link(writer.page, scenario_place(base), base));
    return out.empty() ? html("{}", entry.scenario) : joined(out, "<br>");
}

Html known_of_client_html(const Writer& writer, const std::string& client) {
    Table table =
        table_with("Known deviations", {"Scenario", "Mode", "Check", "It does", "Because", "Seen with"});
    for (const judge::KnownDeviation& entry : writer.book.known)
        if (entry.client == client)
            table.rows.push_back({scenarios_html(writer, entry), html("{}", entry.mode),
                                  html("{}", entry.check),
                                  html("{} ({})", entry.observed, word(entry.verdict)),
                                  writer.prose.text(entry.reason), html("<code>{}</code>", entry.evidence)});
    return table_html(table);
}

Page client_page(const Book& book, const ChosenClient& who) {
    const clients::Client& client = who.client;
    const Writer writer(book, client_place(client.name));
    const std::string comment = opening_comment(client.file);
    Html body = crumbs({link(writer.page, "clients/index.html", "Clients")});
    body += html("<h1>{}</h1>\n<div class=\"comment\">\n{}</div>\n",
                 client.title.empty() ? client.name : client.title, writer.prose.comment(comment));
    body += pairs_html({{"Name", html("<code>{}</code>", client.name)},
                        {"Profile", profile_html(writer, who)},
                        {"Driver", html("{}", client.driver)},
                        {"Service", html("{}", client.service)},
                        {"Finds the hosts by", reach_html(who)},
                        {"Debian packages", codes_html(client.packages, " ")},
                        {"Modes", modes_html(who)}});
    body += section("run", "Run it", command_html(fmt::format("guise run --client {}", client.name)));
    body += section("known", "What it is known to do", known_of_client_html(writer, client.name));
    body += section("profile", "Its own profile", own_profile(writer, who));
    body += section("command", "How it is started", html("<p>{}</p>\n", codes_html(client.run, " ")));
    return {writer.page, client.title.empty() ? client.name : client.title, "client",
            client.name + " " + comment, body};
}

Page list_of_clients_page(const Book& book) {
    const Writer writer(book, "clients/index.html");
    Table table = table_with("Clients", {"Client", "Profile", "Modes", "Known deviations"});
    for (const auto& who : book.clients) {
        std::vector<Html> modes;
        for (const auto& [name, settings] : who.client.modes) modes.push_back(html("{}", name));
        std::size_t known = 0;
        for (const judge::KnownDeviation& entry : book.known)
            known += entry.client == who.client.name ? 1 : 0;
        table.rows.push_back({writer.client(who.client.name), writer.profile(who.client.profile),
                              joined(modes), html("{}", known)});
    }
    Html body = html(
        "<h1>Clients</h1>\n<p class=\"lead\">The clients that there is a file for, and what each is known to "
        "do otherwise than its profile asks.</p>\n");
    return {writer.page, "Clients", "list", "", body += table_html(table)};
}

}  // namespace

std::vector<Page> client_pages(const Book& book) {
    std::vector<Page> out{list_of_clients_page(book)};
    for (const auto& who : book.clients) out.push_back(client_page(book, who));
    return out;
}

}  // namespace guise::docs
