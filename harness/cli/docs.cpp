// guise docs: the catalogue as pages, for readers without a terminal.
#include "cli/command.hpp"
#include "cli/progress.hpp"
#include "clients/tables.hpp"
#include "docs/site.hpp"
#include "docs/write_site.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <iostream>
#include <memory>

namespace guise::cli {

namespace {

constexpr const char* docs_examples =
    "  guise docs --out docs/                             a page for each scenario, clause, defect, profile, "
    "client\n"
    "  guise docs --out docs/ --scenarios my-scenarios/   of scenarios of your own\n"
    "Open docs/index.html in a browser; no server and no network is needed. Equal files give equal pages, "
    "and pages\n"
    "that are no more are removed. A folder with files of others is refused.";

struct DocsOptions {
    std::filesystem::path out;
    bool quiet = false;
};

ExitCode docs_command(const Program& program, const DocsOptions& options) {
    const OnProgress progress = show_progress("files", options.quiet);
    const auto inputs = inputs_or_say(program);
    if (!inputs) return ExitCode::usage;
    const auto book = docs::make_book(*inputs, clients::built_in_tables().vocabulary());
    if (!book) return say(book.error());
    const auto files = docs::make_site(**book);
    if (!files) return say(files.error());
    std::size_t done = 0;
    const auto on_written = [&] {
        if (progress) progress({++done, files->size()});
    };
    if (const auto written = docs::write_site(options.out, *files, on_written); !written)
        return say(written.error(), ExitCode::environment);
    std::cout << fmt::format("{} files: {}\n", files->size(), (options.out / "index.html").string());
    return ExitCode::as_expected;
}

}  // namespace

void add_docs(CLI::App& app, Program& program) {
    auto options = std::make_shared<DocsOptions>();
    CLI::App* command =
        add_command(app, program, "docs", "The catalogue as pages for a browser", docs_examples,
                    [&program, options] { return docs_command(program, *options); });
    command->add_option("--out", options->out, "The folder to write; it is made where it is missing")
        ->required();
    command->add_flag("-q,--quiet", options->quiet, no_progress);
}

}  // namespace guise::cli
