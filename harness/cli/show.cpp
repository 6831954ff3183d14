// guise show: what a certificate, a chain or a server says of itself.
#include "base/bytes.hpp"
#include "base/time.hpp"
#include "cli/certificate_text.hpp"
#include "cli/command.hpp"
#include "net/fetch_chain.hpp"
#include "pki/pem.hpp"
#include "pki/trust.hpp"

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
    "  guise show localhost:8443 --trust root.pem   whether it leads to that root\n"
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

// Where Debian, and then others, keep the roots that the machine trusts.
std::string system_store() {
    std::error_code ignored;
    for (const char* path : {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"})
        if (std::filesystem::exists(path, ignored)) return path;
    return {};
}

Result<Trust> trust_of(const std::vector<Bytes>& chain, std::string store, std::chrono::sys_seconds now) {
    if (store.empty()) store = system_store();
    if (store.empty()) return Trust{"this machine", "it has no file of roots; name one with --trust"};
    const auto anchors = from_file(store);
    if (!anchors) return anchors.error();
    return Trust{store, pki::why_untrusted(chain, *anchors, now)};
}

ExitCode show_command(const std::string& what, const std::string& store, bool json) {
    const auto chain = chain_of(what);
    if (!chain) return say(chain.error());
    const auto facts = pki::inspect_chain(*chain, what);
    if (!facts) return say(facts.error());
    const auto now = machine_clock();
    const auto trust = trust_of(*chain, store, now);
    if (!trust) return say(trust.error());
    std::cout << (json ? chain_json(*facts, *trust, now) : chain_text(*facts, *trust, now));
    return ExitCode::as_expected;
}

}  // namespace

void add_show(CLI::App& app, Program& program) {
    auto what = std::make_shared<std::string>();
    auto store = std::make_shared<std::string>();
    auto json = std::make_shared<bool>(false);
    CLI::App* command = add_command(app, program, "show", "What a certificate file or a server shows",
                                    examples, [=] { return show_command(*what, *store, *json); });
    command->add_option("FILE|HOST:PORT", *what, "A certificate or chain in PEM or DER, or a server")
        ->required();
    command->add_option("--trust", *store, "A file of roots in PEM, in place of the machine's");
    command->add_flag("--json", *json, "As JSON");
}

}  // namespace guise::cli
