// Wakes coroutines that wait for something to change.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <list>
#include <memory>

namespace guise::server {

/// How a wait ended.
enum class Woken {
    changed,   // what was waited for is true
    deadline,  // it was not, up to the deadline
    closed     // the notifier was closed, or destroyed
};

/// Any number of coroutines wait at the same time, each with a deadline of its own; `notify` wakes all of
/// them.
///
/// Lifetime: a wait that is going on when the notifier is destroyed ends with `Woken::closed`. Threads: that
/// of the executor, which runs in one thread.
class Notifier final {
 public:
    using Clock = std::chrono::steady_clock;
    /// Whether to stop waiting. It is asked before the first wait and after each `notify`, never after the
    /// notifier is closed: it may refer to what the owner of the notifier owns.
    using Condition = std::function<bool()>;

    explicit Notifier(boost::asio::any_io_executor executor);
    Notifier(const Notifier&) = delete;
    Notifier& operator=(const Notifier&) = delete;
    ~Notifier();

    /// Lets every waiter look at its condition again.
    void notify();
    /// Ends every wait, and those to come, with `Woken::closed`.
    void close();

    /// Waits until the condition holds.
    [[nodiscard]] boost::asio::awaitable<Woken> until(Condition condition,
                                                      Clock::time_point deadline = Clock::time_point::max());

 private:
    struct State {
        boost::asio::any_io_executor executor;
        std::list<boost::asio::steady_timer*> waiting{};
        bool closed = false;

        void wake() const;
    };
    static boost::asio::awaitable<Woken> wait(std::shared_ptr<State> state, Condition condition,
                                              Clock::time_point deadline);

    std::shared_ptr<State> state_;
};

/// Now and so long after, or the end of all time where that is too long for the clock.
[[nodiscard]] Notifier::Clock::time_point deadline_after(std::chrono::milliseconds time);

}  // namespace guise::server
