// A timer per waiter, in its own frame: what one of them waits for, and until when, is no matter to the
// others.
#include "server/notifier.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace guise::server {

namespace asio = boost::asio;

namespace {

// A timer that `notify` finds, for as long as its frame lives.
class Waiter final {
 public:
    Waiter(std::list<asio::steady_timer*>& list, asio::steady_timer& timer)
        : list_(list), at_(list.insert(list.end(), &timer)) {}
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    ~Waiter() { list_.erase(at_); }

 private:
    std::list<asio::steady_timer*>& list_;
    std::list<asio::steady_timer*>::iterator at_;
};

}  // namespace

void Notifier::State::wake() const {
    for (asio::steady_timer* each : waiting) each->cancel();
}

Notifier::Notifier(asio::any_io_executor executor) : state_(std::make_shared<State>()) {
    state_->executor = std::move(executor);
}

Notifier::~Notifier() { close(); }

void Notifier::notify() { state_->wake(); }

void Notifier::close() {
    state_->closed = true;
    state_->wake();
}

asio::awaitable<Woken> Notifier::until(Condition condition, Clock::time_point deadline) {
    return wait(state_, std::move(condition), deadline);
}

asio::awaitable<Woken> Notifier::wait(std::shared_ptr<State> state, Condition condition,
                                      Clock::time_point deadline) {
    asio::steady_timer timer(state->executor);
    const Waiter waiter(state->waiting, timer);
    while (!state->closed) {
        if (condition()) co_return Woken::changed;
        if (Clock::now() >= deadline) co_return Woken::deadline;
        boost::system::error_code woken;
        timer.expires_at(deadline);
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    }
    co_return Woken::closed;
}

Notifier::Clock::time_point deadline_after(std::chrono::milliseconds time) {
    const auto now = Notifier::Clock::now();
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(Notifier::Clock::time_point::max() - now);
    return time < left ? now + time : Notifier::Clock::time_point::max();
}

}  // namespace guise::server
