#include "process/pty.hpp"

#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>

namespace guise::process {

std::optional<Pty> open_pty() {
    Pty pty;
    pty.master = Descriptor(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK));
    if (pty.master.get() < 0) return std::nullopt;
    std::array<char, 64> path{};
    if (::unlockpt(pty.master.get()) != 0 || ::ptsname_r(pty.master.get(), path.data(), path.size()) != 0)
        return std::nullopt;
    pty.path = path.data();
    termios mode{};  // asked of our end, the kernel means the other
    if (::tcgetattr(pty.master.get(), &mode) != 0) return std::nullopt;
    mode.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    mode.c_oflag &= ~static_cast<tcflag_t>(OPOST);
    const winsize wide{.ws_row = 50, .ws_col = 200, .ws_xpixel = 0, .ws_ypixel = 0};  // few lines are broken
    if (::tcsetattr(pty.master.get(), TCSANOW, &mode) != 0 ||
        ::ioctl(pty.master.get(), TIOCSWINSZ, &wide) != 0)
        return std::nullopt;
    return pty;
}

}  // namespace guise::process
