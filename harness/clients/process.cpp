// Watches one process: its end, its two outputs, its input and its deadline, all at once.
//
// Four small loops run beside each other and the end of the process ends them all. The pipes are only waited
// for, never read by Asio itself: a completed read whose handler is still queued when the process ends would
// lose its bytes. So whatever was written before the end is still in the pipe when the end is seen, and one
// last look collects it. A grandchild that left the group may hold the pipes open for as long as it likes;
// nobody waits for it.
//
// The group is signalled only while its leader has not been reaped: until then its number cannot belong to
// anybody else.
#include "clients/process.hpp"

#include "clients/spawn.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <functional>
#include <memory>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace guise::clients {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Stream = asio::posix::stream_descriptor;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kept = 64 * 1024;

// One of the two outputs: keeps the beginning, and swallows the rest.
struct Capture {
    Stream pipe;
    std::string& text;

    // As read(2), for at most `most` octets.
    ssize_t read(std::size_t most) {
        std::array<char, 16 * 1024> chunk;
        const ssize_t got = ::read(pipe.native_handle(), chunk.data(), std::min(most, chunk.size()));
        if (got > 0) text.append(chunk.data(), std::min(static_cast<std::size_t>(got), kept - text.size()));
        return got;
    }

    // Takes what is in the pipe now, however much comes after.
    void drain() {
        int there = 0;
        if (!pipe.is_open() || ::ioctl(pipe.native_handle(), FIONREAD, &there) != 0) return;
        auto left = static_cast<std::size_t>(std::max(there, 0));
        while (left > 0) {
            const ssize_t got = read(left);
            if (got <= 0) return;
            left -= static_cast<std::size_t>(got);
        }
    }
};

// write(2) without the signal that a reader who has gone away costs.
ssize_t write_quietly(int fd, const char* data, std::size_t size) {
    sigset_t pipe_signal;
    sigset_t before;
    sigset_t pending;
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    sigpending(&pending);
    pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
    const ssize_t wrote = ::write(fd, data, size);
    const int code = errno;
    if (wrote < 0 && code == EPIPE && !sigismember(&pending, SIGPIPE)) {
        const timespec at_once{};
        sigtimedwait(&pipe_signal, nullptr, &at_once);
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = code;
    return wrote;
}

void close(Stream& stream) {
    error_code ignored;
    stream.close(ignored);
}

class Child final : public std::enable_shared_from_this<Child> {
 public:
    using Done = std::function<void(ProcessRecord)>;

    Child(const asio::any_io_executor& executor, Launch launch)
        : launch_(std::move(launch)),
          end_(executor),
          input_(executor),
          output_{Stream(executor), record_.output},
          errors_{Stream(executor), record_.errors},
          deadline_(executor) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    // Nobody waits for the end any more, for instance because the io_context is gone.
    ~Child() {
        if (pid_ > 0) reap();
    }

    void start(Done done);
    // Kills the group; the end is then seen like any other.
    void stop();

 private:
    void watch_end();
    [[nodiscard]] bool has_ended() const;
    void watch_deadline();
    void read(Capture& from);
    void write();
    void kill_group() const;
    void reap();
    void finish();

    Launch launch_;
    ProcessRecord record_;
    Stream end_;
    Stream input_;
    Capture output_;
    Capture errors_;
    asio::steady_timer deadline_;
    Done done_;
    Clock::time_point started_ = Clock::now();
    std::size_t written_ = 0;
    pid_t pid_ = -1;  // until it is reaped
    bool stopped_ = false;
};

void Child::start(Done done) {
    done_ = std::move(done);
    record_.argv = launch_.argv;
    Spawned spawned = spawn(launch_);
    if (!spawned.error.empty()) {
        record_.start_error = std::move(spawned.error);
        return finish();
    }
    pid_ = spawned.pid;
    end_.assign(spawned.end.release());
    input_.assign(spawned.input.release());
    output_.pipe.assign(spawned.output.release());
    errors_.pipe.assign(spawned.errors.release());
    watch_end();
    watch_deadline();
    read(output_);
    read(errors_);
    write();
}

void Child::stop() {
    if (pid_ <= 0) return;
    stopped_ = true;
    kill_group();
}

void Child::watch_end() {
    end_.async_wait(Stream::wait_read, [self = shared_from_this()](error_code failed) {
        if (failed || self->pid_ <= 0) return;
        if (!self->has_ended()) return self->watch_end();
        self->reap();
        self->finish();
    });
}

// A wait can end without its event: the reactor may hand an old descriptor's event to the new one that got
// its place.
bool Child::has_ended() const {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
           info.si_pid == pid_;
}

void Child::watch_deadline() {
    deadline_.expires_after(launch_.deadline);
    deadline_.async_wait([self = shared_from_this()](error_code failed) {
        if (!failed) self->stop();
    });
}

void Child::read(Capture& from) {
    from.pipe.async_wait(Stream::wait_read, [self = shared_from_this(), &from](error_code failed) {
        if (failed || !from.pipe.is_open()) return;
        const ssize_t got = from.read(kept);
        if (got > 0 || (got < 0 && errno == EAGAIN)) return self->read(from);
        close(from.pipe);
    });
}

void Child::write() {
    if (written_ == launch_.input.size()) return close(input_);
    input_.async_wait(Stream::wait_write, [self = shared_from_this()](error_code failed) {
        if (failed || !self->input_.is_open()) return;
        const std::string& text = self->launch_.input;
        const ssize_t wrote = write_quietly(self->input_.native_handle(), text.data() + self->written_,
                                            text.size() - self->written_);
        if (wrote < 0 && errno != EAGAIN) return close(self->input_);
        self->written_ += static_cast<std::size_t>(std::max<ssize_t>(wrote, 0));
        self->write();
    });
}

void Child::kill_group() const {
    ::kill(-pid_, SIGKILL);
    ::kill(pid_, SIGKILL);  // it may have left its own group
}

// Kills what is left, the leader too if it still lives, and reads how it ended.
void Child::reap() {
    kill_group();
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    if (WIFEXITED(status)) record_.exit_code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) record_.signal = WTERMSIG(status);
    record_.killed = stopped_ && record_.signal == SIGKILL;
    record_.lasted = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - started_);
}

void Child::finish() {
    output_.drain();
    errors_.drain();
    for (Stream* stream : {&end_, &input_, &output_.pipe, &errors_.pipe}) close(*stream);
    deadline_.cancel();
    asio::post(end_.get_executor(), [self = shared_from_this()] {
        const Done done = std::move(self->done_);
        done(std::move(self->record_));
    });
}

// The initiation of an asynchronous operation whose cancellation, of any type, stops the process.
struct Begin {
    template <class Handler>
    void operator()(Handler handler, const asio::any_io_executor& executor, Launch launch) const {
        const auto child = std::make_shared<Child>(executor, std::move(launch));
        auto slot = asio::get_associated_cancellation_slot(handler);
        if (slot.is_connected())
            slot.assign([weak = std::weak_ptr<Child>(child)](asio::cancellation_type) {
                if (const auto alive = weak.lock()) alive->stop();
            });
        const auto held = std::make_shared<Handler>(std::move(handler));
        child->start([held, slot](ProcessRecord record) mutable {
            slot.clear();
            std::move (*held)(std::move(record));
        });
    }
};

}  // namespace

asio::awaitable<ProcessRecord> run_process(Launch launch) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(ProcessRecord)>(
        Begin{}, asio::use_awaitable, executor, std::move(launch));
}

}  // namespace guise::clients
