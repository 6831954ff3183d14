// guise explain: a scenario for a reader, and the expected behaviour in each mode of each profile.
#include "cli/command.hpp"
#include "cli/expected_table.hpp"
#include "docs/visit_text.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>
#include <set>

namespace guise::cli {

namespace {

using docs::expected_by_modes;
using docs::ExpectedByMode;
using scenario::Connect;
using scenario::Scenario;

constexpr const char* explain_examples =
    "  guise explain validity/expired                          what is presented, and the expected "
    "behaviour\n"
    "  guise explain names/wrong-name --profile tls-client     by one profile alone\n"
    "  guise explain '*' --json                                every expectation, for a program to read";

// Tells each visit, and the faults that a chain has by then.
void print_visits(const Scenario& scenario, profile::FactsSource& facts) {
    int number = 0;
    for (const docs::ToldVisit& visit : docs::tell_visits(scenario, facts)) {
        std::cout << fmt::format("  visit {}: {}\n", ++number, visit.text);
        if (visit.connect)
            std::cout << fmt::format("           faults: {}\n", docs::faults_text(visit.faults));
    }
}

std::set<std::string> clauses_of_defects(const inputs::RunInputs& inputs, const Scenario& scenario) {
    std::set<std::string> out;
    for (const scenario::Visit& visit : scenario.visits)
        if (const auto* connect = std::get_if<Connect>(&visit.action))
            for (const pki::DefectUse& use : connect->present.defects)
                out.insert(inputs.library.defects.at(use.name).clause);
    return out;
}

void print_case(const inputs::RunInputs& inputs, const Scenario& scenario,
                const std::vector<ExpectedByMode>& modes, profile::FactsSource& facts) {
    const auto* control = inputs.catalogue.control_of(scenario);
    const bool by_name = scenario.host == pki::HostKind::name;
    std::cout << fmt::format("{}  ({}, control {}{})\n", scenario.id, word(scenario.severity),
                             control ? control->id : "none",
                             by_name ? "" : fmt::format(", host {}", word(scenario.host)));
    print_visits(scenario, facts);
    if (modes.empty())
        std::cout << "\nno mode of these profiles runs it\n";
    else
        std::cout << "\n" << rows_text(expected_rows(modes, inputs.clauses));
    for (const std::string& clause : clauses_of_defects(inputs, scenario))
        std::cout << fmt::format("\n  the defect's clause: {}\n", clause);
    std::cout << "\n";
}

using Profiles = std::vector<const profile::Profile*>;

void print_cases(const inputs::RunInputs& inputs, const std::vector<const Scenario*>& cases,
                 const Profiles& profiles) {
    profile::FactsSource facts(inputs.library);
    std::string last;  // the variants of a file share its title and its comment
    for (const Scenario* scenario : cases) {
        if (scenario->base != last) std::cout << fmt::format("{}\n\n{}\n", scenario->title, scenario->about);
        last = scenario->base;
        print_case(inputs, *scenario, expected_by_modes(inputs, *scenario, profiles, facts), facts);
    }
}

void print_cases_json(const inputs::RunInputs& inputs, const std::vector<const Scenario*>& cases,
                      const Profiles& profiles) {
    profile::FactsSource facts(inputs.library);
    auto out = nlohmann::ordered_json::array();
    for (const Scenario* scenario : cases)
        out.push_back(
            expected_json(*scenario, expected_by_modes(inputs, *scenario, profiles, facts), inputs.clauses));
    std::cout << out.dump(2) << "\n";
}

Result<Profiles> chosen_profiles(const inputs::RunInputs& inputs, const std::string& name) {
    Profiles out;
    for (const auto& [known, profile] : inputs.profiles)
        if (name.empty() || known == name) out.push_back(&profile);
    if (out.empty())
        return Problem{{}, "the name of a profile (see `guise list profiles`)", fmt::format("'{}'", name)};
    return out;
}

struct ExplainOptions {
    std::string id;
    std::string profile;
    bool json = false;
};

ExitCode explain_command(const Program& program, const ExplainOptions& options) {
    const auto inputs = inputs_or_say(program);
    if (!inputs) return ExitCode::usage;
    const auto cases = inputs->catalogue.select({options.id});
    if (const Problems problems = inputs->catalogue.unmatched({options.id}); !problems.empty())
        return say(problems);
    const auto profiles = chosen_profiles(*inputs, options.profile);
    if (!profiles) return say(profiles.error());
    (options.json ? print_cases_json : print_cases)(*inputs, cases, *profiles);
    return ExitCode::as_expected;
}

}  // namespace

void add_explain(CLI::App& app, Program& program) {
    auto options = std::make_shared<ExplainOptions>();
    CLI::App* command = add_command(
        app, program, "explain", "What a scenario presents, and the expected behaviour in each mode",
        explain_examples, [&program, options] { return explain_command(program, *options); });
    command->add_option("ID", options->id, "The id of a scenario, an area, or a pattern with *")->required();
    command->add_option("--profile", options->profile, "One profile instead of all");
    command->add_flag("--json", options->json, "The expected behaviour, as JSON");
}

}  // namespace guise::cli
