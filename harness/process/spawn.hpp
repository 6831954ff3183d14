// Starts a process in a group of its own, with pipes or a pseudo-terminal on its three standard descriptors.
#pragma once

#include "process/descriptor.hpp"
#include "process/process.hpp"

#include <string>
#include <sys/types.h>

namespace guise::process {

/// A process that was started, or why it was not. The descriptors are our ends, non-blocking; none for errors
/// where they come with the output. The caller owns the process: it kills and reaps it.
struct Spawned {
    pid_t pid = -1;
    Descriptor end;  // the pidfd: readable when the process has ended
    Descriptor input;
    Descriptor output;
    Descriptor errors;
    std::string error;  // empty: the process runs
};

/// Starts `launch`. In the process no signal is blocked, ignored or handled, and no descriptor above 2 is
/// open. A pseudo-terminal is its controlling terminal, and its session is its own.
[[nodiscard]] Spawned spawn(const Launch& launch);

/// The file that `program` means: itself where it has a slash, else the first executable in the directories
/// of `path`. Empty: none.
[[nodiscard]] std::string find_program(const std::string& program, const std::string& path);

}  // namespace guise::process
