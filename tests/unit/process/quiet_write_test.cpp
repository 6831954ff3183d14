#include "process/quiet_write.hpp"

#include <catch2/catch.hpp>

#include <cerrno>
#include <csignal>
#include <unistd.h>

namespace guise::process::quiet_write_test {

TEST_CASE("a write to a pipe that nobody reads any more is an error and no signal", "[quiet-write]") {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    CHECK(write_quietly(ends[1], "abc") == 3);
    ::close(ends[0]);
    CHECK(write_quietly(ends[1], "abc") == -1);
    CHECK(errno == EPIPE);
    sigset_t pending;
    sigpending(&pending);
    CHECK_FALSE(sigismember(&pending, SIGPIPE));
    ::close(ends[1]);
}

}  // namespace guise::process::quiet_write_test
