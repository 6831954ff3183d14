// Starts a process in a group of its own, with pipes on its three standard descriptors.
#pragma once

#include "clients/process.hpp"

#include <string>
#include <sys/types.h>
#include <utility>

namespace guise::clients {

/// A file descriptor that is closed with its owner.
class Descriptor final {
 public:
    Descriptor() = default;
    explicit Descriptor(int fd) noexcept : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Descriptor();

    [[nodiscard]] int get() const noexcept { return fd_; }
    [[nodiscard]] int release() noexcept { return std::exchange(fd_, -1); }

 private:
    int fd_ = -1;
};

/// A process that was started, or why it was not. The descriptors are our ends of its pipes, non-blocking.
/// The caller owns the process: it kills and reaps it.
struct Spawned {
    pid_t pid = -1;
    Descriptor end;  // the pidfd: readable when the process has ended
    Descriptor input;
    Descriptor output;
    Descriptor errors;
    std::string error;  // empty: the process runs
};

/// Starts `launch`. In the process no signal is blocked, ignored or handled, and no descriptor above 2 is
/// open.
[[nodiscard]] Spawned spawn(const Launch& launch);

/// The file that `program` means: itself where it has a slash, else the first executable in the directories
/// of `path`. Empty: none.
[[nodiscard]] std::string find_program(const std::string& program, const std::string& path);

}  // namespace guise::clients
