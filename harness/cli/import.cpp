// guise import limbo: a corpus of chains, replayed over the wire.
#include "cli/command.hpp"
#include "cli/progress.hpp"
#include "import/limbo_report.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <thread>

namespace guise::cli {

namespace {

constexpr const char* import_examples =
    "  guise import limbo limbo.json --client curl                 every case that a server can show\n"
    "  guise import limbo limbo.json --client curl --baseline before.json\n"
    "                                                              and what is different from an earlier "
    "import\n"
    "The corpus is x509-limbo's limbo.json. Results go to OUT/limbo.json.\n"
    "Exit code 0 where all is as the corpus expects, or, with --baseline, as it was then; 1 where it is not; "
    "10 "
    "where\na case is unclear. A corpus knows no validation modes and no levels: a difference is a question, "
    "not a "
    "bug.";

struct ImportOptions {
    std::filesystem::path file;
    std::filesystem::path out = "guise-import";
    std::filesystem::path baseline;
    std::string client;
    std::string mode = "strict";
    std::size_t jobs = 2;
    bool force = false;
    bool quiet = false;
};

ExitCode exit_of(const imports::LimboRecord& record) {
    ExitCode out = record.results.empty() ? ExitCode::nothing : ExitCode::as_expected;
    for (const imports::LimboResult& each : record.results) {
        if (each.seen == imports::LimboSeen::unclear) return ExitCode::inconclusive;
        if (!as_expected(each)) out = ExitCode::unexpected;
    }
    return out;
}

ExitCode compare(const imports::LimboRecord& before, const imports::LimboRecord& now) {
    if (before.corpus != now.corpus) std::cout << "The earlier import was of another corpus.\n";
    const auto changes = imports::changes_since(before, now);
    for (const imports::LimboChange& each : changes)
        std::cout << fmt::format("changed: {}: {}, before {}\n", each.id,
                                 each.now.empty() ? "gone" : each.now,
                                 each.before.empty() ? "not there" : each.before);
    std::cout << fmt::format("{} of {} results differ from the earlier import.\n", changes.size(),
                             now.results.size());
    return changes.empty() ? ExitCode::as_expected : ExitCode::unexpected;
}

Result<std::unique_ptr<run::Participant>> participant(const inputs::RunInputs& inputs,
                                                      const ImportOptions& options) {
    auto all = run::load_participants(inputs, {{options.client}, {options.mode}, {}, {}});
    if (!all) return all.error();
    run::find_participants(*all);
    auto who = std::move(all->front());
    for (const std::string& warning : who->client.warnings) warn(warning);
    if (!who->missing.empty())
        return plain_problem(
            fmt::format("the client {} cannot be used here: {}", who->client.name, who->missing));
    if (!who->client.modes.contains(options.mode))
        return plain_problem(fmt::format("the client {} has no mode {}", who->client.name, options.mode));
    return who;
}

ExitCode import_limbo(const Program& program, const ImportOptions& options) {
    const auto file = options.out / "limbo.json";
    if (!may_write(file, imports::limbo_mark, options.force)) return ExitCode::usage;
    const auto inputs = inputs_or_say(program);
    if (!inputs) return ExitCode::usage;
    const auto corpus = imports::read_limbo(options.file);
    if (!corpus) return say(corpus.error());
    std::optional<imports::LimboRecord> before;
    if (!options.baseline.empty()) {
        auto read = imports::read_limbo_record(options.baseline);
        if (!read) return say(read.error());
        before = std::move(*read);
    }
    const auto who = participant(*inputs, options);
    if (!who) return say(who.error());
    auto ran =
        imports::run_limbo(*inputs, *corpus, **who,
                           {options.mode, options.jobs, options.out, show_progress("cases", options.quiet)});
    if (!ran) return say(ran.error());
    imports::LimboRecord record{corpus->digest, (*who)->client.name,     (*who)->detection.version,
                                options.mode,   std::move(ran->results), corpus->skipped};
    record.skipped.insert(record.skipped.end(), ran->skipped.begin(), ran->skipped.end());
    if (ran->interrupted) return ExitCode::interrupted;
    std::cout << imports::limbo_text(record);
    if (!write_file(file, imports::limbo_json(record))) return ExitCode::environment;
    std::cout << fmt::format("Results: {}\n", file.string());
    return before ? compare(*before, record) : exit_of(record);
}

}  // namespace

void add_import(CLI::App& app, Program& program) {
    auto options = std::make_shared<ImportOptions>();
    options->jobs = std::max(1U, std::thread::hardware_concurrency());
    CLI::App* command =
        add_command(app, program, "import", "Replay the chains of a corpus against a client", import_examples,
                    [&program, options] { return import_limbo(program, *options); });
    command->add_option("KIND", "The kind of corpus: limbo (x509-limbo)")
        ->required()
        ->check(CLI::IsMember({"limbo"}));
    command->add_option("FILE", options->file, "The corpus")->required();
    command->add_option("--client", options->client, "A client by name, or by the path of its file")
        ->required();
    command->add_option("--mode", options->mode, "Its validation mode")->capture_default_str();
    command->add_option("--baseline", options->baseline, "The results of an earlier import");
    command->add_option("--out", options->out, "The folder for the results")->capture_default_str();
    command->add_option("-j,--jobs", options->jobs, "Maximum concurrent visits")
        ->capture_default_str()
        ->check(CLI::Range(1, 256));
    command->add_flag("-q,--quiet", options->quiet, no_progress);
    command->add_flag("--force", options->force, "Overwrite a limbo.json that guise did not write");
}

}  // namespace guise::cli
