// guise diff: two runs beside each other.
#include "report/diff.hpp"

#include "cli/command.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace guise::cli {

namespace {

constexpr const char* diff_examples =
    "  guise diff before/ after/                          two folders of runs\n"
    "  guise diff main.jsonl out/results.jsonl            two files\n"
    "  guise diff before/ after/ --html diff.html         and as a page\n"
    "The exit code is 0 where both have the same cases with the same verdicts, else 1.";

struct DiffOptions {
    std::filesystem::path before;
    std::filesystem::path after;
    std::filesystem::path html;
    bool force = false;
};

ExitCode diff_command(const DiffOptions& options) {
    if (!may_write(options.html, report::diff_mark, options.force)) return ExitCode::usage;
    const auto difference = report::compare(options.before, options.after);
    if (!difference) return say(difference.error());
    std::cout << report::diff_text(*difference);
    if (!options.html.empty() && !write_file(options.html, report::diff_html(*difference)))
        return ExitCode::environment;
    return difference->same() ? ExitCode::as_expected : ExitCode::unexpected;
}

}  // namespace

void add_diff(CLI::App& app, Program& program) {
    auto options = std::make_shared<DiffOptions>();
    CLI::App* command = add_command(app, program, "diff", "What differs between two runs", diff_examples,
                                    [options] { return diff_command(*options); });
    command->add_option("BEFORE", options->before, "A results.jsonl, or the folder of a run")->required();
    command->add_option("AFTER", options->after, "Another")->required();
    command->add_option("--html", options->html, "Where to write it as a page");
    command->add_flag("--force", options->force, "Overwrite a file that guise did not write");
}

}  // namespace guise::cli
