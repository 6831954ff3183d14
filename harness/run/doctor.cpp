#include "run/doctor.hpp"

#include "clients/accounts.hpp"
#include "clients/preload.hpp"
#include "net/listener.hpp"
#include "run/participants.hpp"
#include "server/chain_provider.hpp"

#include <boost/asio/io_context.hpp>
#include <fmt/format.h>

#include <sys/resource.h>
#include <unistd.h>

namespace guise::run {

namespace {

namespace fs = std::filesystem;
using State = Finding::State;

Finding data(const inputs::RunInputs& inputs) {
    return {State::ok, "data",
            fmt::format("{} cases, {} profiles in {}", inputs.catalogue.all().size(), inputs.profiles.size(),
                        inputs.root.string()),
            ""};
}

Finding loopback() {
    boost::asio::io_context io{1};
    const auto listener = net::Listener::open(
        io.get_executor(), {.address = "127.0.0.1"}, [](const net::Destination&) { return nullptr; },
        [](const tls::Transcript&) {});
    if (listener) return {State::ok, "loopback", "127.0.0.1 can be listened on", ""};
    return {State::missing, "loopback", listener.error().list.front().text(),
            "bring up the loopback interface: ip link set lo up"};
}

Finding descriptors() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    const bool enough = limit.rlim_cur >= 1024;
    return {enough ? State::ok : State::missing, "open files", fmt::format("at most {}", limit.rlim_cur),
            enough ? "" : "ulimit -n 1024"};
}

Finding library(const std::string& what, const fs::path& file, const std::string& package,
                const std::string& use) {
    if (!file.empty()) return {State::ok, what, file.string(), ""};
    return {State::optional, what, fmt::format("not installed: {}", use),
            fmt::format("apt-get install {}", package)};
}

Finding key_cache() {
    const fs::path dir = server::key_cache_dir();
    std::error_code error;
    fs::create_directories(dir, error);
    if (!dir.empty() && !error && ::access(dir.c_str(), W_OK) == 0)
        return {State::ok, "key cache", dir.string(), ""};
    return {State::optional, "key cache", "cannot be written: RSA keys are made anew for each run",
            "set XDG_CACHE_HOME to a folder of yours"};
}

std::string packages_of(const clients::Client& client) {
    std::string out;
    for (const std::string& package : client.packages) out += " " + package;
    return out;
}

void add_clients(const inputs::RunInputs& inputs, std::vector<Finding>& out) {
    auto participants = load_participants(inputs, {});
    if (!participants) {
        for (const Problem& problem : participants.error().list)
            out.push_back({State::missing, "client file", problem.text(), ""});
        return;
    }
    find_participants(*participants);
    for (const auto& who : *participants) {
        const std::string what = "client " + who->client.name;
        for (const std::string& warning : who->client.warnings)
            out.push_back({State::optional, what, warning, "write `routing:` there"});
        if (who->missing.empty())
            out.push_back(
                {State::ok, what, fmt::format("{}, by {}", who->detection.version, who->routing->name), ""});
        else
            out.push_back({State::optional, what, who->missing,
                           who->client.packages.empty() ? "see " + who->client.file.string()
                                                        : "apt-get install" + packages_of(who->client)});
    }
}

}  // namespace

std::vector<Finding> examine(const inputs::RunInputs& inputs) {
    std::vector<Finding> out{data(inputs), loopback(), descriptors(), key_cache()};
    out.push_back(library(
        "nss-wrapper", clients::find_nss_wrapper(), "libnss-wrapper",
        "clients without an option for it reach localhost only, and cases about names are not applicable"));
    out.push_back(library("faketime", clients::find_faketime(), "libfaketime",
                          "clients cannot be given another clock"));
    add_clients(inputs, out);
    return out;
}

}  // namespace guise::run
