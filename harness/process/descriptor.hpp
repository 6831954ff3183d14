// A file descriptor that is closed with its owner.
#pragma once

#include <unistd.h>
#include <utility>

namespace guise::process {

/// Owns one descriptor, or none.
class Descriptor final {
 public:
    Descriptor() = default;
    explicit Descriptor(int fd) noexcept : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }

    [[nodiscard]] int get() const noexcept { return fd_; }
    [[nodiscard]] int release() noexcept { return std::exchange(fd_, -1); }

 private:
    int fd_ = -1;
};

}  // namespace guise::process
