// One coroutine reads lines and begins an answer for each; one writes the answers. A statement that waits has
// no temporaries: GCC 12 destroys some of them twice.
#include "serve/control_connection.hpp"

#include "process/quiet_write.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <array>
#include <cerrno>

namespace guise::serve {

namespace asio = boost::asio;
using boost::system::error_code;
using server::Notifier;

ControlConnection::ControlConnection(Stream in, Stream out, server::ChainProvider& provider, std::string name,
                                     std::filesystem::path dir, const Limits& limits)
    : in_(std::move(in)),
      out_(std::move(out)),
      limits_(limits),
      control_(in_.get_executor(), provider, std::move(name), std::move(dir)),
      changed_(in_.get_executor()),
      deadline_(in_.get_executor()) {}

asio::awaitable<std::string> ControlConnection::run() { return run_all(shared_from_this()); }

asio::awaitable<std::string> ControlConnection::run_all(Self self) {
    self->watch_peer();
    asio::co_spawn(self->in_.get_executor(), write(self), [self](const std::exception_ptr&) {
        self->written_ = true;
        self->changed_.notify();
    });
    auto reading = read(self);
    co_await std::move(reading);
    self->reading_ = false;
    self->changed_.notify();
    const Notifier::Condition written = [&of = *self] { return of.written_; };
    auto writing = self->changed_.until(written);
    co_await std::move(writing);
    self->end({});
    co_return self->trouble_;
}

asio::awaitable<void> ControlConnection::read(Self self) {
    std::array<char, 16 * 1024> chunk{};
    LineBuffer lines(self->limits_.line);
    const Notifier::Condition may_read = [&of = *self] {
        return of.over_ || of.queued_ <= of.limits_.unread;
    };
    for (;;) {
        auto turn = self->changed_.until(may_read);
        co_await std::move(turn);
        if (self->over_) co_return;
        error_code error;
        const std::size_t size = co_await self->in_.async_read_some(
            asio::buffer(chunk), asio::redirect_error(asio::use_awaitable, error));
        lines.receive({chunk.data(), size});
        while (const auto line = lines.next()) self->take(*line);
        if (!error) continue;
        if (const auto last = lines.rest()) self->take(*last);
        co_return;
    }
}

void ControlConnection::take(const LineBuffer::Line& line) {
    if (over_) return;
    if (line.too_long)
        return queue(
            error_text(nullptr, RpcCode::not_a_request,
                       fmt::format("expected a line of at most {} bytes, found a longer one", limits_.line)));
    if (line.text.find_first_not_of(" \t\r") == std::string::npos) return;
    if (under_way_ >= limits_.requests)
        return queue(error_text(nullptr, RpcCode::not_possible,
                                fmt::format("{} requests are unanswered, which is the limit", under_way_)));
    ++under_way_;
    asio::co_spawn(in_.get_executor(), answer(shared_from_this(), line.text),
                   [self = shared_from_this()](const std::exception_ptr&) {
                       --self->under_way_;
                       self->changed_.notify();
                   });
}

asio::awaitable<void> ControlConnection::answer(Self self, std::string line) {
    auto work = self->control_.answer(std::move(line));
    std::string text = co_await std::move(work);
    if (!text.empty()) self->queue(std::move(text));
}

void ControlConnection::queue(std::string text) {
    if (over_) return;
    queued_ += text.size() + 1;
    answers_.push_back(std::move(text += '\n'));
    changed_.notify();
}

asio::awaitable<void> ControlConnection::write(Self self) {
    const Notifier::Condition has_work = [&of = *self] {
        return of.over_ || !of.answers_.empty() || (!of.reading_ && of.under_way_ == 0);
    };
    for (;;) {
        auto turn = self->changed_.until(has_work);
        co_await std::move(turn);
        if (self->over_ || self->answers_.empty()) co_return;
        std::string text = std::move(self->answers_.front());
        self->answers_.pop_front();
        const std::size_t size = text.size();
        auto writing = self->write_out(std::move(text));
        co_await std::move(writing);
        self->queued_ -= size;
        self->changed_.notify();
    }
}

// Tries first: a file can be written, and cannot be waited for.
asio::awaitable<void> ControlConnection::write_out(std::string text) {
    std::string_view left = text;
    while (!over_) {
        const ssize_t wrote = process::write_quietly(out_.native_handle(), left);
        if (wrote < 0 && errno != EAGAIN && errno != EINTR) end({});  // the peer is gone
        left.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(wrote, 0)));
        if (over_ || left.empty()) break;
        expect_progress();
        error_code error;
        co_await out_.async_wait(Stream::wait_write, asio::redirect_error(asio::use_awaitable, error));
    }
    deadline_.cancel();
}

void ControlConnection::expect_progress() {
    deadline_.expires_after(limits_.patience);
    deadline_.async_wait([self = shared_from_this()](error_code error) {
        if (error || self->deadline_.expiry() > Notifier::Clock::now()) return;
        self->end(fmt::format("the peer has read no answer for {} s",
                              std::chrono::duration<double>(self->limits_.patience).count()));
    });
}

// A peer that cannot read its answers any more is seen without a write.
void ControlConnection::watch_peer() {
    out_.async_wait(Stream::wait_error, [self = shared_from_this()](error_code error) {
        if (!error) self->end({});
    });
}

void ControlConnection::end(std::string why) {
    if (std::exchange(over_, true)) return;
    trouble_ = std::move(why);
    control_.close_all();
    answers_.clear();
    error_code ignored;
    deadline_.cancel();
    in_.close(ignored);
    out_.close(ignored);
    changed_.notify();
}

}  // namespace guise::serve
