// guise doctor: what is missing on this machine, and how to get it.
#include "run/doctor.hpp"

#include "cli/command.hpp"
#include "run/version.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <memory>

namespace guise::cli {

namespace {

using run::Finding;

constexpr const char* doctor_examples =
    "  guise doctor            what is there, what is missing, and how to get it\n"
    "  guise doctor --json     the same for a program\n"
    "Exit code 11 where something is missing without which nothing can be run.";

std::string_view state_text(Finding::State state) {
    switch (state) {
        case Finding::State::ok:
            return "ok";
        case Finding::State::missing:
            return "MISSING";
        case Finding::State::optional:
            return "absent";
    }
    return "";
}

void print_text(const std::vector<Finding>& findings) {
    std::cout << fmt::format("guise {}\n", version);
    for (const Finding& finding : findings) {
        std::cout << fmt::format("{:<8} {:<24} {}\n", state_text(finding.state), finding.what, finding.found);
        if (!finding.help.empty()) std::cout << fmt::format("{:<8} {:<24} -> {}\n", "", "", finding.help);
    }
}

void print_json(const std::vector<Finding>& findings) {
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    for (const Finding& finding : findings)
        out.push_back({{"state", state_text(finding.state)},
                       {"what", finding.what},
                       {"found", finding.found},
                       {"help", finding.help}});
    std::cout << out.dump(2) << "\n";
}

ExitCode doctor_command(const Program& program, bool json) {
    const auto inputs = inputs_or_say(program);
    if (!inputs) return ExitCode::usage;
    const auto findings = run::examine(*inputs);
    json ? print_json(findings) : print_text(findings);
    const bool ill = std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.state == Finding::State::missing;
    });
    return ill ? ExitCode::environment : ExitCode::as_expected;
}

}  // namespace

void add_doctor(CLI::App& app, Program& program) {
    auto json = std::make_shared<bool>(false);
    CLI::App* command =
        add_command(app, program, "doctor", "What is missing on this machine, and how to get it",
                    doctor_examples, [&program, json] { return doctor_command(program, *json); });
    command->add_flag("--json", *json, "As JSON");
}

}  // namespace guise::cli
