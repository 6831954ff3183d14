// guise explain: a scenario for a reader, and what each mode of each profile owes to it.
#include "cli/command.hpp"
#include "cli/rows.hpp"
#include "profile/expectation.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <set>

namespace guise::cli {

namespace {

using scenario::Connect;
using scenario::Scenario;

constexpr const char* examples =
    "  guise explain validity/expired                          what is presented, and what each mode owes to "
    "it\n"
    "  guise explain names/wrong-name --profile tls-client     by one profile alone";

std::string joined(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + text;
    return out;
}

std::string faults_text(const pki::Chain& chain) {
    std::string out;
    for (const auto& [fault, level] : chain.faults)
        out += fmt::format("{}{} ({})", out.empty() ? "" : ", ", word(fault), word(level));
    return out.empty() ? "none" : out;
}

std::string present_text(const pki::Present& present) {
    std::string out = fmt::format("{}, key {}", present.leaf, present.key);
    if (present.issue != 1) out += fmt::format(", issue {}", present.issue);
    for (const pki::DefectUse& use : present.defects) {
        out += fmt::format(", defect {}", use.name);
        if (use.at) out += fmt::format(" at {}", word(*use.at));
    }
    return out;
}

std::string visit_text(const scenario::Visit& visit) {
    if (const auto* connect = std::get_if<Connect>(&visit.action))
        return "presents " + present_text(connect->present);
    if (const auto* mode = std::get_if<scenario::SetMode>(&visit.action))
        return "the mode becomes " + mode->mode;
    if (const auto* clock = std::get_if<scenario::MoveClock>(&visit.action))
        return fmt::format("the clock moves by {} s", clock->by.count());
    return std::holds_alternative<scenario::Restart>(visit.action) ? "the client is restarted"
                                                                   : "the server is forgotten";
}

bool runs_in(const Scenario& scenario, const std::string& mode) {
    return scenario.modes.empty() ||
           std::find(scenario.modes.begin(), scenario.modes.end(), mode) != scenario.modes.end();
}

// What the first connection is owed; what later ones are owed depends on what the client then remembers.
void print_owed(const run::World& world, const Scenario& scenario, const pki::Chain& chain,
                const std::vector<const profile::Profile*>& profiles) {
    Rows table{{"profile", "mode", "situation", "owed at the first visit", "clauses"}, {}};
    for (const profile::Profile* profile : profiles)
        for (const auto& [mode, rules] : profile->modes) {
            if (!runs_in(scenario, mode)) continue;
            const auto owed = profile::expect(*profile, world.ledger, mode, chain);
            table.rows.push_back({profile->name, mode, std::string(word(owed.row)), owed.text(),
                                  fmt::format("{} ({})", joined(owed.cell.clause), word(owed.level))});
        }
    std::cout << "\n" << rows_text(table);
}

std::set<std::string> print_case(const run::World& world, const Scenario& scenario,
                                 const std::vector<const profile::Profile*>& profiles) {
    const auto* control = world.catalogue.control_of(scenario);
    std::cout << fmt::format("{}  ({}, control {})\n", scenario.id, word(scenario.severity),
                             control ? control->id : "none");
    std::set<std::string> clauses;
    const pki::Chain* first = nullptr;
    Result<pki::Chain> chain = Problems();
    int number = 0;
    for (const scenario::Visit& visit : scenario.visits) {
        std::cout << fmt::format("  visit {}: {}\n", ++number, visit_text(visit));
        const auto* connect = std::get_if<Connect>(&visit.action);
        if (!connect) continue;
        for (const pki::DefectUse& use : connect->present.defects)
            clauses.insert(world.library.defects.at(use.name).clause);
        if (first) continue;
        chain = pki::Mint::describe(world.library, connect->present, scenario.trusted(connect->present.key));
        first = &*chain;
        std::cout << fmt::format("           faults: {}\n", faults_text(*first));
    }
    if (first) print_owed(world, scenario, *first, profiles);
    return clauses;
}

Result<std::vector<const profile::Profile*>> chosen_profiles(const run::World& world,
                                                             const std::string& name) {
    std::vector<const profile::Profile*> out;
    for (const auto& [known, profile] : world.profiles)
        if (name.empty() || known == name) out.push_back(&profile);
    if (out.empty())
        return Problem{{}, "the name of a profile (see `guise list profiles`)", fmt::format("'{}'", name)};
    return out;
}

ExitCode explain_command(const Program& program, const std::string& id, const std::string& profile) {
    const auto world = world_or_say(program);
    if (!world) return ExitCode::usage;
    const auto cases = world->catalogue.select({id});
    if (const Problems problems = world->catalogue.unmatched({id}); !problems.empty()) return say(problems);
    const auto profiles = chosen_profiles(*world, profile);
    if (!profiles) return say(profiles.error());
    std::string last;  // the variants of a file share its title and its comment
    for (const Scenario* scenario : cases) {
        if (scenario->base != last) std::cout << fmt::format("{}\n\n{}\n", scenario->title, scenario->about);
        last = scenario->base;
        for (const std::string& clause : print_case(*world, *scenario, *profiles))
            std::cout << fmt::format("\n  the defect's clause: {}\n", clause);
        std::cout << "\n";
    }
    return ExitCode::as_expected;
}

}  // namespace

void add_explain(CLI::App& app, Program& program) {
    auto id = std::make_shared<std::string>();
    auto profile = std::make_shared<std::string>();
    CLI::App* command =
        add_command(app, program, "explain", "What a scenario presents, and what each mode owes to it",
                    examples, [&program, id, profile] { return explain_command(program, *id, *profile); });
    command->add_option("ID", *id, "The id of a scenario, an area, or a pattern with *")->required();
    command->add_option("--profile", *profile, "One profile instead of all");
}

}  // namespace guise::cli
