// Watches one process: its end, its outputs, its input and its deadline, all at once.
//
// Four small loops run beside each other and the end of the process ends them all. A grandchild that left the
// group may hold the pipes open for as long as it likes; nothing waits for it.
#include "process/child.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <csignal>
#include <utility>

namespace guise::process {

namespace asio = boost::asio;

Child::Child(const asio::any_io_executor& executor, Launch launch, OnOutput on_output)
    : launch_(std::move(launch)),
      running_(executor),
      input_(executor),
      output_(executor, record_.output, on_output),
      errors_(executor, record_.errors, std::move(on_output)),
      deadline_(executor) {}

void Child::start(Done done) {
    done_ = std::move(done);
    record_.argv = launch_.argv;
    Spawned spawned = spawn(launch_);
    if (!spawned.error.empty()) {
        record_.start_error = std::move(spawned.error);
        return finish();
    }
    const auto self = shared_from_this();
    running_.take(spawned);
    input_.take(std::move(spawned.input), launch_.input_stays_open);
    output_.take(std::move(spawned.output));
    errors_.take(std::move(spawned.errors));
    running_.on_end([self] {
        self->running_.reap(self->record_);
        self->record_.killed = self->stopped_ && self->record_.signal == SIGKILL;
        self->finish();
    });
    watch_deadline(launch_.deadline);
    output_.read(self);
    errors_.read(self);
    input_.write(launch_.input, self);
}

void Child::say(std::string_view text) {
    if (running_.is_there()) input_.write(text, shared_from_this());
}

void Child::end_after(std::chrono::milliseconds patience) {
    if (!running_.is_there() || dismissed_ || deadline_.expiry() <= Clock::now() + patience) return;
    dismissed_ = true;
    watch_deadline(patience);
}

void Child::stop() {
    if (!running_.is_there()) return;
    stopped_ = true;
    running_.kill_group();
}

void Child::watch_deadline(std::chrono::milliseconds after) {
    deadline_.expires_after(after);
    deadline_.async_wait([self = shared_from_this()](boost::system::error_code failed) {
        if (failed || !self->running_.is_there() || self->deadline_.expiry() > Clock::now()) return;
        if (!self->dismissed_) return self->stop();
        self->running_.kill_group();
    });
}

void Child::finish() {
    output_.drain();
    errors_.drain();
    running_.stop_watching();
    input_.close();
    output_.close();
    errors_.close();
    deadline_.cancel();
    asio::post(deadline_.get_executor(), [self = shared_from_this()] {
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
