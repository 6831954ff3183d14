// guise check-adapter: what is wrong with an adapter, without a client under test or a server.
#include "base/temporary_folder.hpp"
#include "cli/command.hpp"
#include "clients/rpc/adapter_check.hpp"
#include "run/version.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <unistd.h>

namespace guise::cli {

namespace {

constexpr const char* check_adapter_examples =
    "  guise check-adapter python3 my_adapter.py       every request of the protocol, and what came of it\n"
    "  guise check-adapter -- ./adapter --verbose      a command with options of its own\n"
    "Exit code 0 where all is right, 11 where something is wrong: then it says what was sent, what came and "
    "what\nis expected.";

// The adapter gets the user's environment: the command is then the one that was tried by hand.
std::map<std::string, std::string> own_environment() {
    std::map<std::string, std::string> out;
    for (char** each = environ; each && *each; ++each) {
        const std::string_view text = *each;
        const std::size_t equals = text.find('=');
        if (equals != std::string_view::npos) out.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return out;
}

// `rest` is what followed the program, with the "--" before it.
ExitCode check_command(const std::string& adapter, std::vector<std::string> rest) {
    if (!rest.empty() && rest.front() == "--") rest.erase(rest.begin());
    const TemporaryFolder folder;
    process::Launch launch;
    launch.argv = {adapter};
    launch.argv.insert(launch.argv.end(), rest.begin(), rest.end());
    launch.env = own_environment();
    const auto lines =
        clients::check_adapter(launch, {.suite_version = version, .folder = folder.path().string()});
    const auto wrong = std::count_if(lines.begin(), lines.end(), [](const auto& line) { return !line.ok; });
    std::cout << clients::check_text(lines) << fmt::format("{} checks, {} wrong\n", lines.size(), wrong);
    return wrong == 0 ? ExitCode::as_expected : ExitCode::environment;
}

}  // namespace

void add_check_adapter(CLI::App& app, Program& program) {
    CLI::App* command =
        app.add_subcommand("check-adapter", "Play a fake suite against an adapter: what is wrong with it");
    command->footer(std::string("Examples:\n") + check_adapter_examples);
    auto adapter = std::make_shared<std::string>();
    command->add_option("command", *adapter, "The command that starts the adapter, with its arguments")
        ->required();
    command->prefix_command();
    command->fallthrough(false);
    command->callback([&program, command, adapter] {
        program.chosen = [adapter, rest = command->remaining()] { return check_command(*adapter, rest); };
    });
}

}  // namespace guise::cli
