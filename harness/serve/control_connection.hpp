// One peer of the control channel: reads its requests and writes their answers.
#pragma once

#include "serve/control.hpp"
#include "serve/line_buffer.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <deque>
#include <filesystem>
#include <memory>
#include <string>

namespace guise::serve {

/// A request is one line; a line that is too long is answered with an error, and the next one is read.
/// Answers are written in the order in which they are ready, so a `wait` holds up nothing.
///
/// While a peer leaves more than `unread` bytes of answers unread, its requests are not read; when it takes
/// nothing for as long as `patience`, the connection ends.
///
/// Lifetime: owned by its coroutines; the provider and the executor's context must outlive them. Threads:
/// that of the executor.
class ControlConnection final : public std::enable_shared_from_this<ControlConnection> {
 public:
    using Stream = boost::asio::posix::stream_descriptor;
    struct Limits {
        std::size_t line = 1 << 20;
        std::size_t requests = 10'000;  // that have no answer yet
        std::size_t unread = 4 << 20;
        std::chrono::milliseconds patience{60'000};
    };

    /// Takes the descriptors of both streams, which must not block. `name` and `dir` are for Control.
    ControlConnection(Stream in, Stream out, server::ChainProvider& provider, std::string name,
                      std::filesystem::path dir, const Limits& limits);
    ControlConnection(const ControlConnection&) = delete;
    ControlConnection& operator=(const ControlConnection&) = delete;

    /// Runs until the requests end and all of them are answered, or the peer is gone, or takes nothing.
    /// Returns what the peer did wrong, if anything.
    [[nodiscard]] boost::asio::awaitable<std::string> run();

 private:
    using Self = std::shared_ptr<ControlConnection>;
    // Each of them keeps the connection alive.
    static boost::asio::awaitable<std::string> run_all(Self self);
    static boost::asio::awaitable<void> read(Self self);
    static boost::asio::awaitable<void> answer(Self self, std::string line);
    static boost::asio::awaitable<void> write(Self self);

    void watch_peer();
    void take(const LineBuffer::Line& line);
    void queue(std::string text);
    boost::asio::awaitable<void> write_out(std::string text);
    void expect_progress();
    void end(std::string why);

    Stream in_;
    Stream out_;
    Limits limits_;
    Control control_;
    server::Notifier changed_;
    boost::asio::steady_timer deadline_;  // of the writing
    std::deque<std::string> answers_;
    std::size_t queued_ = 0;  // bytes of all answers that are not written yet
    std::size_t under_way_ = 0;
    bool reading_ = true;
    bool written_ = false;  // the writer has ended
    bool over_ = false;     // nothing is read or written any more
    std::string trouble_;
};

}  // namespace guise::serve
