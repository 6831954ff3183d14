// guise run: the main job.
#include "cli/command.hpp"
#include "cli/progress.hpp"
#include "cli/screen.hpp"
#include "cli/times.hpp"
#include "report/html.hpp"
#include "report/junit.hpp"
#include "report/markdown.hpp"
#include "report/terminal.hpp"
#include "run/runner.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <thread>

namespace guise::cli {

namespace {

constexpr const char* examples =
    "  guise run                                        every client found, every scenario, every mode\n"
    "  guise run --client curl --mode strict            one client in one mode\n"
    "  guise run --only validity --only 'names/*'       areas and patterns of scenarios\n"
    "  guise run --client ./my-client.yaml              a client of your own, by its file\n"
    "  guise run --client curl --baseline known.yaml    with failures that you know of\n"
    "  guise run --client curl --resume                 go on with that run of curl after it was killed\n"
    "Reports go to OUT: results.jsonl (all evidence), report.html (for people), junit.xml, summary.md.";

struct Options {
    run::RunOptions run;
    std::string now;
    std::vector<std::string> clients;
};

bool write_page(const inputs::RunInputs& inputs, const std::filesystem::path& out) {
    const auto page = report::html_report(out / "results.jsonl", {.clauses = &inputs.clauses});
    if (page) return write_file(out / "report.html", *page);
    say(page.error());
    return false;
}

ExitCode finish(const inputs::RunInputs& inputs, const report::Results& results,
                const std::filesystem::path& out) {
    std::cout << report::terminal_report(results, {wants_colour(), line_width()});
    const bool junit = write_file(out / "junit.xml", report::junit_report(results));
    const bool markdown = write_file(out / "summary.md", report::markdown_report(results));
    const bool page = write_page(inputs, out);
    std::cout << fmt::format("Reports: {0}/report.html, {0}/results.jsonl, {0}/junit.xml, {0}/summary.md\n",
                             out.string());
    const bool written = junit && markdown && page;
    return written || results.end.exit == ExitCode::interrupted ? results.end.exit : ExitCode::environment;
}

ExitCode run_command(const Program& program, Options& options) {
    if (!options.now.empty()) {
        const auto now = time_given(options.now);
        if (!now) return say(now.error());
        options.run.now = *now;
    }
    if (options.run.out.empty()) return say(Problem{{"--out", 0, 0}, "a folder", "''"});
    const auto inputs = inputs_or_say(program);
    if (!inputs) return ExitCode::usage;
    options.run.places = program.places;
    options.run.progress = progress_on_screen();
    options.run.warn = warn;
    const auto results = run::run(*inputs, options.run);
    if (!results) return say(results.error());
    return finish(*inputs, *results, options.run.out);
}

}  // namespace

void add_run(CLI::App& app, Program& program) {
    auto options = std::make_shared<Options>();
    options->run.jobs = std::max(1U, std::thread::hardware_concurrency());
    CLI::App* command =
        add_command(app, program, "run", "Drive clients through scenarios and judge what they did", examples,
                    [&program, options] { return run_command(program, *options); });
    command->add_option("--client", options->run.selection.clients,
                        "A client by name, or by the path of its file; repeatable");
    command->add_option("--mode", options->run.selection.modes, "A validation mode; repeatable");
    command->add_option("--only", options->run.selection.only,
                        "Scenarios: an id, an area, or a pattern with *; repeatable");
    command->add_option("--profile", options->run.selection.profile,
                        "Judge by this profile instead of the client's own");
    command->add_option("--out", options->run.out, "The folder for the reports")->capture_default_str();
    command
        ->add_option("-j,--jobs", options->run.jobs,
                     "Visits at once, those to a server that stalls aside; 1: one at a time")
        ->capture_default_str()
        ->check(CLI::Range(1, 256));
    command->add_option("--seed", options->run.seed,
                        "Draws names and canaries; the report says which seed was used");
    command->add_option("--now", options->now,
                        "The clock of the certificates: a time, or +30d from the machine's");
    command->add_option("--baseline", options->run.baselines,
                        "A file of known behaviour of your own; repeatable");
    command->add_flag("--resume", options->run.resume,
                      "Continue an interrupted run in OUT; sessions that were skipped are run again");
    command->add_flag("--keep-going", options->run.keep_going,
                      "Run a session's cases even if the client fails the control before them twice");
    command->add_flag("--keep", options->run.keep, "Keep the clients' homes below OUT/homes");
}

}  // namespace guise::cli
