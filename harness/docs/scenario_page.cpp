#include "docs/scenario_page.hpp"

#include "base/counted.hpp"
#include "docs/expected_html.hpp"
#include "docs/places.hpp"
#include "docs/visits_html.hpp"

#include <algorithm>

namespace guise::docs {

namespace {

using scenario::Scenario;

Html texts_html(const std::vector<std::string>& words) {
    std::vector<Html> out;
    for (const std::string& word : words) out.push_back(html("{}", word));
    return joined(out);
}

Html trust_html(const Scenario& scenario) {
    std::vector<Html> out;
    for (const scenario::Installed& installed : scenario.trust)
        out.push_back(html("{}, key {}", installed.leaf, installed.key));
    return joined(out, "; ");
}

Html further_clients(const Scenario& scenario) {
    std::vector<Html> out;
    for (const auto& [label, mode] : scenario.clients) out.push_back(html("{} in {}", label, mode));
    return joined(out);
}

Html case_ids(const std::vector<BookCase>& cases) {
    std::vector<Html> out;
    if (cases.size() > 1)
        for (const BookCase& one : cases) out.push_back(html("<code>{}</code>", one.scenario->id));
    return joined(out, "<br>");
}

// What the client connects to, where that is not a name.
Html host_html(const std::vector<BookCase>& cases) {
    std::set<pki::HostKind> hosts;
    for (const BookCase& one : cases)
        if (one.scenario->host != pki::HostKind::name) hosts.insert(one.scenario->host);
    std::vector<Html> out;
    for (const pki::HostKind host : hosts)
        out.push_back(html("an {} address", host == pki::HostKind::ipv4 ? "IPv4" : "IPv6"));
    return joined(out, " or ");
}

Html facts_html(const Writer& writer, const std::string& base) {
    const Scenario& scenario = writer.book.first(base);
    const auto faults = writer.book.faults(base);
    return pairs_html({{"Severity", mark(word(scenario.severity))},
                       {"Faults", html("{}", faults_text(faults))},
                       {"Host", host_html(writer.book.scenarios.at(base))},
                       {"Control", scenario.control.empty() ? Html{} : writer.scenario(scenario.control)},
                       {"Trusted besides the root", trust_html(scenario)},
                       {"Starts in", texts_html(scenario.modes)},
                       {"Further clients", further_clients(scenario)},
                       {"Cases", case_ids(writer.book.scenarios.at(base))}});
}

// What one use of a defect is, in a row; the same use in several cases is one.
std::vector<Html> defect_row(const Writer& writer, const pki::DefectUse& use) {
    const pki::Defect& defect = writer.book.inputs.library.defects.at(use.name);
    const pki::Position at = use.at.value_or(defect.first);
    std::vector<Html> parameters;
    for (const auto& [name, value] : use.parameters) parameters.push_back(html("{} {}", name, value));
    return {writer.defect(use.name),   html("{}", word(at)),
            words_html(defect.faults), html("{}", word(defect.level.at(at))),
            joined(parameters),        writer.standards(defect.clause)};
}

void add_rows(const Writer& writer, const pki::Present& present, Table& table) {
    for (const pki::DefectUse& use : present.defects) {
        auto row = defect_row(writer, use);
        if (std::ranges::count(table.rows, row) == 0) table.rows.push_back(std::move(row));
    }
}

Html defects_html(const Writer& writer, const std::vector<BookCase>& cases) {
    Table table = table_with("Defects", {"Defect", "At", "Fault", "Level", "With", "Clause"});
    for (const BookCase& one : cases)
        for (const ToldVisit& visit : one.visits) {
            if (!visit.connect) continue;
            add_rows(writer, visit.connect->present, table);
            if (visit.connect->swap) add_rows(writer, visit.connect->swap->present, table);
        }
    return table_html(table);
}

Html expect_html(const Writer& writer, const Scenario& scenario) {
    std::vector<Html> out;
    for (const scenario::Expect& expect : scenario.expect) {
        Html what = html("Visit {}:", expect.visit);
        if (!expect.alerts.empty()) what += html(" alert {}", texts_html(expect.alerts));
        if (expect.prompts) what += html(" {}", counted(*expect.prompts, "question"));
        if (expect.connections) what += html(" {}", counted(*expect.connections, "connection"));
        if (expect.heartbeats) what += html(" {}", counted(*expect.heartbeats, "heartbeat"));
        out.push_back(html("{} ({}, {})", what, word(expect.level), writer.standards(expect.clause)));
    }
    return out.empty() ? Html{} : html("<h3>Besides, by the scenario itself</h3>\n{}", list_html(out));
}

Html clauses_html(const Writer& writer, const std::vector<BookCase>& cases) {
    Html out;
    for (const std::string& id : clauses_of(cases))
        out += html("<dt>{}</dt><dd>{}</dd>\n", writer.clause(id),
                    writer.prose.text(writer.book.inputs.clauses.at(id).text));
    return out.empty() ? out : html("<dl class=\"clauses\">\n{}</dl>\n", out);
}

// A list below a heading, where there is one.
Html related(const Writer& writer, std::string_view title, const Names& bases) {
    return bases.empty() ? Html{} : html("<h3>{}</h3>\n{}", title, writer.scenarios(bases));
}

Names names_in(const std::map<std::string, Names>& all, const std::string& base) {
    const auto found = all.find(base);
    return found == all.end() ? Names{} : found->second;
}

Html relations_html(const Writer& writer, const std::string& base) {
    const Scenario& scenario = writer.book.first(base);
    Html out;
    if (!scenario.control.empty())
        out = related(writer, "The control: what differs is what is tested", {scenario.control});
    out += related(writer, "It combines", {scenario.combines.begin(), scenario.combines.end()});
    out += related(writer, "It is the control of", names_in(writer.book.controlled_by, base));
    return out += related(writer, "It is combined with others in", names_in(writer.book.combined_in, base));
}

// A client of the project in a mode in which the scenario runs, well-known ones first.
std::string client_and_mode(const Book& book, const BookCase& one) {
    std::vector<std::string> names{"curl", "reference-desktop"};
    for (const auto& who : book.clients) names.push_back(who.client.name);
    for (const std::string& name : names)
        for (const auto& who : book.clients) {
            if (who.client.name != name) continue;
            const auto modes = profile::modes_of(*one.scenario, who.profile);
            for (const char* wanted : {"strict", "recommended"})
                if (std::ranges::count(modes, wanted) != 0)
                    return fmt::format("--client {} --mode {}", name, wanted);
            if (!modes.empty()) return fmt::format("--client {} --mode {}", name, modes.front());
        }
    return "--client CLIENT";
}

Html commands_html(const Book& book, const std::string& base) {
    const BookCase& one = book.scenarios.at(base).front();
    Html out = html("<p>Against a client of the project:</p>\n");
    out += command_html(fmt::format("guise run --only '{}' {}", base, client_and_mode(book, one)));
    out += html("<p>Against any client, as a URL on this machine:</p>\n");
    out += command_html(fmt::format("guise serve '{}'", one.scenario->id));
    out += html("<p>What is owed, in a terminal:</p>\n");
    return out += command_html(fmt::format("guise explain '{}'", base));
}

Html known_of_scenario_html(const Writer& writer, const std::string& base) {
    const auto found = writer.book.known_of.find(base);
    if (found == writer.book.known_of.end()) return {};
    Table table = table_with("Known deviations", {"Client", "Mode", "Check", "It does", "Because"});
    for (const judge::KnownDeviation* entry : found->second)
        table.rows.push_back({writer.client(entry->client), html("{}", entry->mode), html("{}", entry->check),
                              html("{} ({})", entry->observed, word(entry->verdict)),
                              writer.prose.text(entry->reason)});
    return table_html(table);
}

Html body_of(const Writer& writer, const std::string& base) {
    const auto& cases = writer.book.scenarios.at(base);
    const Scenario& scenario = writer.book.first(base);
    Html out = crumbs({link(writer.page, "index.html", "Scenarios"),
                       link(writer.page, "index.html#" + scenario.area(), scenario.area())});
    out += html("<h1>{}</h1>\n<p class=\"id\">{}</p>\n", scenario.title, base);
    out += html("<div class=\"comment\">\n{}</div>\n", writer.prose.comment(scenario.about));
    out += facts_html(writer, base);
    out += section("presented", "What is presented", visits_html(writer.book, cases));
    out += section("wrong", "What is wrong with it", defects_html(writer, cases));
    out += section("owed", "What is owed", expected_html(writer, cases) += expect_html(writer, scenario));
    out += section("clauses", "The clauses", clauses_html(writer, cases));
    out += section("beside", "Beside it", relations_html(writer, base));
    out += section("run", "Run it", commands_html(writer.book, base));
    out += section("known", "What clients are known to do", known_of_scenario_html(writer, base));
    return out += file_section(fmt::format("scenarios/{}.yaml", base), scenario.where.file);
}

}  // namespace

Page scenario_page(const Book& book, const std::string& base) {
    const Scenario& scenario = book.first(base);
    const Writer writer(book, scenario_place(base));
    return {writer.page, scenario.title, "scenario", base + " " + scenario.about, body_of(writer, base)};
}

}  // namespace guise::docs
