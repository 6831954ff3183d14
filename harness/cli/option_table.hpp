// The commands and options of the program as data: for man pages, for the completion of shells.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace guise::cli {

/// An option, or a positional argument, of a command.
struct OptionEntry {
    std::vector<std::string> names;  // `-q`, `--quiet`; of a positional argument its name alone
    std::string what;                // a sentence without a full stop
    std::string value;               // what kind of value follows; empty for a flag
    bool positional = false;
    bool operator==(const OptionEntry&) const = default;
};

/// A command, or the program itself.
struct CommandEntry {
    std::string name;  // `run`, `list scenarios`; empty for the program
    std::string what;
    std::string examples;  // the end of its help
    std::vector<OptionEntry> options;
};

/// The program and its commands, in the order of its help; subcommands after their command.
[[nodiscard]] std::vector<CommandEntry> command_table(const CLI::App& app);

}  // namespace guise::cli
