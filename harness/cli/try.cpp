// guise try: a command line given on the spot, without a client file.
#include "base/write_text.hpp"
#include "cli/command.hpp"
#include "cli/progress.hpp"
#include "cli/run_reports.hpp"
#include "clients/file/command_client.hpp"
#include "run/runner.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <thread>

namespace guise::cli {

namespace {

constexpr const char* try_examples =
    "  guise try -- curl --cacert {trust} {url}                       does curl refuse what it must?\n"
    "  guise try -- curl -k {url}                                     and without verification?\n"
    "  guise try --only validity -- wget --ca-certificate={trust} {url}\n"
    "  guise try -- ./my-program --server {host}:{port} --roots {trust}\n"
    "Placeholders: {url}, {host}, {port}, {address}: the server; {trust}: a PEM file with the roots to "
    "trust;\n"
    "{canary}: a secret to send; {proxy}: ADDRESS:PORT of a proxy to the server; {home}: a folder of its "
    "own.\n"
    "Whatever the command sends to a server whose certificate is bad counts against it. The client file "
    "that\n"
    "does the same is left in OUT, for `guise run --client`.";

struct TryOptions {
    run::RunOptions run;
    RunReports reports;
    std::vector<std::string> command;
    bool quiet = false;
};

// Nothing where it could not be written, which has been said.
std::optional<std::filesystem::path> written_client(const TryOptions& options) {
    const auto text = clients::command_client(options.command);
    if (!text) {
        say(text.error());
        return std::nullopt;
    }
    const auto file = options.run.out / (clients::command_client_name(options.command) + ".yaml");
    if (!may_write(file, clients::command_client_mark, options.reports.force)) return std::nullopt;
    if (const Problems problems = make_folder(options.run.out); !problems.empty()) {
        say(problems);
        return std::nullopt;
    }
    if (!write_file(file, *text)) return std::nullopt;
    return file;
}

ExitCode try_command(const Program& program, TryOptions& options) {
    options.reports.out = options.run.out;
    const auto requests = requested(options.reports);
    if (!requests) return say(requests.error());
    const auto inputs = inputs_or_say(program);
    if (!inputs) return ExitCode::usage;
    const auto file = written_client(options);
    if (!file) return ExitCode::usage;
    if (options.run.selection.only.empty()) options.run.selection.only = {"@core"};
    options.run.selection.clients = {file->string()};
    options.run.places = program.places;
    options.run.warn = warn;
    options.run.progress = show_progress("cases", options.quiet);
    const auto results = run::run(*inputs, options.run);
    options.run.progress = {};
    if (!results) return say(results.error());
    const ExitCode code = finish_run(*inputs, *results, options.reports, *requests);
    std::cout << fmt::format("Client file: {} (every scenario: guise run --client {})\n", file->string(),
                             file->string());
    return code;
}

}  // namespace

void add_try(CLI::App& app, Program& program) {
    auto options = std::make_shared<TryOptions>();
    options->run.jobs = std::max(1U, std::thread::hardware_concurrency());
    CLI::App* command =
        add_command(app, program, "try", "Drive a command line through the scenarios that say most",
                    try_examples, [&program, options] { return try_command(program, *options); });
    command
        ->add_option("--only", options->run.selection.only,
                     "Other scenarios than @core: an id, an area, or a pattern with *; repeatable")
        ->allow_extra_args(false);  // or it would take the `--`
    command->add_option("--out", options->run.out, "The folder for the reports and the client file")
        ->capture_default_str();
    command->add_flag("--force", options->reports.force, "Overwrite files that guise did not write");
    command->add_flag("-q,--quiet", options->quiet, no_progress);
    command->add_option("COMMAND", options->command, "The command and its arguments, after `--`")->required();
}

}  // namespace guise::cli
