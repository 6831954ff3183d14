// guise run: the main job.
#include "cli/command.hpp"
#include "cli/progress.hpp"
#include "cli/run_reports.hpp"
#include "cli/times.hpp"
#include "run/runner.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <thread>

namespace guise::cli {

namespace {

constexpr const char* run_examples =
    "  guise run                                        every client found, every scenario, every mode\n"
    "  guise run --only @core                           the 26 scenarios that say most, in seconds\n"
    "  guise run --client curl --mode strict            one client in one mode\n"
    "  guise run --only validity --only 'names/*'       areas and patterns of scenarios\n"
    "  guise run --client ./my-client.yaml              a client of your own, by its file\n"
    "  guise run --client curl --baseline known.yaml    with the deviations that you know of\n"
    "  guise run --client curl --repeat 20              every case 20 times; the worst run counts\n"
    "  guise run --client curl --only trust --compare   find a leak in an unknown form\n"
    "  guise run --client curl --resume                 continue that run after it was interrupted\n"
    "Reports go to OUT: results.jsonl (all evidence), report.html (for people), junit.xml, summary.md.";

struct RunCommandOptions {
    run::RunOptions run;
    std::string now;
    RunReports reports;
    bool quiet = false;
};

// What takes long says so when it begins, and how to have a first result at once.
std::string announcement(const report::Progress& progress, const RunCommandOptions& options) {
    constexpr std::size_t few = 1'000;
    const std::size_t left = progress.all - progress.done;
    if (left < few || options.quiet) return {};
    return fmt::format(
        "guise: {} {}, about {}{}\n", left, options.run.runs_of_case() > 1 ? "runs of cases" : "cases",
        report::duration_text(report::usual_duration(left, options.run.jobs)),
        options.run.selection.only.empty() ? "; --only @core runs those that say most, in seconds" : "");
}

// Announces it, and then shows how far it is.
OnProgress shown_progress(const RunCommandOptions& options) {
    auto shown = show_progress(options.run.runs_of_case() > 1 ? "runs of cases" : "cases", options.quiet);
    if (!shown) return shown;
    return [&options, shown = std::move(shown), begun = false](const report::Progress& progress) mutable {
        if (!begun) std::cerr << announcement(progress, options) << std::flush;
        begun = true;
        shown(progress);
    };
}

ExitCode run_command(const Program& program, RunCommandOptions& options) {
    if (!options.now.empty()) {
        const auto now = time_given(options.now);
        if (!now) return say(now.error());
        options.run.now = *now;
    }
    if (options.run.out.empty()) return say(plain_problem("--out: the name of a folder is missing"));
    options.reports.out = options.run.out;
    const auto requests = requested(options.reports);
    if (!requests) return say(requests.error());
    const auto inputs = inputs_or_say(program);
    if (!inputs) return ExitCode::usage;
    options.run.places = program.places;
    options.run.warn = warn;
    options.run.progress = shown_progress(options);
    const auto results = run::run(*inputs, options.run);
    options.run.progress = {};
    if (!results) return say(results.error());
    return finish_run(*inputs, *results, options.reports, *requests);
}

}  // namespace

void add_run(CLI::App& app, Program& program) {
    auto options = std::make_shared<RunCommandOptions>();
    options->run.jobs = std::max(1U, std::thread::hardware_concurrency());
    CLI::App* command =
        add_command(app, program, "run", "Drive clients through scenarios and judge what they did",
                    run_examples, [&program, options] { return run_command(program, *options); });
    command->add_option("--client", options->run.selection.clients,
                        "A client by name, or by the path of its file; repeatable");
    command->add_option("--mode", options->run.selection.modes, "A validation mode; repeatable");
    command->add_option("--only", options->run.selection.only,
                        "Scenarios: an id, an area, a pattern with *, or a tag such as @core; repeatable");
    command->add_option("--profile", options->run.selection.profile,
                        "Judge by this profile instead of the client's own");
    command->add_option("--out", options->run.out, "The folder for the reports")->capture_default_str();
    command->add_option(
        "--report", options->reports.asked,
        fmt::format("Write this report: NAME or NAME=FILE ({}); repeatable; none: all, in --out",
                    report::names_of(report::reporters())));
    command->add_flag("--force", options->reports.force, "Overwrite reports that guise did not write");
    command
        ->add_option("-j,--jobs", options->run.jobs,
                     "Maximum concurrent visits (stalled-server cases do not count)")
        ->capture_default_str()
        ->check(CLI::Range(1, 256));
    auto* repeat = command
                       ->add_option("--repeat", options->run.repeat,
                                    "Run every case so often, each time afresh; the worst run counts")
                       ->capture_default_str()
                       ->check(CLI::Range(1, run::most_repetitions));
    command
        ->add_flag("--compare", options->run.compare,
                   "Run every case six times, with three secrets, and find a secret in any form")
        ->excludes(repeat);
    command->add_option("--seed", options->run.seed,
                        "Random seed for host names and canaries; the report names it");
    command->add_option("--now", options->now,
                        "The clock of the certificates: a time, or +30d from the machine's");
    command->add_option("--baseline", options->run.baselines,
                        "A file of known deviations of your own; repeatable");
    command->add_flag("-q,--quiet", options->quiet, no_progress);
    command->add_flag(
        "--resume", options->run.resume,
        "Continue an interrupted run: repeat its command with this option; skipped sessions are run again");
    command->add_flag("--keep-going", options->run.keep_going,
                      "Run a session's cases even if the client fails the control before them twice");
    command->add_flag("--keep", options->run.keep,
                      "Keep the clients' homes; the folder is printed at the end");
}

}  // namespace guise::cli
