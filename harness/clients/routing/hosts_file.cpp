// A private hosts file needs the kernel's leave, which depends on users, containers and settings, and a
// resolver that reads the file: no list of conditions is complete, so it is tried.
#include "clients/routing/hosts_file.hpp"

#include "base/temporary_folder.hpp"
#include "clients/home.hpp"
#include "process/process.hpp"
#include "process/spawn.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>

#include <unistd.h>

namespace guise::clients {
namespace {

constexpr const char* trial_address = "127.42.42.42";
constexpr const char* trial_host = "trial.guise.test";
constexpr std::chrono::seconds trial_patience{5};

// Runs it to its end, here and now.
evidence::ProcessRecord run_now(process::Launch launch) {
    boost::asio::io_context io{1};
    evidence::ProcessRecord out;
    boost::asio::co_spawn(io, process::run_process(std::move(launch)),
                          [&](const std::exception_ptr& thrown, evidence::ProcessRecord record) {
                              if (thrown) std::rethrow_exception(thrown);
                              out = std::move(record);
                          });
    io.run();
    return out;
}

// Why `option` gives no private hosts file; empty where it does.
std::string objection(const std::string& option, const std::string& path) {
    const TemporaryFolder home;
    const std::string hosts = fmt::format("{} {}\n", trial_address, trial_host);
    if (home.path().empty() || !make_home(home.path(), {{"hosts", hosts}}).empty())
        return "no temporary directory can be made";
    process::Launch launch;
    launch.argv = with_hosts_file(option, (home.path() / "hosts").string(), {"getent", "hosts", trial_host});
    launch.env = {{"PATH", path}, {"LANG", "C.UTF-8"}};
    launch.deadline = trial_patience;
    const evidence::ProcessRecord record = run_now(std::move(launch));
    if (record.output.starts_with(trial_address)) return {};
    if (!record.start_error.empty()) return record.start_error;
    if (record.killed) return "it had to be killed";
    if (!record.errors.empty()) return record.errors.substr(0, record.errors.find('\n'));
    return "a name in it is not found";
}

}  // namespace

PrivateHosts try_private_hosts(const std::string& path) {
    if (process::find_program("unshare", path).empty())
        return {"", "unshare is not installed (Debian package util-linux)"};
    PrivateHosts out;
    // Without a user namespace where that can be done: in one, the client takes itself for root.
    for (const std::string option : {"-m", "-Urm"}) {
        if (option == "-m" && ::geteuid() != 0) continue;
        const std::string why_not = objection(option, path);
        if (why_not.empty()) return {option, ""};
        out.why_not +=
            fmt::format("{}with `unshare {}`: {}", out.why_not.empty() ? "" : ", ", option, why_not);
    }
    out.why_not = "no private hosts file " + out.why_not;
    return out;
}

const PrivateHosts& private_hosts() {
    static const PrivateHosts tried = try_private_hosts(VisitPlace::search_path());
    return tried;
}

std::vector<std::string> with_hosts_file(const std::string& option, const std::string& hosts,
                                         std::vector<std::string> argv) {
    // The shell leaves neither a process nor, with its own variables gone, a trace in the environment.
    std::vector<std::string> out{"unshare",
                                 option,
                                 "sh",
                                 "-c",
                                 R"(mount --bind "$0" /etc/hosts && unset PWD OLDPWD SHLVL && exec "$@")",
                                 hosts};
    out.insert(out.end(), std::make_move_iterator(argv.begin()), std::make_move_iterator(argv.end()));
    return out;
}

Routing hosts_file_routing() {
    Routing out{.name = "hosts-file", .why_not = [] { return private_hosts().why_not; }, .literals = false};
    out.wrap = [](const VisitPlace& place, std::vector<std::string> argv) {
        return with_hosts_file(private_hosts().option, place.home + "/hosts", std::move(argv));
    };
    // A client without any other hosts file still has to find itself.
    out.files = [](const VisitPlace& place) {
        return std::map<std::string, std::string>{
            {"hosts", place.address + " " + place.host + "\n127.0.0.1 localhost\n::1 localhost\n"}};
    };
    return out;
}

}  // namespace guise::clients
