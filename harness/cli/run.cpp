// guise run: the main job.
#include "base/own_file.hpp"
#include "cli/command.hpp"
#include "cli/progress.hpp"
#include "cli/screen.hpp"
#include "cli/times.hpp"
#include "report/results_file.hpp"
#include "report/terminal.hpp"
#include "report/write_reports.hpp"
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
    "  guise run --client curl --mode strict            one client in one mode\n"
    "  guise run --only validity --only 'names/*'       areas and patterns of scenarios\n"
    "  guise run --client ./my-client.yaml              a client of your own, by its file\n"
    "  guise run --client curl --baseline known.yaml    with the deviations that you know of\n"
    "  guise run --client curl --repeat 20              every case 20 times; the worst run counts\n"
    "  guise run --client curl --only trust --compare   find a leak in a form that nobody knows\n"
    "  guise run --client curl --resume                 continue that run after it was interrupted\n"
    "Reports go to OUT: results.jsonl (all evidence), report.html (for people), junit.xml, summary.md.";

struct RunCommandOptions {
    run::RunOptions run;
    std::string now;
    std::vector<std::string> reports;  // NAME or NAME=FILE
    bool force = false;
    bool quiet = false;

    [[nodiscard]] std::filesystem::path results() const { return run.out / "results.jsonl"; }
};

std::string listed(const std::vector<std::filesystem::path>& files) {
    std::string out;
    for (const auto& file : files) out += (out.empty() ? "" : ", ") + file.string();
    return out;
}

ExitCode finish(const inputs::RunInputs& inputs, const report::Results& results,
                const RunCommandOptions& options, const std::vector<report::ReportRequest>& requests) {
    std::cout << report::terminal_report(results, {wants_colour(), line_width()});
    auto written = report::write_reports(requests, {results, options.results(), inputs.clauses});
    if (results.file_failure.empty()) written.files.insert(written.files.begin(), options.results());
    say(written.problems);
    if (!written.files.empty()) std::cout << fmt::format("Reports: {}\n", listed(written.files));
    if (!results.kept_homes.empty()) std::cout << fmt::format("Homes: {}\n", results.kept_homes);
    const bool whole = written.problems.empty() || results.end.exit == ExitCode::interrupted;
    return whole ? results.end.exit : ExitCode::environment;
}

// The reports that this run writes. Whatever would keep one from being written at the end is said now.
Result<std::vector<report::ReportRequest>> reports_of(const RunCommandOptions& options) {
    const auto& out = options.run.out;
    auto requests = options.reports.empty()
                        ? report::all_reports(out)
                        : report::requested_reports(options.reports, out, options.results());
    if (!requests || options.force) return requests;
    Problems problems = report::why_not_written(*requests, out);
    if (!may_overwrite(options.results(), report::results_mark))
        problems.add(foreign_file(options.results(), "choose another --out, or overwrite it with --force"));
    if (!problems.empty()) return problems;
    return requests;
}

ExitCode run_command(const Program& program, RunCommandOptions& options) {
    if (!options.now.empty()) {
        const auto now = time_given(options.now);
        if (!now) return say(now.error());
        options.run.now = *now;
    }
    if (options.run.out.empty()) return say(plain_problem("--out: the name of a folder is missing"));
    const auto requests = reports_of(options);
    if (!requests) return say(requests.error());
    const auto inputs = inputs_or_say(program);
    if (!inputs) return ExitCode::usage;
    options.run.places = program.places;
    options.run.warn = warn;
    options.run.progress =
        show_progress(options.run.runs_of_case() > 1 ? "runs of cases" : "cases", options.quiet);
    const auto results = run::run(*inputs, options.run);
    options.run.progress = {};
    if (!results) return say(results.error());
    return finish(*inputs, *results, options, *requests);
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
                        "Scenarios: an id, an area, or a pattern with *; repeatable");
    command->add_option("--profile", options->run.selection.profile,
                        "Judge by this profile instead of the client's own");
    command->add_option("--out", options->run.out, "The folder for the reports")->capture_default_str();
    command->add_option(
        "--report", options->reports,
        fmt::format("Write this report: NAME or NAME=FILE ({}); repeatable; none: all, in --out",
                    report::names_of(report::reporters())));
    command->add_flag("--force", options->force, "Overwrite reports that guise did not write");
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
