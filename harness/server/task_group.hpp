// Several coroutines at once, and a wait for all of them.
#pragma once

#include "server/notifier.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <exception>
#include <memory>

namespace guise::server {

/// Lifetime: the coroutines may outlive it; what they refer to is for the caller to keep. Threads: that of
/// the executor.
class TaskGroup final {
 public:
    explicit TaskGroup(boost::asio::any_io_executor executor);

    void spawn(boost::asio::awaitable<void> task);
    /// Waits until all have ended. Throws what the first of them threw that threw at all.
    boost::asio::awaitable<void> wait();

 private:
    struct State;
    static boost::asio::awaitable<void> wait_for(std::shared_ptr<State> state);

    std::shared_ptr<State> state_;
};

}  // namespace guise::server
