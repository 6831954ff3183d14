#include "process/output.hpp"

#include "process/running.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <unistd.h>

namespace guise::process {

using Stream = boost::asio::posix::stream_descriptor;

namespace {

constexpr std::size_t largest_pipe = 1 << 20;

}  // namespace

void Output::take(Descriptor pipe) {
    if (pipe.get() >= 0) pipe_.assign(pipe.release());
}

void Output::read(std::shared_ptr<void> owner, std::function<void()> at_end) {
    if (!pipe_.is_open()) return;
    pipe_.async_wait(Stream::wait_read, [this, owner = std::move(owner), at_end = std::move(at_end)](
                                            boost::system::error_code failed) mutable {
        if (failed || !pipe_.is_open()) return;
        const ssize_t got = read_some();
        const bool goes_on = got > 0 || (got < 0 && errno == EAGAIN);
        if (!pipe_.is_open()) return;  // whoever was given the bytes has closed it
        if (goes_on) return read(std::move(owner), std::move(at_end));
        close();
        if (at_end) at_end();
    });
}

void Output::drain() {
    for (std::size_t taken = 0; pipe_.is_open() && taken < largest_pipe;) {
        const ssize_t got = read_some();
        if (got <= 0) return;
        taken += static_cast<std::size_t>(got);
    }
}

void Output::close() { process::close(pipe_); }

// As read(2).
ssize_t Output::read_some() {
    std::array<char, 16 * 1024> chunk;
    const ssize_t got = ::read(pipe_.native_handle(), chunk.data(), chunk.size());
    if (got <= 0) return got;
    const std::string_view piece(chunk.data(), static_cast<std::size_t>(got));
    text_.append(piece.substr(0, kept - std::min(kept, text_.size())));
    if (on_bytes_) on_bytes_(piece);
    return got;
}

}  // namespace guise::process
