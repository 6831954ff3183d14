// The standard input of a process: what is to be written, as fast as it is read.
#pragma once

#include "process/descriptor.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace guise::process {

/// Threads: all of it on the executor, which is a strand or has one thread.
class Input final {
 public:
    explicit Input(const boost::asio::any_io_executor& executor) : pipe_(executor) {}
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;

    /// `stays_open`: more may be written later; else it is closed once everything has been.
    void take(Descriptor pipe, bool stays_open);
    /// Writes `text` after what was given before. Nothing happens where it is closed, on either side.
    /// `owner`, which keeps this object, lives until it is written.
    void write(std::string_view text, std::shared_ptr<void> owner);
    void close();

 private:
    void go_on(std::shared_ptr<void> owner);

    boost::asio::posix::stream_descriptor pipe_;
    std::string text_;
    std::size_t written_ = 0;
    bool stays_open_ = false;
    bool writing_ = false;
};

}  // namespace guise::process
