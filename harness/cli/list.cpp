// guise list: what there is.
#include "cli/clause_rows.hpp"
#include "cli/command.hpp"
#include "cli/rows.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <iostream>
#include <memory>

namespace guise::cli {

namespace {

constexpr const char* list_examples =
    "  guise list scenarios          every case of the catalogue, with its title\n"
    "  guise list clients            which clients are installed here, and what the others lack\n"
    "  guise list clauses --json     the promises that clients are held to, for a program to read";

struct Kind {
    const char* name;
    const char* what;
    Result<Rows> (*rows)(const inputs::RunInputs& inputs);
    std::string (*json)(const inputs::RunInputs& inputs) = nullptr;  // where JSON says more than the rows
};

Result<Rows> plain(Rows rows) { return rows; }

constexpr Kind kinds[] = {
    {"scenarios", "Every case of the catalogue",
     [](const inputs::RunInputs& inputs) { return plain(scenario_rows(inputs)); }},
    {"clients", "Every client that there is a file for",
     [](const inputs::RunInputs& inputs) { return client_rows(inputs); }},
    {"profiles", "Every profile, with its modes",
     [](const inputs::RunInputs& inputs) { return plain(profile_rows(inputs)); }},
    {"clauses", "Every clause of the clause lists, with the scenarios that hold a client to it",
     [](const inputs::RunInputs& inputs) { return plain(clause_rows(inputs, coverage_of(inputs))); },
     [](const inputs::RunInputs& inputs) { return clauses_json(inputs, coverage_of(inputs)); }},
    {"defects", "Every way a certificate can be made wrong",
     [](const inputs::RunInputs& inputs) { return plain(defect_rows(inputs)); }},
};

ExitCode list_command(const Program& program, const Kind& kind, bool json) {
    const auto inputs = inputs_or_say(program);
    if (!inputs) return ExitCode::usage;
    if (json && kind.json) {
        std::cout << kind.json(*inputs);
        return ExitCode::as_expected;
    }
    const auto rows = kind.rows(*inputs);
    if (!rows) return say(rows.error());
    std::cout << (json ? rows_json(*rows) : rows_text(*rows));
    return ExitCode::as_expected;
}

}  // namespace

void add_list(CLI::App& app, Program& program) {
    CLI::App* list = app.add_subcommand("list", "List what there is");
    list->require_subcommand(1);
    list->footer(std::string("Examples:\n") + list_examples);
    auto json = std::make_shared<bool>(false);
    list->add_flag("--json", *json, "As JSON");
    for (const Kind& kind : kinds) {
        CLI::App* command = list->add_subcommand(kind.name, kind.what);
        command->add_flag("--json", *json, "As JSON");
        command->callback([&program, &kind, json] {
            program.chosen = [&program, &kind, json] { return list_command(program, kind, *json); };
        });
    }
}

}  // namespace guise::cli
