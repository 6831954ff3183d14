#include "server/task_group.hpp"

#include <boost/asio/co_spawn.hpp>

namespace guise::server {

struct TaskGroup::State {
    explicit State(const boost::asio::any_io_executor& on) : executor(on), ended(on) {}

    boost::asio::any_io_executor executor;
    Notifier ended;
    std::size_t going_on = 0;
    std::exception_ptr failure;
};

TaskGroup::TaskGroup(boost::asio::any_io_executor executor) : state_(std::make_shared<State>(executor)) {}

void TaskGroup::spawn(boost::asio::awaitable<void> task) {
    ++state_->going_on;
    boost::asio::co_spawn(state_->executor, std::move(task), [state = state_](std::exception_ptr error) {
        if (error && !state->failure) state->failure = std::move(error);
        if (--state->going_on == 0) state->ended.notify();
    });
}

boost::asio::awaitable<void> TaskGroup::wait() { return wait_for(state_); }

boost::asio::awaitable<void> TaskGroup::wait_for(std::shared_ptr<State> state) {
    const Notifier::Condition all_ended = [&of = *state] { return of.going_on == 0; };
    auto wait = state->ended.until(all_ended);
    (void)co_await std::move(wait);
    if (state->failure) std::rethrow_exception(state->failure);
}

}  // namespace guise::server
