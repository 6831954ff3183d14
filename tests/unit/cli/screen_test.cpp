#include "cli/screen.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fcntl.h>
#include <optional>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>

namespace guise::cli::screen_test {
namespace {

// A descriptor leads elsewhere while this lives.
class Redirected final {
 public:
    Redirected(int descriptor, int elsewhere) : descriptor_(descriptor), before_(::dup(descriptor)) {
        ::dup2(elsewhere, descriptor);
    }
    ~Redirected() {
        ::dup2(before_, descriptor_);
        ::close(before_);
    }

 private:
    int descriptor_;
    int before_;
};

class Variable final {
 public:
    Variable(const char* name, const char* value) : name_(name) {
        if (const char* before = std::getenv(name)) before_ = before;
        value ? ::setenv(name, value, 1) : ::unsetenv(name);
    }
    ~Variable() { before_ ? ::setenv(name_, before_->c_str(), 1) : ::unsetenv(name_); }

 private:
    const char* name_;
    std::optional<std::string> before_;
};

// A terminal of `columns` characters, and a file that is none.
struct Terminal {
    int master = ::posix_openpt(O_RDWR | O_NOCTTY);
    int terminal = -1;

    explicit Terminal(unsigned short columns) {
        ::grantpt(master);
        ::unlockpt(master);
        terminal = ::open(::ptsname(master), O_RDWR | O_NOCTTY);
        winsize size{};
        size.ws_col = columns;
        ::ioctl(terminal, TIOCSWINSZ, &size);
    }
    ~Terminal() {
        ::close(terminal);
        ::close(master);
    }
};

struct Nothing {
    int file = ::open("/dev/null", O_WRONLY);
    ~Nothing() { ::close(file); }
};

bool colour_with(int output, const char* term, const char* refused) {
    const Variable one("TERM", term);
    const Variable two("NO_COLOR", refused);
    const Redirected redirected(STDOUT_FILENO, output);
    return wants_colour();
}

std::size_t width_with(int output, const char* columns) {
    const Variable variable("COLUMNS", columns);
    const Redirected redirected(STDOUT_FILENO, output);
    return line_width();
}

}  // namespace

TEST_CASE("a terminal takes colours", "[screen]") {
    const Terminal terminal(80);
    CHECK(colour_with(terminal.terminal, "xterm", nullptr));
}

TEST_CASE("a dumb terminal, or one that says nothing of itself, takes no colours", "[screen]") {
    const Terminal terminal(80);
    CHECK_FALSE(colour_with(terminal.terminal, "dumb", nullptr));
    CHECK_FALSE(colour_with(terminal.terminal, nullptr, nullptr));
}

TEST_CASE("NO_COLOR refuses colours, unless it is empty", "[screen]") {
    const Terminal terminal(80);
    CHECK_FALSE(colour_with(terminal.terminal, "xterm", "1"));
    CHECK(colour_with(terminal.terminal, "xterm", ""));
}

TEST_CASE("what is no terminal takes no colours", "[screen]") {
    const Nothing nothing;
    CHECK_FALSE(colour_with(nothing.file, "xterm", nullptr));
}

TEST_CASE("progress is shown where standard error is a terminal", "[screen]") {
    const Terminal terminal(80);
    const Nothing nothing;
    const auto with = [](int error) {
        const Redirected redirected(STDERR_FILENO, error);
        return shows_progress();
    };
    CHECK(with(terminal.terminal));
    CHECK_FALSE(with(nothing.file));
}

TEST_CASE("a line is as wide as the terminal, whatever COLUMNS says", "[screen]") {
    const Terminal terminal(93);
    CHECK(width_with(terminal.terminal, nullptr) == 93);
    CHECK(width_with(terminal.terminal, "200") == 93);
}

TEST_CASE("a terminal that does not know its width is as wide as COLUMNS says", "[screen]") {
    const Terminal terminal(0);
    CHECK(width_with(terminal.terminal, "77") == 77);
}

TEST_CASE("without a terminal a line is as wide as COLUMNS says, else 120", "[screen]") {
    const Nothing nothing;
    CHECK(width_with(nothing.file, "77") == 77);
    CHECK(width_with(nothing.file, nullptr) == 120);
}

TEST_CASE("a width that nobody can mean is not believed", "[screen]") {
    const Nothing nothing;
    for (const char* columns : {"", "wide", "-5", "0", "20"}) CHECK(width_with(nothing.file, columns) == 120);
}

}  // namespace guise::cli::screen_test
