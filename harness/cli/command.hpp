// What the commands share. A command is one file: it adds itself to the program, with its options and
// examples.
#pragma once

#include "base/exit_code.hpp"
#include "base/problem.hpp"
#include "inputs/run_inputs.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace guise::cli {

using SharedInputs = std::shared_ptr<const inputs::RunInputs>;

/// Reads the inputs from files.
[[nodiscard]] Result<SharedInputs> load_shared(const inputs::InputPlaces& places);

/// The program while it is being put together: what holds for all commands, and which one was chosen.
struct Program {
    std::function<Result<SharedInputs>(const inputs::InputPlaces&)> load = load_shared;
    inputs::InputPlaces places;        // --data, --scenarios
    std::function<ExitCode()> chosen;  // set by the command that the user named
};

/// Adds a command whose body runs after all options have been read. The examples stand at the end of its
/// `--help`.
CLI::App* add_command(CLI::App& app, Program& program, const std::string& name, const std::string& what,
                      const std::string& examples, std::function<ExitCode()> body);

/// Loads the inputs, or says what is wrong on standard error and gives nothing.
[[nodiscard]] SharedInputs inputs_or_say(const Program& program);

/// Prints problems on standard error; the exit code for them.
ExitCode say(const Problems& problems, ExitCode code = ExitCode::usage);

/// Prints a warning on standard error.
void warn(const std::string& warning);

/// Whether a file may be written, before long work is done for it; says on standard error why not. No path:
/// nothing is to be written. `mark` stands in every file of that kind (see base/own_file.hpp).
[[nodiscard]] bool may_write(const std::filesystem::path& path, std::string_view mark, bool force);

/// Writes a file whole, or says on standard error that it cannot be written.
[[nodiscard]] bool write_file(const std::filesystem::path& path, const std::string& text);

void add_run(CLI::App& app, Program& program);
void add_try(CLI::App& app, Program& program);
void add_serve(CLI::App& app, Program& program);
void add_list(CLI::App& app, Program& program);
void add_explain(CLI::App& app, Program& program);
void add_show(CLI::App& app, Program& program);
void add_mint(CLI::App& app, Program& program);
void add_judge(CLI::App& app, Program& program);
void add_diff(CLI::App& app, Program& program);
void add_doctor(CLI::App& app, Program& program);
void add_docs(CLI::App& app, Program& program);
void add_import(CLI::App& app, Program& program);
void add_check_adapter(CLI::App& app, Program& program);
void add_manual(CLI::App& app, Program& program);

/// The program: reads the command line, runs the command, never lets an exception out. `program` says how
/// inputs are loaded: tests run many commands over the same ones.
[[nodiscard]] int run_program(int argc, char** argv, Program program = {});

}  // namespace guise::cli
