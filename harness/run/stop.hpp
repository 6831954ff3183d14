// Stops a run from outside: what is going on is cancelled, what has not begun is not begun.
#pragma once

#include <boost/asio/cancellation_signal.hpp>

#include <list>

namespace guise::run {

/// One for a run. Threads: one.
class Stop final {
 public:
    /// One operation that can be cancelled, for as long as this lives.
    class Watch final {
     public:
        explicit Watch(Stop& stop) : stop_(stop), at_(stop.signals_.emplace(stop.signals_.end())) {}
        ~Watch() { stop_.signals_.erase(at_); }
        Watch(const Watch&) = delete;
        Watch& operator=(const Watch&) = delete;

        [[nodiscard]] boost::asio::cancellation_slot slot() { return at_->slot(); }

     private:
        Stop& stop_;
        std::list<boost::asio::cancellation_signal>::iterator at_;
    };

    /// Cancels every watched operation, and says so to those that ask from now on.
    void now() {
        stopping_ = true;
        for (auto& signal : signals_) signal.emit(boost::asio::cancellation_type::terminal);
    }
    [[nodiscard]] bool stopping() const noexcept { return stopping_; }

 private:
    std::list<boost::asio::cancellation_signal> signals_;
    bool stopping_ = false;
};

}  // namespace guise::run
