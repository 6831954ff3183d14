// A subreaper (prctl(2)) is the parent of all that is orphaned below it, whatever session or group it is in.
// A client's environment tells whose they are. The children that somebody waits for are left alone: their
// ends are theirs.
#include "process/orphans.hpp"

#include "base/read_file.hpp"
#include "process/running.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <sstream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace guise::process {

namespace asio = boost::asio;

namespace {

// How often they are looked at: no signal says that somebody else's child has ended.
constexpr std::chrono::milliseconds look{20};

// Behind the name, which may hold anything: the state, and the parent.
pid_t parent_of(pid_t pid) {
    const std::string stat = text_of_file(fmt::format("/proc/{}/stat", pid));
    char state = 0;
    pid_t parent = 0;
    const std::size_t name_end = stat.rfind(')');
    if (name_end != std::string::npos) std::istringstream(stat.substr(name_end + 1)) >> state >> parent;
    return parent;
}

// What was started before this process is none of its children.
std::vector<pid_t> children() {
    std::vector<pid_t> out;
    const pid_t own = ::getpid();
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", none)) {
        const pid_t pid = std::atoi(entry.path().filename().c_str());
        if (pid > own && parent_of(pid) == own) out.push_back(pid);
    }
    return out;
}

bool has_home(pid_t pid, const std::string& home) {
    const std::string environment = '\0' + text_of_file(fmt::format("/proc/{}/environ", pid));
    const std::string wanted = '\0' + std::string("HOME=") + home + '\0';
    return environment.find(wanted) != std::string::npos;
}

// What is about to be killed, with its group for one, leaves nothing behind.
bool is_dying(pid_t pid) {
    const std::string status = text_of_file(fmt::format("/proc/{}/status", pid));
    const std::size_t at = status.find("ShdPnd:");
    if (at == std::string::npos) return true;
    const auto pending = std::strtoull(status.c_str() + at + std::strlen("ShdPnd:"), nullptr, 16);
    return (pending >> (SIGKILL - 1) & 1) != 0;
}

std::string name_of(pid_t pid) {
    std::string name = text_of_file(fmt::format("/proc/{}/comm", pid));
    if (name.ends_with('\n')) name.pop_back();
    return name;
}

std::string called(const Orphan& orphan) { return fmt::format("{} (process {})", orphan.name, orphan.pid); }

}  // namespace

void adopt_orphans() { ::prctl(PR_SET_CHILD_SUBREAPER, 1); }

std::vector<Orphan> orphans_of(const std::string& home) {
    std::vector<Orphan> out;
    for (const pid_t pid : children()) {
        if (is_watched(pid) || ::waitpid(pid, nullptr, WNOHANG) == pid) continue;
        if (has_home(pid, home) && !is_dying(pid)) out.push_back({pid, name_of(pid)});
    }
    return out;
}

asio::awaitable<std::vector<std::string>> outlive_orphans(std::string home,
                                                          std::chrono::milliseconds patience) {
    std::vector<Orphan> left = orphans_of(home);
    std::vector<std::string> out;
    for (const Orphan& orphan : left) out.push_back(called(orphan));
    const auto limit = std::chrono::steady_clock::now() + patience;
    asio::steady_timer timer(co_await asio::this_coro::executor);
    while (!left.empty() && std::chrono::steady_clock::now() < limit) {
        timer.expires_after(look);
        boost::system::error_code stopped;
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, stopped));
        if (stopped) break;
        left = orphans_of(home);
    }
    for (const Orphan& orphan : left) ::kill(orphan.pid, SIGKILL);
    co_return out;
}

}  // namespace guise::process
