// A process whose parts a test watches by itself.
#pragma once

#include "process/run_to_end.hpp"
#include "process/spawn.hpp"

#include <catch2/catch.hpp>

#include <cerrno>
#include <string>
#include <sys/wait.h>

namespace guise::process {

inline Spawned started(std::string script) {
    Spawned out = spawn(shell(std::move(script)));
    REQUIRE(out.error.empty());
    return out;
}

inline bool no_child_is_left() { return ::waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }

}  // namespace guise::process
