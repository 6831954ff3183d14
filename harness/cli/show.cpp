// guise show: what a certificate, a chain or a server says of itself.
#include "base/time.hpp"
#include "cli/certificate_text.hpp"
#include "cli/chain_source.hpp"
#include "cli/command.hpp"
#include "pki/inspect.hpp"
#include "pki/trust.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>
#include <memory>

namespace guise::cli {

namespace {

constexpr const char* show_examples =
    "  guise show cert.pem                     a file: one certificate or a chain, PEM or DER\n"
    "  guise show localhost:8443               what a server shows\n"
    "  guise show localhost:8443 --trust root.pem   whether it leads to that root\n"
    "  guise show localhost:8443 --json        the same for a program";

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
    const auto anchors = chain_of_file(store);
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
                                    show_examples, [=] { return show_command(*what, *store, *json); });
    command->add_option("FILE-OR-SERVER", *what, "A certificate or chain in PEM or DER, or a server")
        ->required();
    command->add_option("--trust", *store, "A file of roots in PEM, in place of the machine's");
    command->add_flag("--json", *json, "As JSON");
}

}  // namespace guise::cli
