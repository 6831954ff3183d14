#include "cli/completion_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace guise::cli {

namespace {

// In single quotes, where nothing is special but the quote.
std::string in_quotes(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + '\'';
}

// The options of the program stand before a command and after it.
std::vector<OptionEntry> options_of(const CommandEntry& command, const CommandEntry& program) {
    std::vector<OptionEntry> out;
    for (const auto* table : {&command.options, &program.options})
        for (const OptionEntry& option : *table)
            if (!option.positional && std::ranges::find(out, option.names, &OptionEntry::names) == out.end())
                out.push_back(option);
    return out;
}

// Commands by their first word: `list scenarios` is completed as `list`, whose subcommands are its words.
std::vector<const CommandEntry*> commands_of(const std::vector<CommandEntry>& table) {
    std::vector<const CommandEntry*> out;
    for (const CommandEntry& command : table)
        if (!command.name.empty() && command.name.find(' ') == std::string::npos) out.push_back(&command);
    return out;
}

std::vector<std::string> words_below(const CommandEntry& command, const std::vector<CommandEntry>& table) {
    std::vector<std::string> out;
    for (const CommandEntry& each : table)
        if (each.name.starts_with(command.name + ' '))
            out.push_back(each.name.substr(command.name.size() + 1));
    return out;
}

constexpr const char* names_of_guise =
    "_guise_names() { guise list \"$1\" 2>/dev/null | awk 'NR > 1 { sub(/\\[.*/, \"\", $1); print $1 }' | "
    "sort -u; }\n";

std::string for_bash(const std::vector<CommandEntry>& table) {
    std::string cases;
    std::vector<std::string> names;
    for (const CommandEntry* command : commands_of(table)) {
        std::vector<std::string> all = words_below(*command, table);
        for (const OptionEntry& option : options_of(*command, table.front()))
            all.insert(all.end(), option.names.begin(), option.names.end());
        names.push_back(command->name);
        cases += fmt::format("        {}) words='{}' ;;\n", command->name, fmt::join(all, " "));
    }
    return fmt::format(
        "# Completion of guise for bash: eval \"$(guise completion bash)\"\n"
        "{}"
        "_guise() {{\n"
        "    local word command= words= current=${{COMP_WORDS[COMP_CWORD]}}\n"
        "    for word in \"${{COMP_WORDS[@]:1:COMP_CWORD-1}}\"; do\n"
        "        case \"$word\" in {}) command=$word && break ;; esac\n"
        "    done\n"
        "    case \"$command\" in\n"
        "{}"
        "        *) words='{}' ;;\n"
        "    esac\n"
        "    case \"${{COMP_WORDS[COMP_CWORD-1]}}\" in\n"
        "        --client) words=$(_guise_names clients) ;;\n"
        "        --only) words=$(_guise_names scenarios) ;;\n"
        "        --profile) words=$(_guise_names profiles) ;;\n"
        "    esac\n"
        "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
        "}}\n"
        "complete -o default -F _guise guise\n",
        names_of_guise, fmt::join(names, " | "), cases, fmt::join(names, " "));
}

// `name:what`, with the colons of the name escaped.
std::string described(const std::string& name, const std::string& what) {
    std::string out;
    for (const char c : name) out += c == ':' ? std::string("\\:") : std::string(1, c);
    return in_quotes(out + ':' + what);
}

std::string for_zsh(const std::vector<CommandEntry>& table) {
    std::string commands, cases;
    std::vector<std::string> names;
    for (const CommandEntry* command : commands_of(table)) {
        commands += fmt::format("    {}\n", described(command->name, command->what));
        names.push_back(command->name);
        cases += fmt::format("    {}) words_of=({}); options=(\n", command->name,
                             fmt::join(words_below(*command, table), " "));
        for (const OptionEntry& option : options_of(*command, table.front()))
            for (const std::string& name : option.names)
                cases += fmt::format("      {}\n", described(name, option.what));
        cases += "    ) ;;\n";
    }
    return fmt::format(
        "#compdef guise\n"
        "# Completion of guise for zsh: guise completion zsh > a folder of $fpath/_guise\n"
        "{}"
        "_guise() {{\n"
        "  local command= word\n"
        "  local -a commands options words_of names\n"
        "  commands=(\n{}  )\n"
        "  for word in ${{words[2,CURRENT-1]}}; do\n"
        "    case $word in {}) command=$word; break ;; esac\n"
        "  done\n"
        "  case $words[CURRENT-1] in\n"
        "    --client) names=(${{(f)\"$(_guise_names clients)\"}}) ;;\n"
        "    --only) names=(${{(f)\"$(_guise_names scenarios)\"}}) ;;\n"
        "    --profile) names=(${{(f)\"$(_guise_names profiles)\"}}) ;;\n"
        "  esac\n"
        "  if (( $#names )); then compadd -a names; _files; return; fi\n"
        "  case $command in\n"
        "{}"
        "    *) _describe command commands; return ;;\n"
        "  esac\n"
        "  compadd -a words_of\n"
        "  if [[ $words[CURRENT] == -* ]]; then _describe -o option options; else _files; fi\n"
        "}}\n"
        "if [[ $funcstack[1] == _guise ]]; then _guise; else compdef _guise guise; fi\n",
        names_of_guise, commands, fmt::join(names, " | "), cases);
}

std::string fish_option(const CommandEntry& command, const OptionEntry& option) {
    std::string names;
    for (const std::string& name : option.names)
        names += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    const bool client = names.ends_with(" client"), only = names.ends_with(" only");
    const std::string values = client || only
                                   ? fmt::format(" -a '(_guise_names {})'", client ? "clients" : "scenarios")
                                   : std::string();
    const std::string where =
        command.name.empty() ? "" : fmt::format(" -n '__fish_seen_subcommand_from {}'", command.name);
    return fmt::format("complete -c guise{}{}{}{} -d {}\n", where, names, option.value.empty() ? "" : " -r",
                       values, in_quotes(option.what));
}

std::string for_fish(const std::vector<CommandEntry>& table) {
    std::string out =
        "# Completion of guise for fish: guise completion fish > ~/.config/fish/completions/guise.fish\n"
        "function _guise_names; guise list $argv[1] 2>/dev/null | awk 'NR > 1 { sub(/\\[.*/, \"\", $1); "
        "print $1 }' | "
        "sort -u; end\n";
    for (const OptionEntry& option : table.front().options)
        if (!option.positional) out += fish_option(table.front(), option);
    for (const CommandEntry* command : commands_of(table)) {
        out += fmt::format("complete -c guise -n __fish_use_subcommand -a {} -d {}\n", command->name,
                           in_quotes(command->what));
        for (const std::string& word : words_below(*command, table))
            out += fmt::format("complete -c guise -n '__fish_seen_subcommand_from {}' -a {}\n", command->name,
                               word);
        for (const OptionEntry& option : command->options)
            if (!option.positional) out += fish_option(*command, option);
    }
    return out;
}

}  // namespace

std::string completion_text(Shell shell, const std::vector<CommandEntry>& table) {
    switch (shell) {
        case Shell::bash:
            return for_bash(table);
        case Shell::zsh:
            return for_zsh(table);
        case Shell::fish:
            return for_fish(table);
    }
    return {};
}

}  // namespace guise::cli
