// guise judge: the verdicts of a run, made again from its evidence.
#include "cli/command.hpp"
#include "cli/screen.hpp"
#include "clients/tables.hpp"
#include "judge/known_files.hpp"
#include "report/html.hpp"
#include "report/rejudge.hpp"
#include "report/terminal.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <iostream>
#include <memory>

namespace guise::cli {

namespace {

constexpr const char* examples =
    "  guise judge out/results.jsonl                          the same verdicts, by the profiles as they are "
    "now\n"
    "  guise judge out/results.jsonl --baseline known.yaml    with failures that you know of\n"
    "  guise judge out/results.jsonl --html report.html       and make the page of it again\n"
    "The exit code is that of `guise run`, but 1 also where a verdict is another than the one that was "
    "recorded.";

struct Options {
    std::filesystem::path file;
    std::vector<std::filesystem::path> baselines;
    std::filesystem::path html;
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

ExitCode judge_command(const Program& program, Options& options) {
    if (std::filesystem::is_directory(options.file)) options.file /= "results.jsonl";
    const auto inputs = inputs_or_say(program);
    if (!inputs) return ExitCode::usage;
    const auto known = judge::load_all_known(*inputs, options.baselines);
    if (!known) return say(known.error());
    const auto judged =
        report::rejudge(*inputs, options.file, *known, clients::built_in_tables().vocabulary());
    if (!judged) return say(judged.error());
    if (!options.html.empty()) {
        const auto page =
            report::html_report(options.file, {.judged = &judged->results, .clauses = &inputs->clauses});
        if (!page) return say(page.error());
        if (!write_file(options.html, *page)) return ExitCode::environment;
    }
    return print(*judged);
}

}  // namespace

void add_judge(CLI::App& app, Program& program) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        add_command(app, program, "judge", "Make the verdicts of a run again from its evidence", examples,
                    [&program, options] { return judge_command(program, *options); });
    command->add_option("FILE", options->file, "A results.jsonl, or the folder of a run")->required();
    command->add_option("--baseline", options->baselines,
                        "A file of known behaviour of your own; repeatable");
    command->add_option("--html", options->html, "Where to write the page for people");
}

}  // namespace guise::cli
