#include "clients/file/command_client.hpp"

#include "base/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::clients {

namespace {

// In double quotes, where a backslash begins an escape (YAML 1.2 section 5.7).
std::string quoted_yaml(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out += std::string("\\") + c;
        else if (octet < 0x20 || octet == 0x7f)
            out += fmt::format("\\x{:02x}", octet);
        else
            out += c;
    }
    return out + '"';
}

bool has(const std::vector<std::string>& command, std::string_view placeholder) {
    return std::ranges::any_of(
        command, [&](const std::string& word) { return word.find(placeholder) != std::string::npos; });
}

std::string_view routing_of(const std::vector<std::string>& command) {
    if (has(command, "{proxy}")) return "[http-proxy]";
    if (has(command, "{address}")) return "[option]";
    return "[hosts-file, nss-wrapper, localhost]  # the first that works here";
}

}  // namespace

std::string command_client_name(const std::vector<std::string>& command) {
    std::string out = "try-";
    const std::string program = command.empty() ? "" : command.front();
    for (const char c : program.substr(program.rfind('/') + 1))
        out += is_alnum(c) || c == '.' || c == '_' || c == '-' ? c : '-';
    return out;
}

Result<std::string> command_client(const std::vector<std::string>& command) {
    if (command.empty()) return plain_problem("no command: write it after `--`");
    if (!has(command, "{url}") && !has(command, "{host}") && !has(command, "{address}"))
        return plain_problem(
            "the command does not say where the server is: write {url}, {host} or {address} in it, and "
            "{port}");
    std::string words;
    for (const std::string& word : command) words += (words.empty() ? "" : ", ") + quoted_yaml(word);
    return fmt::format(
        "{}\n"
        "# fixtures/clients/README.md of guise describes the keys.\n"
        "client: {}\n"
        "detect: {{run: [sh, -c, 'command -v \"$0\"', {}], version: '(.+)'}}\n"
        "profile: tls-client\n"
        "driver: exec\n"
        "service: http\n"
        "routing: {}\n"
        "run: [{}]\n"
        "state: none\n"
        "modes: {{strict: {{}}}}\n",
        command_client_mark, command_client_name(command), quoted_yaml(command.front()), routing_of(command),
        words);
}

}  // namespace guise::clients
