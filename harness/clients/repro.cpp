// The command of a visit as a line to paste: in an environment of its own, with its input from printf, which
// every shell has.
#include "clients/launch.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::clients {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("%+,-./:=@_^").find(c) != std::string_view::npos;
}

// Octal with three digits, which printf and $'…' read alike and no digit that follows can lengthen.
std::string escaped(char c) {
    switch (c) {
        case '\r':
            return "\\r";
        case '\n':
            return "\\n";
        case '\\':
            return "\\\\";
        default:
            return fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    }
}

}  // namespace

std::string shell_quoted(const std::string& text) {
    if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return text;
    if (std::any_of(text.begin(), text.end(), is_control)) {
        std::string out = "$'";
        for (const char c : text)
            out += is_control(c) || c == '\'' || c == '\\' ? escaped(c) : std::string(1, c);
        return out + "'";
    }
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

namespace {

std::string printf_of(const std::string& text) {
    std::string out = "printf '";
    for (const char c : text) {
        if (c == '%') {
            out += "%%";
        } else {
            out += is_control(c) || c == '\'' || c == '\\' ? escaped(c) : std::string(1, c);
        }
    }
    return out + "'";
}

}  // namespace

std::string repro_command(const process::Launch& launch) {
    std::string out;
    if (!launch.directory.empty()) out += "cd " + shell_quoted(launch.directory) + " && ";
    if (!launch.input.empty()) out += printf_of(launch.input) + " | ";
    out += "env -i";
    for (const auto& [name, value] : launch.env)
        out += name == "PATH" ? " PATH=\"$PATH\"" : " " + shell_quoted(name + "=" + value);
    for (const std::string& argument : launch.argv) out += " " + shell_quoted(argument);
    return launch.input.empty() && !launch.input_stays_open ? out + " </dev/null" : out;
}

}  // namespace guise::clients
