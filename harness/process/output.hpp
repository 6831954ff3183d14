// One output of a process: what it writes, as it comes, and the beginning of it kept.
#pragma once

#include "process/descriptor.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace guise::process {

/// The pipe is only waited for, never read by Asio itself: a completed read whose handler is still queued
/// when the process ends would lose its bytes. So whatever was written before the end is still in the pipe
/// when the end is seen, and `drain` collects it.
///
/// Threads: all of it on the executor, which is a strand or has one thread.
class Output final {
 public:
    /// Is given each piece as it comes. May close the output. May be empty.
    using OnBytes = std::function<void(std::string_view)>;

    /// The first 64 KiB of what is written.
    static constexpr std::size_t kept = 64 * 1024;

    /// Keeps the beginning in `text`. Lifetime: that of the owner, which keeps this object too.
    Output(const boost::asio::any_io_executor& executor, std::string& text, OnBytes on_bytes)
        : pipe_(executor), text_(text), on_bytes_(std::move(on_bytes)) {}
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    /// Nothing happens for a descriptor that is none.
    void take(Descriptor pipe);
    /// Reads until the end of the output, which is then closed, and calls `at_end`. `owner` lives as long.
    void read(std::shared_ptr<void> owner, std::function<void()> at_end = {});
    /// Takes what is there now, as much as a pipe can hold and no more.
    void drain();
    void close();

 private:
    ssize_t read_some();

    boost::asio::posix::stream_descriptor pipe_;
    std::string& text_;
    OnBytes on_bytes_;
};

}  // namespace guise::process
