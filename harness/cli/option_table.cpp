#include "cli/option_table.hpp"

#include <CLI/CLI.hpp>

namespace guise::cli {

namespace {

OptionEntry entry_of(const CLI::Option& option) {
    OptionEntry out;
    out.positional = option.get_positional();
    for (const std::string& name : option.get_snames()) out.names.push_back("-" + name);
    for (const std::string& name : option.get_lnames()) out.names.push_back("--" + name);
    if (out.positional) out.names = {option.get_name(true)};
    out.what = option.get_description();
    if (option.get_items_expected_max() > 0) out.value = option.get_type_name();
    return out;
}

void add(const CLI::App& app, const std::string& name, std::vector<CommandEntry>& out) {
    CommandEntry entry{name, app.get_description(), app.get_footer(), {}};
    for (const CLI::Option* option : app.get_options()) entry.options.push_back(entry_of(*option));
    out.push_back(std::move(entry));
    for (const CLI::App* command : app.get_subcommands(nullptr))
        add(*command, name.empty() ? command->get_name() : name + ' ' + command->get_name(), out);
}

}  // namespace

std::vector<CommandEntry> command_table(const CLI::App& app) {
    std::vector<CommandEntry> out;
    add(app, {}, out);
    return out;
}

}  // namespace guise::cli
