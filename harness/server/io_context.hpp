// An io_context whose coroutines can be destroyed before what they refer to.
#pragma once

#include <boost/asio/io_context.hpp>

namespace guise::server {

/// For one thread.
///
/// Sockets and timers need their context for as long as they live, so it is declared before them; the
/// coroutines refer to everything, so they must go first. Hence two objects: the context at the beginning, a
/// `FrameGuard` at the end.
class IoContext : public boost::asio::io_context {
 public:
    IoContext() : boost::asio::io_context(1) {}

    /// Declare it after everything that coroutines and handlers refer to: at its end it destroys those that
    /// wait, without running them. Nothing is run on the context afterwards.
    class FrameGuard final {
     public:
        explicit FrameGuard(IoContext& io) noexcept : io_(io) {}
        FrameGuard(const FrameGuard&) = delete;
        FrameGuard& operator=(const FrameGuard&) = delete;
        ~FrameGuard() { io_.shutdown(); }

     private:
        IoContext& io_;
    };
};

}  // namespace guise::server
