#include "process/pty.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <string_view>

namespace guise::process::pty_test {

TEST_CASE("a terminal passes on what is written and echoes nothing", "[pty]") {
    const auto pty = open_pty();
    REQUIRE(pty);
    const Descriptor other(::open(pty->path.c_str(), O_RDWR | O_NOCTTY));
    REQUIRE(other.get() >= 0);
    CHECK(::isatty(other.get()));
    REQUIRE(::write(pty->master.get(), "typed\n", 6) == 6);
    std::array<char, 64> text{};
    REQUIRE(::read(other.get(), text.data(), text.size()) == 6);
    CHECK(std::string_view(text.data(), 6) == "typed\n");
    CHECK(::read(pty->master.get(), text.data(), text.size()) == -1);
    CHECK(errno == EAGAIN);
    REQUIRE(::write(other.get(), "a\nb", 3) == 3);
    REQUIRE(::read(pty->master.get(), text.data(), text.size()) == 3);
    CHECK(std::string_view(text.data(), 3) == "a\nb");
}

}  // namespace guise::process::pty_test
