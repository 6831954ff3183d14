// The kernel resets the disposition at the first signal, so the second one works even while no handler can
// run.
#include "server/stop_signals.hpp"

#include <boost/asio/signal_set.hpp>

#include <csignal>

namespace guise::server {

namespace {

void reset_after_first(int signal) {
    struct sigaction action {};
    ::sigaction(signal, nullptr, &action);
    action.sa_flags |= static_cast<int>(SA_RESETHAND);
    ::sigaction(signal, &action, nullptr);
}

}  // namespace

struct StopSignals::State {
    State(boost::asio::io_context& io, std::function<void()> to_call)
        : signals(io, SIGINT, SIGTERM), on_stop(std::move(to_call)) {}

    boost::asio::signal_set signals;
    std::function<void()> on_stop;  // empty once it was called, or must not be
};

StopSignals::StopSignals(boost::asio::io_context& io, std::function<void()> on_stop)
    : state_(std::make_shared<State>(io, std::move(on_stop))) {
    reset_after_first(SIGINT);
    reset_after_first(SIGTERM);
    state_->signals.async_wait([state = state_](boost::system::error_code error, int) {
        const auto to_call = std::exchange(state->on_stop, nullptr);
        if (error || !to_call) return;
        state->signals.clear();  // the other one is the second, too
        to_call();
    });
}

StopSignals::~StopSignals() { cancel(); }

void StopSignals::cancel() {
    boost::system::error_code ignored;
    state_->on_stop = nullptr;
    state_->signals.cancel(ignored);
    state_->signals.clear(ignored);
}

}  // namespace guise::server
