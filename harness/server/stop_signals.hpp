// Ctrl-C, once and twice.
#pragma once

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>

namespace guise::server {

/// SIGINT and SIGTERM. The first of them stops in an orderly way; the system ends the process at the next
/// one, even while it computes.
///
/// One at a time in a process. Lifetime: `on_stop` is not called after the destructor.
class StopSignals final {
 public:
    /// `on_stop` is called once, by a thread that runs `io`.
    StopSignals(boost::asio::io_context& io, std::function<void()> on_stop);
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;
    ~StopSignals();

    /// Waits for no signal any more, so that `io` can run out of work. The signals do what they do by
    /// default.
    void cancel();

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace guise::server
