// guise docs: the catalogue as pages, for readers without a terminal.
#include "cli/command.hpp"
#include "clients/tables.hpp"
#include "docs/site.hpp"
#include "docs/write_site.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <iostream>
#include <memory>

namespace guise::cli {

namespace {

constexpr const char* examples =
    "  guise docs --out docs/                             a page for each scenario, clause, defect, profile, "
    "client\n"
    "  guise docs --out docs/ --scenarios my-scenarios/   of scenarios of your own\n"
    "Open docs/index.html in a browser; no server and no network is needed. Equal files give equal pages, "
    "and pages\n"
    "that are no more are removed. A folder with files of others is refused.";

ExitCode docs_command(const Program& program, const std::filesystem::path& out) {
    const auto inputs = inputs_or_say(program);
    if (!inputs) return ExitCode::usage;
    const auto book = docs::make_book(*inputs, clients::built_in_tables().vocabulary());
    if (!book) return say(book.error());
    const auto files = docs::make_site(**book);
    if (!files) return say(files.error());
    if (const auto written = docs::write_site(out, *files); !written)
        return say(written.error(), ExitCode::environment);
    std::cout << fmt::format("{} files: {}\n", files->size(), (out / "index.html").string());
    return ExitCode::as_expected;
}

}  // namespace

void add_docs(CLI::App& app, Program& program) {
    auto out = std::make_shared<std::filesystem::path>();
    CLI::App* command = add_command(app, program, "docs", "The catalogue as pages for a browser", examples,
                                    [&program, out] { return docs_command(program, *out); });
    command->add_option("--out", *out, "The folder to write; it is made where it is missing")->required();
}

}  // namespace guise::cli
