// guise completion, guise man: what shells and man(1) know of the program.
#include "base/write_text.hpp"
#include "cli/command.hpp"
#include "cli/completion_text.hpp"
#include "cli/man_page.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <memory>

namespace guise::cli {

namespace {

constexpr const char* completion_examples =
    "  guise completion bash                                  the script, for eval or a file\n"
    "  eval \"$(guise completion bash)\"                        in ~/.bashrc\n"
    "  guise completion zsh > ~/.zfunc/_guise                 in a folder of $fpath\n"
    "  guise completion fish > ~/.config/fish/completions/guise.fish";

constexpr const char* man_examples =
    "  guise man --out man1/ && man ./man1/guise-run.1        a page for each command";

ExitCode man_command(const CLI::App& app, const std::filesystem::path& out) {
    if (const Problems problems = make_folder(out); !problems.empty())
        return say(problems, ExitCode::environment);
    const auto table = command_table(app);
    for (const CommandEntry& command : table)
        if (!may_write(out / man_page_name(command), man_page_mark, false)) return ExitCode::usage;
    for (const CommandEntry& command : table)
        if (!write_file(out / man_page_name(command), man_page(command, table))) return ExitCode::environment;
    std::cout << fmt::format("{} pages: {}\n", table.size(), (out / man_page_name(table.front())).string());
    return ExitCode::as_expected;
}

}  // namespace

void add_manual(CLI::App& app, Program& program) {
    auto shell = std::make_shared<std::string>();
    CLI::App* completion =
        add_command(app, program, "completion", "Print the script by which a shell completes commands",
                    completion_examples, [&app, shell] {
                        std::cout << completion_text(*from_word<Shell>(*shell), command_table(app));
                        return ExitCode::as_expected;
                    });
    completion->add_option("SHELL", *shell, "bash, zsh or fish")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    auto out = std::make_shared<std::filesystem::path>();
    CLI::App* man = add_command(app, program, "man", "Write the manual as pages for man(1)", man_examples,
                                [&app, out] { return man_command(app, *out); });
    man->add_option("--out", *out, "The folder for the pages; it is made where it is missing")->required();
}

}  // namespace guise::cli
