// A permit that is given back goes to the first waiter at once, before that one runs, so that none can
// overtake it.
#include "run/limiter.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <list>

namespace guise::run {

namespace asio = boost::asio;

struct Limiter::State {
    asio::any_io_executor executor;
    std::size_t free = 0;
    std::list<Waiter*> waiting{};

    void give_back();
};

// One wait, in its own frame: however that goes, nothing is lost.
class Limiter::Waiter final {
 public:
    explicit Waiter(State& state)
        : state_(state),
          at_(state.waiting.insert(state.waiting.end(), this)),
          woken_(state.executor, asio::steady_timer::time_point::max()) {}
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    ~Waiter() {
        if (!served_) state_.waiting.erase(at_);
        if (served_ && !taken_) state_.give_back();
    }

    // Its turn has come.
    void serve() {
        served_ = true;
        woken_.cancel();
    }
    [[nodiscard]] bool served() const noexcept { return served_; }
    void take() noexcept { taken_ = true; }
    asio::steady_timer& woken() noexcept { return woken_; }

 private:
    State& state_;
    std::list<Waiter*>::iterator at_;
    asio::steady_timer woken_;
    bool served_ = false;
    bool taken_ = false;
};

void Limiter::State::give_back() {
    if (waiting.empty()) {
        ++free;
        return;
    }
    Waiter* next = waiting.front();
    waiting.pop_front();
    next->serve();
}

Limiter::Limiter(asio::any_io_executor executor, std::size_t count) : state_(std::make_shared<State>()) {
    state_->executor = std::move(executor);
    state_->free = count;
}

Limiter::Permit::~Permit() {
    if (limiter_) limiter_->give_back();
}

asio::awaitable<Limiter::Permit> Limiter::take() { return wait(state_); }

asio::awaitable<Limiter::Permit> Limiter::wait(std::shared_ptr<State> state) {
    if (state->free > 0) {
        --state->free;
        co_return Permit(std::move(state));
    }
    Waiter waiter(*state);
    while (!waiter.served()) {
        boost::system::error_code error;
        co_await waiter.woken().async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
    waiter.take();
    co_return Permit(state);
}

}  // namespace guise::run
