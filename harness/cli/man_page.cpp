#include "cli/man_page.hpp"

#include "run/version.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::cli {

namespace {

std::string dashed(const CommandEntry& command) {
    std::string out = command.name.empty() ? "guise" : "guise-" + command.name;
    std::ranges::replace(out, ' ', '-');
    return out;
}

// Text as it is: man(7) takes a dot or a quote at the beginning of a line, and a backslash anywhere, for
// more.
std::string escaped(std::string_view text) {
    std::string out;
    bool begins = true;
    for (const char c : text) {
        if (begins && (c == '.' || c == '\'')) out += "\\&";
        out += c == '\\' ? "\\e" : c == '-' ? "\\-" : std::string(1, c);
        begins = c == '\n';
    }
    return out;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::string synopsis(const CommandEntry& command) {
    std::string out = fmt::format(".B guise{}{}\n[\\fIoptions\\fR]", command.name.empty() ? "" : " ",
                                  escaped(command.name));
    if (command.name.empty()) out += " \\fIcommand\\fR";
    for (const OptionEntry& option : command.options)
        if (option.positional) out += fmt::format(" \\fI{}\\fR", escaped(option.names.front()));
    return out + '\n';
}

std::string option_text(const OptionEntry& option) {
    std::string names;
    for (const std::string& name : option.names)
        names += fmt::format("{}\\fB{}\\fR", names.empty() ? "" : ", ", escaped(name));
    const std::string value =
        option.value.empty() || option.positional ? "" : fmt::format(" \\fI{}\\fR", escaped(option.value));
    return fmt::format(".TP\n{}{}\n{}\n", names, value, escaped(option.what));
}

std::string see_also(const CommandEntry& command, const std::vector<CommandEntry>& table) {
    std::string out;
    for (const CommandEntry& other : table) {
        const bool below = command.name.empty() ? other.name.find(' ') == std::string::npos
                                                : other.name.starts_with(command.name + ' ');
        if (&other == &command || !(below || other.name.empty())) continue;
        out += fmt::format("{}.BR {} (1)", out.empty() ? "" : ",\n", escaped(dashed(other)));
    }
    return out.empty() ? out : ".SH SEE ALSO\n" + out + '\n';
}

}  // namespace

std::string man_page_name(const CommandEntry& command) { return dashed(command) + ".1"; }

std::string man_page(const CommandEntry& command, const std::vector<CommandEntry>& table) {
    std::string out = fmt::format("{}\n.TH {} 1 \"\" \"guise {}\" \"User Commands\"\n", man_page_mark,
                                  escaped(dashed(command)), version);
    out += fmt::format(
        ".SH NAME\n{} \\- {}\n", escaped(dashed(command)),
        escaped(command.name.empty() ? "a fake TLS server that tests clients" : first_line(command.what)));
    out += ".SH SYNOPSIS\n" + synopsis(command);
    out += fmt::format(".SH DESCRIPTION\n{}\n", escaped(command.what));
    if (!command.options.empty()) out += ".SH OPTIONS\n";
    for (const OptionEntry& option : command.options) out += option_text(option);
    if (!command.examples.empty())
        out += fmt::format(".SH EXAMPLES\n.nf\n{}\n.fi\n", escaped(command.examples));
    return out + see_also(command, table);
}

}  // namespace guise::cli
