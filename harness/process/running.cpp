#include "process/running.hpp"

#include <cerrno>
#include <csignal>
#include <set>
#include <sys/wait.h>
#include <utility>

namespace guise::process {

using boost::system::error_code;
using Stream = boost::asio::posix::stream_descriptor;

namespace {

// Of this process, which starts clients on one thread.
std::set<pid_t>& watched() {
    static std::set<pid_t> pids;
    return pids;
}

}  // namespace

bool is_watched(pid_t pid) { return watched().contains(pid); }

void close(Stream& stream) {
    error_code ignored;
    stream.close(ignored);
}

// The owner is gone without having seen the end, for instance because the io_context is gone.
Running::~Running() {
    evidence::ProcessRecord ignored;
    if (pid_ > 0) reap(ignored);
}

void Running::take(Spawned& spawned) {
    pid_ = spawned.pid;
    watched().insert(pid_);
    end_.assign(spawned.end.release());
}

// A wait can end without its event: the reactor may hand an old descriptor's event to the new one that got
// its place.
bool Running::has_ended() const {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
           info.si_pid == pid_;
}

void Running::on_end(std::function<void()> ended) {
    end_.async_wait(Stream::wait_read, [this, ended = std::move(ended)](error_code failed) {
        if (failed || pid_ <= 0) return;
        if (!has_ended()) return on_end(ended);
        ended();
    });
}

void Running::kill_group() const {
    if (pid_ <= 0) return;
    ::kill(-pid_, SIGKILL);
    ::kill(pid_, SIGKILL);  // it may have left its own group
}

void Running::reap(evidence::ProcessRecord& record) {
    kill_group();
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    watched().erase(std::exchange(pid_, -1));
    if (WIFEXITED(status)) record.exit_code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) record.signal = WTERMSIG(status);
    record.lasted = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - started_);
}

void Running::stop_watching() { close(end_); }

}  // namespace guise::process
