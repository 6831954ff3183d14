// guise judge: the verdicts of a run, made again from its evidence.
#include "cli/command.hpp"
#include "cli/progress.hpp"
#include "cli/screen.hpp"
#include "clients/tables.hpp"
#include "judge/known_files.hpp"
#include "report/rejudge.hpp"
#include "report/stream_results.hpp"
#include "report/terminal.hpp"
#include "report/write_reports.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <iostream>
#include <memory>

namespace guise::cli {

namespace {

constexpr const char* judge_examples =
    "  guise judge out/results.jsonl                          the same verdicts, by the profiles as they are "
    "now\n"
    "  guise judge out/results.jsonl --baseline known.yaml    with the deviations that you know of\n"
    "  guise judge out/results.jsonl --html report.html       and write its page again\n"
    "The exit code is that of `guise run`, but 1 also where a verdict differs from the recorded "
    "one.";

struct JudgeOptions {
    std::filesystem::path file;
    std::vector<std::filesystem::path> baselines;
    std::filesystem::path html;        // the same as the report html=FILE
    std::vector<std::string> reports;  // NAME or NAME=FILE
    bool force = false;
    bool quiet = false;
};

ExitCode print(const report::Rejudged& judged) {
    const report::Results& results = judged.results;
    std::cout << report::terminal_report(results, {wants_colour(), line_width()});
    if (judged.cut) std::cout << "The last record is incomplete: the run was killed while it was written.\n";
    if (!judged.ended) {
        std::cout << "The run did not end; `guise run --resume` finishes it.\n";
        return results.end.exit;
    }
    const auto& changed = judged.changed;
    for (const evidence::CaseId& id : changed)
        std::cout << fmt::format("changed: {} {} {}\n", id.scenario, id.client, id.mode);
    std::cout << fmt::format("{} of {} verdicts differ from those that were recorded.\n", changed.size(),
                             results.cases.size());
    return changed.empty() || results.end.exit != ExitCode::as_expected ? results.end.exit
                                                                        : ExitCode::unexpected;
}

Result<std::vector<report::ReportRequest>> reports_of(const JudgeOptions& options) {
    std::vector<std::string> given = options.reports;
    if (!options.html.empty()) given.push_back("html=" + options.html.string());
    const auto folder = options.file.parent_path();
    auto requests = report::requested_reports(given, folder, options.file);
    if (!requests || options.force) return requests;
    if (Problems problems = report::why_not_written(*requests, folder); !problems.empty()) return problems;
    return requests;
}

ExitCode judge_command(const Program& program, JudgeOptions& options) {
    options.file = report::results_file_of(options.file);
    const auto requests = reports_of(options);
    if (!requests) return say(requests.error());
    const OnProgress progress = show_progress("cases", options.quiet);
    const auto inputs = inputs_or_say(program);
    if (!inputs) return ExitCode::usage;
    const auto known = judge::load_all_known(*inputs, options.baselines);
    if (!known) return say(known.error());
    const auto judged =
        report::rejudge(*inputs, options.file, *known, clients::built_in_tables().vocabulary());
    if (!judged) return say(judged.error());
    const auto written =
        report::write_reports(*requests, {judged->results, options.file, inputs->clauses, true});
    if (!written.problems.empty()) return say(written.problems, ExitCode::environment);
    return print(*judged);
}

}  // namespace

void add_judge(CLI::App& app, Program& program) {
    auto options = std::make_shared<JudgeOptions>();
    CLI::App* command =
        add_command(app, program, "judge", "Make the verdicts of a run again from its evidence",
                    judge_examples, [&program, options] { return judge_command(program, *options); });
    command->add_option("FILE", options->file, "A results.jsonl, or the folder of a run")->required();
    command->add_option("--baseline", options->baselines,
                        "A file of known deviations of your own; repeatable");
    command->add_option("--html", options->html, "Write the page for people; the same as --report html=FILE");
    command->add_option(
        "--report", options->reports,
        fmt::format("Write this report of the new verdicts: NAME or NAME=FILE ({}); repeatable",
                    report::names_of(report::reporters())));
    command->add_flag("-q,--quiet", options->quiet, no_progress);
    command->add_flag("--force", options->force, "Overwrite reports that guise did not write");
}

}  // namespace guise::cli
