#include "cli/command.hpp"

#include "base/nearest.hpp"
#include "base/own_file.hpp"
#include "base/write_text.hpp"
#include "run/version.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <iterator>

namespace guise::cli {

namespace {

constexpr const char* description =
    "guise: a fake TLS server with a script. It shows a real client one certificate after another and "
    "judges,\n"
    "by what the client sent, whether it did what its validation mode promises.";

constexpr const char* overview =
    "Examples:\n"
    "  guise run --client curl                 drive curl through every scenario, in every mode\n"
    "  guise serve --json                      every scenario as a URL on this machine, and root files\n"
    "  guise explain validity/expired          what is presented, and the expected behaviour in each mode\n"
    "  guise list clients                      which clients are installed here\n"
    "\n"
    "Exit codes: 0 as expected, 1 unexpected verdict, 2 stopped, 3 internal error, 4 usage or a broken "
    "file,\n"
    "5 nothing selected, 10 inconclusive cases remain, 11 client or machine at fault, 12 stale known "
    "deviations.";

// Which command was meant, in the program's own words: CLI11 says only that one is required.
int no_command(const CLI::App& app) {
    std::vector<std::string> known;
    for (const CLI::App* command : app.get_subcommands(nullptr)) known.push_back(command->get_name());
    const std::vector<std::string> found = app.remaining();
    std::cerr << (found.empty() ? "no command given"
                                : fmt::format("unknown command '{}'{}", found.front(),
                                              did_you_mean(found.front(), known)))
              << fmt::format("; use one of {}\n`guise --help` says what each does.\n",
                             fmt::join(known, ", "));
    return static_cast<int>(ExitCode::usage);
}

// The options of the program and of the commands that were given, as they are written.
std::vector<std::string> option_names(const CLI::App& app) {
    std::vector<std::string> out;
    for (const CLI::Option* option : app.get_options())
        for (const std::string& name : option->get_lnames()) out.push_back("--" + name);
    for (const CLI::App* command : app.get_subcommands())
        std::ranges::move(option_names(*command), std::back_inserter(out));
    return out;
}

// What may have been meant by the first option that no command has.
std::string meant_option(const CLI::App& app) {
    for (const std::string& word : app.remaining(true))
        if (word.starts_with("--")) return nearest(word.substr(0, word.find('=')), option_names(app));
    return {};
}

int parse_error(const CLI::App& app, const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError) &&
        app.get_subcommands().empty())
        return no_command(app);
    const int code = app.exit(error, std::cout, std::cerr);
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError))
        if (const std::string meant = meant_option(app); !meant.empty())
            std::cerr << fmt::format("Did you mean {}?\n", meant);
    return code == 0 ? 0 : static_cast<int>(ExitCode::usage);
}

// Half of an output must not look like all of it.
ExitCode written(ExitCode code) {
    errno = 0;
    std::cout.flush();
    if (std::cout || code != ExitCode::as_expected) return code;
    return say(cannot("write to standard output", errno != 0 ? std::strerror(errno) : "output error"),
               ExitCode::environment);
}

}  // namespace

CLI::App* add_command(CLI::App& app, Program& program, const std::string& name, const std::string& what,
                      const std::string& examples, std::function<ExitCode()> body) {
    CLI::App* command = app.add_subcommand(name, what);
    command->footer("Examples:\n" + examples);
    command->callback([&program, body = std::move(body)] { program.chosen = body; });
    return command;
}

Result<SharedInputs> load_shared(const inputs::InputPlaces& places) {
    auto inputs = inputs::load_inputs(places);
    if (!inputs) return inputs.error();
    return std::make_shared<const inputs::RunInputs>(std::move(*inputs));
}

SharedInputs inputs_or_say(const Program& program) {
    auto inputs = program.load(program.places);
    if (inputs) return *inputs;
    say(inputs.error());
    return nullptr;
}

ExitCode say(const Problems& problems, ExitCode code) {
    std::cerr << problems.text();
    return code;
}

void warn(const std::string& warning) { std::cerr << "warning: " << warning << '\n'; }

bool may_write(const std::filesystem::path& path, std::string_view mark, bool force) {
    if (path.empty() || force || may_overwrite(path, mark)) return true;
    say(foreign_file(path, "choose another one, or overwrite it with --force"));
    return false;
}

bool write_file(const std::filesystem::path& path, const std::string& text) {
    const Problems problems = write_text(path, text);
    say(problems);
    return problems.empty();
}

int run_program(int argc, char** argv, Program program) {
    CLI::App app(description, "guise");
    app.footer(overview);
    app.set_version_flag("--version", fmt::format("guise {}", version));
    app.require_subcommand(1);
    app.fallthrough();
    app.add_option("--data", program.places.data,
                   "The folder with scenarios/, certs/ and fixtures/ (also: GUISE_DATA)");
    app.add_option("--scenarios", program.places.scenarios,
                   "A folder of scenarios in place of the built-in ones");
    for (auto add : {add_run, add_try, add_serve, add_list, add_explain, add_show, add_mint, add_judge,
                     add_diff, add_doctor, add_docs, add_import, add_check_adapter, add_manual})
        add(app, program);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return parse_error(app, error);
    }
    try {
        return static_cast<int>(written(program.chosen()));
    } catch (const std::exception& error) {
        std::cerr << "guise: internal error: " << error.what() << "\n";
        return static_cast<int>(ExitCode::internal);
    }
}

}  // namespace guise::cli
