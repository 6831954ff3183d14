// Watches one adapter: its end, its outputs and its input, all at once.
//
// As in process.cpp the pipes are only waited for, never read by Asio itself: what was written before the end
// is then still in the pipe when the end is seen, and one last look collects it. The operations hold the
// child alive, and the owner lets go of it by `abandon`: no handler is called afterwards.
#include "process/adapter_process.hpp"

#include "process/quiet_write.hpp"
#include "process/spawn.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace guise::process {

namespace asio = boost::asio;
using boost::system::error_code;
using Stream = asio::posix::stream_descriptor;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t kept = 64 * 1024;

void close(Stream& stream) {
    error_code ignored;
    stream.close(ignored);
}

void keep(std::string& text, std::string_view more) {
    text.append(more.substr(0, kept - std::min(kept, text.size())));
}

std::size_t there_now(Stream& pipe) {
    int there = 0;
    if (!pipe.is_open() || ::ioctl(pipe.native_handle(), FIONREAD, &there) != 0) return 0;
    return static_cast<std::size_t>(std::max(there, 0));
}

}  // namespace

class AdapterProcess::Child final : public std::enable_shared_from_this<Child> {
 public:
    Child(const asio::any_io_executor& executor, Handlers handlers)
        : handlers_(std::move(handlers)),
          end_(executor),
          input_(executor),
          output_(executor),
          errors_(executor) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    // Nobody looks any more, for instance because the io_context is gone.
    ~Child() {
        if (pid_ > 0) reap();
    }

    void start(const Launch& launch);
    void send(std::string_view line);
    void kill();
    // Kills it; its handlers are not called again.
    void abandon();

    evidence::ProcessRecord record;
    std::string unfinished;
    bool closed_output = false;
    [[nodiscard]] bool is_running() const { return pid_ > 0; }

 private:
    using Taker = void (Child::*)(std::string_view);

    void watch_end();
    [[nodiscard]] bool has_ended() const;
    void read_from(Stream& pipe, Taker take);
    // As read(2), for at most `most` octets, and hands on what there was.
    ssize_t read(Stream& pipe, Taker take, std::size_t most);
    void drain(Stream& pipe, Taker take);
    void take_output(std::string_view text);
    void take_errors(std::string_view text) { keep(record.errors, text); }
    void write();
    void reap();
    void close_all();

    Handlers handlers_;
    Stream end_;
    Stream input_;
    Stream output_;
    Stream errors_;
    Clock::time_point started_ = Clock::now();
    std::string to_write_;
    pid_t pid_ = -1;  // until it is reaped
    bool writing_ = false;
    bool abandoned_ = false;
};

void AdapterProcess::Child::start(const Launch& launch) {
    record.argv = launch.argv;
    Spawned spawned = spawn(launch);
    if (!spawned.error.empty()) {
        record.start_error = std::move(spawned.error);
        return;
    }
    pid_ = spawned.pid;
    end_.assign(spawned.end.release());
    input_.assign(spawned.input.release());
    output_.assign(spawned.output.release());
    errors_.assign(spawned.errors.release());
    watch_end();
    read_from(output_, &Child::take_output);
    read_from(errors_, &Child::take_errors);
}

void AdapterProcess::Child::watch_end() {
    end_.async_wait(Stream::wait_read, [self = shared_from_this()](error_code failed) {
        if (failed || self->pid_ <= 0) return;
        if (!self->has_ended()) return self->watch_end();
        self->reap();
        self->drain(self->errors_, &Child::take_errors);
        self->drain(self->output_, &Child::take_output);
        self->close_all();
        if (!self->abandoned_ && self->handlers_.ended) self->handlers_.ended();
    });
}

// A wait can end without its event: the reactor may hand an old descriptor's event to the new one that got
// its place.
bool AdapterProcess::Child::has_ended() const {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
           info.si_pid == pid_;
}

void AdapterProcess::Child::read_from(Stream& pipe, Taker take) {
    pipe.async_wait(Stream::wait_read, [self = shared_from_this(), &pipe, take](error_code failed) {
        if (failed || !pipe.is_open()) return;
        const ssize_t got = self->read(pipe, take, kept);
        if (!pipe.is_open()) return;  // a handler has killed it
        if (got > 0 || (got < 0 && errno == EAGAIN)) return self->read_from(pipe, take);
        if (&pipe == &self->output_) self->closed_output = true;
        close(pipe);
    });
}

ssize_t AdapterProcess::Child::read(Stream& pipe, Taker take, std::size_t most) {
    std::array<char, 16 * 1024> chunk;
    const ssize_t got = ::read(pipe.native_handle(), chunk.data(), std::min(most, chunk.size()));
    const int code = errno;
    if (got > 0) (this->*take)({chunk.data(), static_cast<std::size_t>(got)});
    errno = code;
    return got;
}

// Takes what is in the pipe now, however much comes after.
void AdapterProcess::Child::drain(Stream& pipe, Taker take) {
    for (std::size_t left = there_now(pipe); left > 0 && pipe.is_open();) {
        const ssize_t got = read(pipe, take, left);
        if (got <= 0) return;
        left -= static_cast<std::size_t>(got);
    }
}

void AdapterProcess::Child::take_output(std::string_view text) {
    keep(record.output, text);
    for (;;) {
        const std::size_t end = text.find('\n');
        unfinished += text.substr(0, end);
        if (end == std::string_view::npos && unfinished.size() <= longest_line) return;
        const bool too_long = unfinished.size() > longest_line;
        const std::string line = std::exchange(unfinished, {});
        if (too_long) close(output_);
        if (!abandoned_ && handlers_.line) handlers_.line(line);
        if (too_long || !output_.is_open()) return;
        text.remove_prefix(end + 1);
    }
}

void AdapterProcess::Child::send(std::string_view line) {
    if (!input_.is_open()) return;
    to_write_.append(line).append("\n");
    if (!writing_) write();
}

void AdapterProcess::Child::write() {
    writing_ = !to_write_.empty();
    if (!writing_) return;
    input_.async_wait(Stream::wait_write, [self = shared_from_this()](error_code failed) {
        if (failed || !self->input_.is_open()) return;
        const ssize_t wrote = write_quietly(self->input_.native_handle(), self->to_write_);
        if (wrote < 0 && errno != EAGAIN) return close(self->input_);
        self->to_write_.erase(0, static_cast<std::size_t>(std::max<ssize_t>(wrote, 0)));
        self->write();
    });
}

void AdapterProcess::Child::kill() {
    if (pid_ <= 0) return;
    record.killed = !has_ended();
    reap();
    drain(errors_, &Child::take_errors);
    close_all();
}

void AdapterProcess::Child::abandon() {
    abandoned_ = true;
    kill();
    close_all();
}

// Kills what is left, the leader too if it still lives, and reads how it ended. The group is signalled only
// while its leader has not been reaped: until then its number cannot belong to anybody else.
void AdapterProcess::Child::reap() {
    ::kill(-pid_, SIGKILL);
    ::kill(pid_, SIGKILL);  // it may have left its own group
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    if (WIFEXITED(status)) record.exit_code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) record.signal = WTERMSIG(status);
    record.lasted = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - started_);
}

void AdapterProcess::Child::close_all() {
    for (Stream* stream : {&end_, &input_, &output_, &errors_}) close(*stream);
}

AdapterProcess::AdapterProcess(const asio::any_io_executor& executor, const Launch& launch, Handlers handlers)
    : child_(std::make_shared<Child>(executor, std::move(handlers))) {
    child_->start(launch);
}

AdapterProcess::~AdapterProcess() { child_->abandon(); }

void AdapterProcess::send(std::string_view line) { child_->send(line); }
void AdapterProcess::kill() { child_->kill(); }
bool AdapterProcess::is_running() const { return child_->is_running(); }
const evidence::ProcessRecord& AdapterProcess::record() const { return child_->record; }
const std::string& AdapterProcess::unfinished_line() const { return child_->unfinished; }
bool AdapterProcess::has_closed_output() const { return child_->closed_output; }

void AdapterProcess::forget_output() {
    child_->record.output.clear();
    child_->record.errors.clear();
}

}  // namespace guise::process
