// guise serve: the scenarios for any client, without driving it.
#include "run/serve.hpp"

#include "cli/command.hpp"
#include "cli/times.hpp"
#include "judge/observe.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>

namespace guise::cli {

namespace {

constexpr const char* examples =
    "  guise serve                                   every scenario, each on a port of its own\n"
    "  guise serve validity/expired                  one of them\n"
    "  guise serve --json | head -1                  one object with all URLs and the root file, for a "
    "program\n"
    "  curl --cacert guise-serve/root.pem https://localhost:PORT/          by port\n"
    "  curl --cacert guise-serve/root.pem --connect-to ::127.0.0.1:SHARED "
    "https://not-yet-valid.validity.guise.test/   by name\n"
    "Runs until Ctrl-C. Every connection is told in one line: which scenario, who, what the client did.";

struct Options {
    std::vector<std::string> only;
    std::string listen = "127.0.0.1";
    std::uint16_t port = 0;
    std::filesystem::path dir = "guise-serve";
    std::string seed;
    std::string now;
    bool json = false;
    bool exposed = false;
};

// The address as a URL has it: an IPv6 address stands in brackets.
std::string url_of(const std::string& address, std::uint16_t port) {
    if (address == "127.0.0.1") return fmt::format("https://localhost:{}/", port);
    const bool brackets = address.find(':') != std::string::npos;
    return fmt::format("https://{}{}{}:{}/", brackets ? "[" : "", address, brackets ? "]" : "", port);
}

nlohmann::ordered_json served_json(const run::Served& served, const Options& options, std::uint16_t shared) {
    return {{"id", served.scenario->id},
            {"title", served.scenario->title},
            {"url", url_of(options.listen, served.port)},
            {"host", served.host},
            {"named_url", fmt::format("https://{}:{}/", served.host, shared)},
            {"address", options.listen},
            {"port", served.port},
            {"shared_port", shared},
            {"trust", std::filesystem::absolute(served.trust_file).string()}};
}

void print_json(const run::Server& server, const Options& options) {
    nlohmann::ordered_json out{{"type", "ready"},
                               {"root", std::filesystem::absolute(server.root_file()).string()},
                               {"address", options.listen},
                               {"shared_port", server.shared_port()}};
    out["scenarios"] = nlohmann::ordered_json::array();
    for (const auto& served : server.served())
        out["scenarios"].push_back(served_json(*served, options, server.shared_port()));
    std::cout << out.dump() << std::endl;
}

void print_text(const run::Server& server, const Options& options) {
    for (const auto& served : server.served())
        std::cout << fmt::format("{:<24} {}\n", url_of(options.listen, served->port), served->scenario->id);
    std::cout << fmt::format("\nBy name: all of them on {}:{}, for example https://{}:{}/\n", options.listen,
                             server.shared_port(), server.served().front()->host, server.shared_port());
    std::cout << fmt::format(
                     "Root:    {}   (trust it in the client under test, nowhere else)\nCtrl-C ends it.\n",
                     server.root_file())
              << std::flush;
}

std::string did(judge::Outcome outcome, const tls::Transcript& connection) {
    const tls::Alert* alert = judge::fatal_alert(connection);
    std::string out(word(outcome));
    if (alert) out += fmt::format(" {} ({})", tls::alert_name(alert->description), alert->description);
    if (connection.application_bytes > 0) out += fmt::format(", {} bytes", connection.application_bytes);
    return out;
}

void print_connection(const run::Served* served, const tls::Transcript& connection, bool json) {
    const auto outcome = judge::outcome_of(connection, {}, {});
    const std::string id = served ? served->scenario->id : "-";
    if (json) {
        const nlohmann::ordered_json out{{"type", "connection"},
                                         {"id", id},
                                         {"peer", connection.peer},
                                         {"outcome", word(outcome)},
                                         {"version", connection.version},
                                         {"bytes", connection.application_bytes},
                                         {"alert", [&]() -> nlohmann::ordered_json {
                                              const tls::Alert* alert = judge::fatal_alert(connection);
                                              if (!alert) return nullptr;
                                              return tls::alert_name(alert->description);
                                          }()}};
        std::cout << out.dump() << std::endl;
    } else {
        std::cout << fmt::format("{:<36} {:<22} {:<8} {}", id, connection.peer, connection.version,
                                 did(outcome, connection))
                  << std::endl;
    }
}

ExitCode serve(const run::World& world, const Options& options, std::chrono::sys_seconds now) {
    const auto scenarios = world.catalogue.select(options.only);
    if (const Problems problems = world.catalogue.unmatched(options.only); !problems.empty())
        return say(problems);
    run::Workshop workshop(world, run::Draw(options.seed.empty() ? run::fresh_seed() : options.seed), now,
                           run::key_cache_dir());
    const Problems problems = run::serve(
        workshop, scenarios, {options.listen, options.port, options.dir},
        [&](const run::Server& server) {
            options.json ? print_json(server, options) : print_text(server, options);
        },
        [&](const run::Served* served, const tls::Transcript& connection) {
            print_connection(served, connection, options.json);
        });
    if (!problems.empty()) return say(problems, ExitCode::environment);
    return ExitCode::as_expected;
}

bool is_loopback(const std::string& address) { return address.starts_with("127.") || address == "::1"; }

ExitCode serve_command(const Program& program, const Options& options) {
    if (!is_loopback(options.listen) && !options.exposed)
        return say(Problem{
            {"--listen", 0, 0},
            "a loopback address, or --i-know-this-is-not-loopback with it (the server holds keys of a root "
            "that somebody may trust)",
            fmt::format("'{}'", options.listen)});
    const auto machine = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto now = options.now.empty() ? machine : parse_time(options.now, machine);
    if (!now)
        return say(Problem{{"--now", 0, 0},
                           "a time such as 2027-01-31T12:00:00Z or +30d",
                           fmt::format("'{}'", options.now)});
    const auto world = world_or_say(program);
    return world ? serve(*world, options, *now) : ExitCode::usage;
}

}  // namespace

void add_serve(CLI::App& app, Program& program) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        add_command(app, program, "serve", "Serve scenarios to any client, without driving it", examples,
                    [&program, options] { return serve_command(program, *options); });
    command->add_option("ID", options->only,
                        "Scenarios: an id, an area, or a pattern with *; none: all of them");
    command->add_option("--listen", options->listen, "The address to listen on")->capture_default_str();
    command->add_option("--port", options->port, "The shared port; 0: any free one")->capture_default_str();
    command->add_option("--dir", options->dir, "The folder for the root files")->capture_default_str();
    command->add_option("--seed", options->seed, "Draws names");
    command->add_option("--now", options->now,
                        "The clock of the certificates: a time, or +30d from the machine's");
    command->add_flag("--json", options->json, "One JSON object a line: `ready` first, then each connection");
    command->add_flag("--i-know-this-is-not-loopback", options->exposed,
                      "Listen on an address that others can reach");
}

}  // namespace guise::cli
