#include "process/quiet_write.hpp"

#include <cerrno>
#include <csignal>
#include <ctime>
#include <unistd.h>

namespace guise::process {

ssize_t write_quietly(int fd, std::string_view text) {
    sigset_t pipe_signal;
    sigset_t before;
    sigset_t pending;
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    sigpending(&pending);
    pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
    const ssize_t wrote = ::write(fd, text.data(), text.size());
    const int code = errno;
    if (wrote < 0 && code == EPIPE && !sigismember(&pending, SIGPIPE)) {
        const timespec at_once{};
        sigtimedwait(&pipe_signal, nullptr, &at_once);
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = code;
    return wrote;
}

}  // namespace guise::process
