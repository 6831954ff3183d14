#include "cli/serve_output.hpp"

#include "base/ascii.hpp"
#include "evidence/observe.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <poll.h>
#include <unistd.h>

namespace guise::cli {

namespace {

bool by_name(const serve::Served& served) { return served.scenario->host == pki::HostKind::name; }

// A host that is an address is visited by just that, and not as `localhost`.
std::string url_of_served(const serve::Served& served) {
    return by_name(served) ? url_of(served.address, served.port)
                           : fmt::format("https://{}:{}/", in_url(served.address), served.port);
}

nlohmann::ordered_json served_json(const serve::Served& served, std::uint16_t shared) {
    return {{"id", served.scenario->id},
            {"title", served.scenario->title},
            {"url", url_of_served(served)},
            {"host", served.host},
            {"named_url",
             by_name(served) ? fmt::format("https://{}:{}/", served.host, shared) : url_of_served(served)},
            {"address", served.address},
            {"port", served.port},
            {"shared_port", shared},
            {"trust", std::filesystem::absolute(served.trust_file).string()}};
}

// Where something else is to be trusted than for the others.
std::string own_root(const serve::Served& served, const std::string& root) {
    return served.trust_file == root ? "" : fmt::format("  (root: {})", served.trust_file);
}

std::string did(evidence::Outcome outcome, const tls::Transcript& connection) {
    const tls::Alert* alert = evidence::fatal_alert(connection);
    std::string out(word(outcome));
    if (alert) out += fmt::format(" {} ({})", tls::alert_name(alert->description), alert->description);
    if (connection.application_bytes > 0) out += fmt::format(", {} bytes", connection.application_bytes);
    return out;
}

// A line, unless no one reads: the clients must not wait for a full pipe.
void tell(const std::string& line) {
    pollfd out{STDOUT_FILENO, POLLOUT, 0};
    if (::poll(&out, 1, 0) == 1 && (out.revents & POLLOUT) != 0) std::cout << line << std::endl;
}

}  // namespace

std::string url_of(const std::string& address, std::uint16_t port) {
    if (address == "127.0.0.1") return fmt::format("https://localhost:{}/", port);
    return fmt::format("https://{}:{}/", in_url(address), port);
}

void print_ready_json(const serve::ServedScenarios& server, const std::string& address) {
    nlohmann::ordered_json out{{"type", "ready"},
                               {"root", std::filesystem::absolute(server.root_file()).string()},
                               {"address", address},
                               {"shared_port", server.shared_port()}};
    out["scenarios"] = nlohmann::ordered_json::array();
    for (const auto& served : server.served())
        out["scenarios"].push_back(served_json(*served, server.shared_port()));
    std::cout << out.dump() << std::endl;
}

void print_ready_text(const serve::ServedScenarios& server, const std::string& address) {
    for (const auto& served : server.served())
        std::cout << fmt::format("{:<24} {}{}\n", url_of_served(*served), served->scenario->id,
                                 own_root(*served, server.root_file()));
    const auto named = std::ranges::find_if(server.served(), [](const auto& each) { return by_name(*each); });
    if (named != server.served().end())
        std::cout << fmt::format("\nBy name: all of them on {}:{}, for example https://{}:{}/\n", address,
                                 server.shared_port(), (*named)->host, server.shared_port());
    std::cout << fmt::format(
                     "Root:    {}   (trust it in the client under test, nowhere else)\nCtrl-C ends it.\n",
                     server.root_file())
              << std::flush;
}

void print_ready_file(const std::string& name, const std::string& address, std::uint16_t port, bool json) {
    const std::string url = url_of(address, port);
    const nlohmann::ordered_json ready{
        {"type", "ready"}, {"id", name}, {"url", url}, {"address", address}, {"port", port}};
    std::cout << (json ? ready.dump() : fmt::format("{}  {}\nCtrl-C ends it.", url, name)) << std::endl;
}

void print_visit(const serve::HeldScenario& held, const std::string& address, const std::string& trust_file) {
    const scenario::Scenario& scenario = held.scenario();
    std::cout << fmt::format("{}: visit {} of {}\n  {}\n  or by name: {} on {}:{}\n  root: {}\n", scenario.id,
                             held.visit(), scenario.visits.size(),
                             held.host() == held.address() ? held.url() : url_of(address, held.port()),
                             held.host(), held.address(), held.port(), trust_file);
    std::cout << "Enter shows the next visit at the same address; Ctrl-C ends it.\n" << std::flush;
}

void print_fetch(const std::string& path, bool json) {
    tell(json ? nlohmann::ordered_json{{"type", "fetched"}, {"path", path}}.dump()
              : fmt::format("fetched {}", path));
}

void print_connection(const std::string& id, const tls::Transcript& connection, bool json) {
    const auto outcome = evidence::outcome_of(connection, {}, {});
    if (json) {
        const nlohmann::ordered_json out{{"type", "connection"},
                                         {"id", id},
                                         {"peer", connection.peer},
                                         {"outcome", word(outcome)},
                                         {"version", connection.version},
                                         {"bytes", connection.application_bytes},
                                         {"alert", [&]() -> nlohmann::ordered_json {
                                              const tls::Alert* alert = evidence::fatal_alert(connection);
                                              if (!alert) return nullptr;
                                              return tls::alert_name(alert->description);
                                          }()}};
        tell(out.dump());
    } else {
        tell(fmt::format("{:<36} {:<22} {:<8} {}", id, connection.peer, connection.version,
                         did(outcome, connection)));
    }
}

}  // namespace guise::cli
