// One thread beside the one that serves, for work that takes long: keys, chains, verdicts. What runs between
// the acceptance of a connection and the end of its handshake must not wait for any of it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <type_traits>
#include <utility>

namespace guise::server {

/// Does work in the order in which it was asked for.
///
/// Lifetime: outlived by what the work refers to; whoever waits may be destroyed before or after it. The
/// destructor waits for the work that has begun and drops the rest. Threads: `run` and `post` from any.
class Worker final {
 public:
    Worker() : thread_(1) {}
    ~Worker() {
        thread_.stop();
        thread_.join();
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Runs `work` on the thread and resumes where it was called, with the result or the exception of `work`.
    /// A waiter that is cancelled or destroyed meanwhile leaves the work to its end: `work` owns what it
    /// uses.
    template <class Work>
    boost::asio::awaitable<std::invoke_result_t<Work&>> run(Work work);

    /// Runs `work` on the thread, and leaves it at that. It must not throw.
    template <class Work>
    void post(Work work) {
        boost::asio::post(thread_, std::move(work));
    }

 private:
    template <class Value>
    struct Ticket;

    boost::asio::thread_pool thread_;
};

// What the thread and the waiter share. `waiter` is null before the wait and after it.
template <class Value>
struct Worker::Ticket {
    std::mutex alone;
    boost::asio::steady_timer* waiter = nullptr;
    std::optional<Value> value;
    std::exception_ptr failure;

    // Called on the thread. The waiter is woken on its own: a timer is of one thread.
    template <class Work>
    static void work(const std::shared_ptr<Ticket>& self, Work& work) {
        std::optional<Value> value;
        std::exception_ptr failure;
        try {
            value.emplace(work());
        } catch (...) {
            failure = std::current_exception();
        }
        const std::scoped_lock lock(self->alone);
        self->value = std::move(value);
        self->failure = failure;
        if (self->waiter)
            boost::asio::post(self->waiter->get_executor(), [self] {
                if (self->waiter) self->waiter->cancel();
            });
    }
    bool done() {
        const std::scoped_lock lock(alone);
        return value || failure;
    }
    void leave() {
        const std::scoped_lock lock(alone);
        waiter = nullptr;
    }
};

template <class Work>
boost::asio::awaitable<std::invoke_result_t<Work&>> Worker::run(Work work) {
    using Value = std::invoke_result_t<Work&>;
    namespace asio = boost::asio;
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer(executor, asio::steady_timer::time_point::max());
    const auto ticket = std::make_shared<Ticket<Value>>();
    ticket->waiter = &timer;
    // However the waiter goes, the thread does not wake it any more.
    const auto leave = [](Ticket<Value>* of) { of->leave(); };
    const std::unique_ptr<Ticket<Value>, decltype(leave)> waiting(ticket.get(), leave);
    asio::post(thread_, [ticket, work = std::move(work)]() mutable { Ticket<Value>::work(ticket, work); });
    while (!ticket->done()) {
        boost::system::error_code woken;
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    }
    if (ticket->failure) std::rethrow_exception(ticket->failure);
    co_return std::move(*ticket->value);
}

}  // namespace guise::server
