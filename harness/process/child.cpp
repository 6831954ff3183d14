// Watches one process: its end, its outputs, its input and its deadline, all at once.
//
// Four small loops run beside each other and the end of the process ends them all. The pipes are only waited
// for, never read by Asio itself: a completed read whose handler is still queued when the process ends would
// lose its bytes. So whatever was written before the end is still in the pipe when the end is seen, and one
// last look collects it. A grandchild that left the group may hold the pipes open for as long as it likes;
// nobody waits for it.
//
// The group is signalled only while its leader has not been reaped: until then its number cannot belong to
// anybody else.
#include "process/child.hpp"

#include "process/quiet_write.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

namespace guise::process {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::size_t kept = 64 * 1024;
constexpr std::size_t largest_pipe = 1 << 20;

void close(asio::posix::stream_descriptor& stream) {
    error_code ignored;
    stream.close(ignored);
}

}  // namespace

ssize_t Capture::read() {
    std::array<char, 16 * 1024> chunk;
    const ssize_t got = ::read(pipe.native_handle(), chunk.data(), chunk.size());
    if (got <= 0) return got;
    const std::string_view piece(chunk.data(), static_cast<std::size_t>(got));
    text.append(piece.substr(0, kept - text.size()));
    if (on_output) on_output(piece);
    return got;
}

void Capture::drain() {
    for (std::size_t taken = 0; pipe.is_open() && taken < largest_pipe;) {
        const ssize_t got = read();
        if (got <= 0) return;
        taken += static_cast<std::size_t>(got);
    }
}

Child::Child(const asio::any_io_executor& executor, Launch launch, OnOutput on_output)
    : launch_(std::move(launch)),
      end_(executor),
      input_(executor),
      output_{Stream(executor), record_.output, on_output},
      errors_{Stream(executor), record_.errors, std::move(on_output)},
      deadline_(executor) {}

// Nobody waits for the end any more, for instance because the io_context is gone.
Child::~Child() {
    if (pid_ > 0) reap();
}

void Child::start(Done done) {
    done_ = std::move(done);
    record_.argv = launch_.argv;
    Spawned spawned = spawn(launch_);
    if (!spawned.error.empty()) {
        record_.start_error = std::move(spawned.error);
        return finish();
    }
    take(std::move(spawned));
    watch_end();
    watch_deadline(launch_.deadline);
    read(output_);
    read(errors_);
    write();
}

void Child::take(Spawned spawned) {
    pid_ = spawned.pid;
    end_.assign(spawned.end.release());
    input_.assign(spawned.input.release());
    output_.pipe.assign(spawned.output.release());
    if (spawned.errors.get() >= 0) errors_.pipe.assign(spawned.errors.release());
}

void Child::say(std::string_view text) {
    if (pid_ <= 0 || !input_.is_open()) return;
    launch_.input.append(text);
    if (!writing_) write();
}

void Child::end_after(std::chrono::milliseconds patience) {
    if (pid_ <= 0 || dismissed_ || deadline_.expiry() <= Clock::now() + patience) return;
    dismissed_ = true;
    watch_deadline(patience);
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

void Child::watch_deadline(std::chrono::milliseconds after) {
    deadline_.expires_after(after);
    deadline_.async_wait([self = shared_from_this()](error_code failed) {
        if (failed || self->pid_ <= 0 || self->deadline_.expiry() > Clock::now()) return;
        if (!self->dismissed_) return self->stop();
        self->kill_group();
    });
}

void Child::read(Capture& from) {
    if (!from.pipe.is_open()) return;
    from.pipe.async_wait(Stream::wait_read, [self = shared_from_this(), &from](error_code failed) {
        if (failed || !from.pipe.is_open()) return;
        const ssize_t got = from.read();
        if (got > 0 || (got < 0 && errno == EAGAIN)) return self->read(from);
        close(from.pipe);
    });
}

void Child::write() {
    writing_ = written_ < launch_.input.size();
    if (!writing_ && !launch_.input_stays_open) return close(input_);
    if (!writing_) return;
    input_.async_wait(Stream::wait_write, [self = shared_from_this()](error_code failed) {
        if (failed || !self->input_.is_open()) return;
        const std::string_view left = std::string_view(self->launch_.input).substr(self->written_);
        const ssize_t wrote = write_quietly(self->input_.native_handle(), left);
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

namespace {

// The initiation of an asynchronous operation whose cancellation, of any type, stops the process. The child
// ends up with its own handlers only: they go with the io_context, and it goes with them.
struct Begin {
    template <class Handler>
    void operator()(Handler handler, std::shared_ptr<Child> child) const {
        auto slot = asio::get_associated_cancellation_slot(handler);
        if (slot.is_connected())
            slot.assign([weak = std::weak_ptr<Child>(child)](asio::cancellation_type) {
                if (const auto alive = weak.lock()) alive->stop();
            });
        const auto held = std::make_shared<Handler>(std::move(handler));
        child->start([held, slot](evidence::ProcessRecord record) mutable {
            slot.clear();
            std::move (*held)(std::move(record));
        });
    }
};

}  // namespace

asio::awaitable<evidence::ProcessRecord> run(std::shared_ptr<Child> child) {
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(evidence::ProcessRecord)>(
        Begin{}, asio::use_awaitable, std::move(child));
}

}  // namespace guise::process
