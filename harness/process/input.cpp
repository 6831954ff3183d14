#include "process/input.hpp"

#include "process/quiet_write.hpp"
#include "process/running.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace guise::process {

using Stream = boost::asio::posix::stream_descriptor;

void Input::take(Descriptor pipe, bool stays_open) {
    pipe_.assign(pipe.release());
    stays_open_ = stays_open;
}

void Input::write(std::string_view text, std::shared_ptr<void> owner) {
    if (!pipe_.is_open()) return;
    text_.append(text);
    if (!writing_) go_on(std::move(owner));
}

void Input::close() { process::close(pipe_); }

void Input::go_on(std::shared_ptr<void> owner) {
    writing_ = written_ < text_.size();
    if (!writing_) {
        text_.clear();
        written_ = 0;
        if (!stays_open_) close();
        return;
    }
    pipe_.async_wait(Stream::wait_write,
                     [this, owner = std::move(owner)](boost::system::error_code failed) mutable {
                         if (failed || !pipe_.is_open()) return;
                         const ssize_t wrote =
                             write_quietly(pipe_.native_handle(), std::string_view(text_).substr(written_));
                         if (wrote < 0 && errno != EAGAIN) return close();
                         written_ += static_cast<std::size_t>(std::max<ssize_t>(wrote, 0));
                         go_on(std::move(owner));
                     });
}

}  // namespace guise::process
