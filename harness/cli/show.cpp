// guise show: what a certificate, a chain or a server says of itself.
#include "base/bytes.hpp"
#include "cli/certificate_text.hpp"
#include "cli/command.hpp"
#include "net/fetch_chain.hpp"
#include "pki/pem.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>

namespace guise::cli {

namespace {

constexpr const char* examples =
    "  guise show cert.pem                     a file: one certificate or a chain, PEM or DER\n"
    "  guise show localhost:8443               what a server shows\n"
    "  guise show localhost:8443 --json        the same for a program";

std::optional<std::pair<std::string, std::uint16_t>> as_server(const std::string& what) {
    const auto colon = what.rfind(':');
    if (colon == std::string::npos || colon == 0) return std::nullopt;
    std::uint16_t port = 0;
    const char* end = what.data() + what.size();
    const auto [stop, error] = std::from_chars(what.data() + colon + 1, end, port);
    if (error != std::errc() || stop != end || port == 0) return std::nullopt;
    std::string host = what.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    return std::pair(host, port);
}

Result<std::vector<Bytes>> from_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (!file || !(text << file.rdbuf()))
        return Problem{{path, 0, 0}, "a readable file, or HOST:PORT", "none"};
    const std::string content = text.str();
    if (content.find("-----BEGIN ") == std::string::npos) {
        const ByteView der = as_bytes(content);
        return std::vector<Bytes>{Bytes(der.begin(), der.end())};
    }
    auto chain = pki::from_pem(content, path);
    if (chain && chain->empty()) return Problem{{path, 0, 0}, "a CERTIFICATE block", "none"};
    return chain;
}

Result<std::vector<Bytes>> chain_of(const std::string& what) {
    std::error_code ignored;
    const auto server = std::filesystem::exists(what, ignored) ? std::nullopt : as_server(what);
    if (!server) return from_file(what);
    const auto shown = net::fetch_chain(server->first, server->second);
    if (!shown) return shown.error();
    return shown->certificates;
}

ExitCode show_command(const std::string& what, bool json) {
    const auto chain = chain_of(what);
    if (!chain) return say(chain.error());
    const auto facts = pki::inspect_chain(*chain, what);
    if (!facts) return say(facts.error());
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    std::cout << (json ? chain_json(*facts, now) : chain_text(*facts, now));
    return ExitCode::as_expected;
}

}  // namespace

void add_show(CLI::App& app, Program& program) {
    auto what = std::make_shared<std::string>();
    auto json = std::make_shared<bool>(false);
    CLI::App* command = add_command(app, program, "show", "What a certificate file or a server shows",
                                    examples, [what, json] { return show_command(*what, *json); });
    command->add_option("FILE|HOST:PORT", *what, "A certificate or chain in PEM or DER, or a server")
        ->required();
    command->add_flag("--json", *json, "As JSON");
}

}  // namespace guise::cli
