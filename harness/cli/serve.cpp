// guise serve: the scenarios for any client, without driving it.
#include "serve/serve.hpp"

#include "base/read_file.hpp"
#include "cli/command.hpp"
#include "cli/serve_output.hpp"
#include "cli/times.hpp"
#include "pki/bundle.hpp"
#include "serve/control_channel.hpp"
#include "serve/hold.hpp"
#include "serve/serve_bundle.hpp"
#include "server/trust_file.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <unistd.h>

namespace guise::cli {

namespace {

constexpr const char* serve_examples =
    "  guise serve                                   every scenario, each on a port of its own\n"
    "  guise serve validity/not-yet-valid            one of them, held: Enter shows its next visit\n"
    "  guise serve --cert cert.pem                   a key and chain of your own\n"
    "  guise serve --control                         JSON-RPC for test fixtures: present, swap, observe, "
    "wait, close, list\n"
    "  guise serve --json | head -1                  one object with all URLs and root files, for a "
    "program\n"
    "  curl --cacert guise-serve/root.pem https://localhost:PORT/          by port\n"
    "  curl --cacert guise-serve/root.pem --connect-to ::127.0.0.1:SHARED "
    "https://not-yet-valid.validity.guise.test/   by name\n"
    "Runs until Ctrl-C. Prints one line per connection: the scenario, the peer, and what the client did.";

struct ServeOptions {
    std::vector<std::string> only;
    std::string listen = "127.0.0.1";
    std::uint16_t port = 0;
    std::filesystem::path dir = "guise-serve";
    std::string seed;
    std::string now;
    std::filesystem::path certificate;
    std::filesystem::path socket;
    bool control = false;
    bool json = false;
    bool exposed = false;
};

std::string id_of(const serve::Served* served) { return served ? served->scenario->id : "-"; }

ExitCode ended(const Problems& problems) {
    return problems.empty() ? ExitCode::as_expected : say(problems, ExitCode::environment);
}

std::string trust_file(const ServeOptions& options) { return (options.dir / "root.pem").string(); }

// The root file of the visit that is shown now. An old one must not be taken for it.
Problems write_trust(serve::HeldScenario& held, const ServeOptions& options) {
    const auto pem = held.trust_pem();
    if (!pem) return pem.error();
    return server::write_root_file(trust_file(options), *pem);
}

ExitCode hold(server::ChainProvider& provider, const scenario::Scenario& scenario,
              const ServeOptions& options) {
    const serve::HoldListener listener{
        [&](serve::HeldScenario& held) {
            Problems problems = write_trust(held, options);
            if (problems.empty()) print_visit(held, options.listen, trust_file(options));
            return problems;
        },
        [](const serve::HeldScenario& held, const tls::Transcript& connection) {
            print_connection(fmt::format("{} visit {}", held.scenario().id, held.visit()), connection, false);
        },
        [](const std::string& path) { print_fetch(path, false); }};
    return ended(
        serve::hold(provider, scenario, {options.listen, options.port, "hold"}, STDIN_FILENO, listener));
}

void print_trouble(const serve::Served& served, const Problems& problems) {
    for (const Problem& problem : problems.list)
        std::cerr << fmt::format("{} cannot be shown: {}\n", served.scenario->id, problem.text());
}

ExitCode serve_all(server::ChainProvider& provider, const std::vector<const scenario::Scenario*>& scenarios,
                   const ServeOptions& options) {
    return ended(serve::serve(
        provider, scenarios,
        {options.listen, options.port, options.dir, print_trouble,
         [&](const std::string& path) { print_fetch(path, options.json); }},
        [&](const serve::ServedScenarios& server) {
            options.json ? print_ready_json(server, options.listen)
                         : print_ready_text(server, options.listen);
        },
        [&](const serve::Served* served, const tls::Transcript& connection) {
            print_connection(id_of(served), connection, options.json);
        }));
}

ExitCode control(server::ChainProvider& provider, const ServeOptions& options) {
    if (options.socket.empty())
        return ended(serve::control_on(provider, STDIN_FILENO, STDOUT_FILENO, options.dir));
    return ended(serve::control_at(provider, options.socket, options.dir, [&] {
        std::cout << "listening on " << options.socket.string() << std::endl;
    }));
}

ExitCode serve(const inputs::RunInputs& inputs, const ServeOptions& options, std::chrono::sys_seconds now) {
    if (const Problems problems = inputs.catalogue.unmatched(options.only); !problems.empty())
        return say(problems);
    const auto scenarios = inputs.catalogue.select(options.only);
    server::ChainProvider provider(
        inputs, server::SeededGenerator(options.seed.empty() ? server::fresh_seed() : options.seed), now,
        server::key_cache_dir());
    if (options.control) return control(provider, options);
    if (scenarios.size() == 1 && !options.only.empty() && !options.json)
        return hold(provider, *scenarios[0], options);
    return serve_all(provider, scenarios, options);
}

ExitCode serve_file(const ServeOptions& options) {
    const auto text = read_file(options.certificate);
    if (!text) return say(text.error());
    const auto bundle = pki::read_bundle(*text, options.certificate.string());
    if (!bundle) return say(bundle.error());
    const std::string name = options.certificate.filename().string();
    return ended(serve::serve_bundle(
        *bundle, options.listen, options.port,
        [&](std::uint16_t port) { print_ready_file(name, options.listen, port, options.json); },
        [&](const tls::Transcript& connection) { print_connection(name, connection, options.json); }));
}

bool is_loopback(const std::string& address) { return address.starts_with("127.") || address == "::1"; }

ExitCode serve_command(const Program& program, const ServeOptions& options) {
    if (!is_loopback(options.listen) && !options.exposed)
        return say(plain_problem(
            fmt::format("--listen: {} is not a loopback address. The server holds the keys of a root "
                        "that a client may trust; "
                        "to listen there all the same, add --i-know-this-is-not-loopback",
                        options.listen)));
    if (!options.certificate.empty()) return serve_file(options);
    const auto now = time_given(options.now);
    if (!now) return say(now.error());
    const auto inputs = inputs_or_say(program);
    return inputs ? serve(*inputs, options, *now) : ExitCode::usage;
}

}  // namespace

void add_serve(CLI::App& app, Program& program) {
    auto options = std::make_shared<ServeOptions>();
    CLI::App* command =
        add_command(app, program, "serve", "Serve scenarios to any client, without driving it",
                    serve_examples, [&program, options] { return serve_command(program, *options); });
    command->add_option("ID", options->only,
                        "Scenarios: an id, an area, or a pattern with *; none: all of them");
    command->add_option("--listen", options->listen, "The address to listen on")->capture_default_str();
    command->add_option("--port", options->port, "The shared port; 0: any free one")->capture_default_str();
    command->add_option("--dir", options->dir, "The folder for the root files")->capture_default_str();
    command->add_option("--seed", options->seed, "Random seed for host names");
    command->add_option("--now", options->now,
                        "The clock of the certificates: a time, or +30d from the machine's");
    command->add_option("--cert", options->certificate,
                        "Serve this file instead: a private key and its entire chain, in PEM");
    command->add_flag("--control", options->control,
                      "JSON-RPC 2.0 on standard input and output, one object a line");
    command->add_option("--socket", options->socket, "With --control: on a Unix socket at this path instead");
    command->add_flag("--json", options->json, "One JSON object a line: `ready` first, then each connection");
    command->add_flag("--i-know-this-is-not-loopback", options->exposed,
                      "Listen on an address that others can reach");
}

}  // namespace guise::cli
